"""`boardmark consultation …`: the record as a bundle, and checking one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.factories.record import Life
from tests.unit.cli.conftest import Terminal
from webapp.config import Settings
from webapp.migrations import upgrade
from webapp.persistence import Database


@pytest.fixture
def slug(terminal: Terminal) -> str:
    """The address of a consultation to which everything has happened."""
    settings = Settings.from_environment(terminal.environment)
    database = Database(settings.database_url)
    upgrade(database)
    with database.writing() as session:
        life = Life(session, settings.home / "files")
        life.live()
    database.close()
    return life.consultation.slug


def test_a_bundle_is_written_and_is_as_it_was_made(terminal: Terminal, slug: str) -> None:
    written = terminal.ok("consultation", "bundle", slug, "-o", "record.zip")
    checked = terminal.ok("consultation", "verify-bundle", "record.zip")
    assert written.splitlines()[0].startswith("Wrote 1")
    assert checked.startswith(f"record.zip is as it was made: the record of {slug}, 1")
    digest = written.splitlines()[1]
    assert digest == checked.splitlines()[1]
    terminal.ok("consultation", "verify-bundle", "record.zip", "--sha256", digest)


def test_the_same_is_written_again(terminal: Terminal, slug: str, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        terminal.ok("consultation", "bundle", slug, "-o", name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_what_is_wrong_is_one_line(terminal: Terminal, slug: str, tmp_path: Path) -> None:
    wrong = terminal.wrong("consultation", "bundle", "no-such", "-o", "record.zip")
    assert wrong == "there is no consultation no-such: it is the last part of its address"
    wrong = terminal.wrong("consultation", "bundle", slug, "-o", "nowhere/record.zip")
    assert wrong.startswith("there is no folder")
    Path("taken.zip").write_text("Mine.")
    wrong = terminal.wrong("consultation", "bundle", slug, "-o", "taken.zip")
    assert wrong == "taken.zip is there already: name another file, or delete it first"
    assert Path("taken.zip").read_text() == "Mine."
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "taken.zip"]


def test_nothing_half_written_stays(terminal: Terminal, slug: str, tmp_path: Path) -> None:
    stored = next(
        each
        for each in (tmp_path / "home/files").glob("??/*")
        if each.is_file() and each.read_bytes().startswith(b"A letter")
    )
    stored.write_bytes(b"Another letter.")
    wrong = terminal.wrong("consultation", "bundle", slug, "-o", "record.zip")
    assert wrong == f"the stored file {stored.name} is damaged; nothing was made"
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def test_a_bundle_that_was_changed_is_told(terminal: Terminal, slug: str) -> None:
    terminal.ok("consultation", "bundle", slug, "-o", "record.zip")
    with zipfile.ZipFile("record.zip", "a") as archive:
        archive.writestr(f"record-of-{slug}/files/9999-planted.pdf", b"Planted.")
    wrong = terminal.wrong("consultation", "verify-bundle", "record.zip")
    assert wrong == (
        "record.zip: files/9999-planted.pdf is in the bundle and manifest.json does not name it"
    )
    Path("no.zip").write_text("Not a ZIP.")
    wrong = terminal.wrong("consultation", "verify-bundle", "no.zip")
    assert wrong.startswith("no.zip: this is no ZIP that can be read")


def test_another_bundle_is_told_by_its_digest(terminal: Terminal, slug: str) -> None:
    terminal.ok("consultation", "bundle", slug, "-o", "record.zip")
    wrong = terminal.wrong("consultation", "verify-bundle", "record.zip", "--sha256", "0" * 64)
    assert "it is another one" in wrong
    result = terminal.run("consultation", "verify-bundle", "record.zip", "--sha256", "0")
    assert result.exit_code == 2
