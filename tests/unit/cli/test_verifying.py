"""Checking a file from a terminal, and the keys that it is checked with."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pikepdf
import pytest
from click.testing import Result

from tests.unit.cli.conftest import Terminal
from webapp.issued.keys import Keys

FINAL = "board-leadership@1.0.0"
OLD = "board-leadership@1.0.0-beta.1"
DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A terminal whose installation has a key, with a form that it signed."""
    folder = tmp_path_factory.mktemp("made")
    terminal = Terminal(folder / "home")
    Keys(terminal.home).make_if_missing(DAY)
    form = str(folder / "form.pdf")
    terminal.ok("document", "appraisal", FINAL, "--profile", "provider-chair", "-o", form)
    return terminal


@pytest.fixture
def form(made: Terminal) -> Path:
    return made.home.parent / "form.pdf"


def checked(terminal: Terminal, path: Path, *words: str) -> Result:
    return terminal.run("document", "verify", str(path), *words)


def test_a_file_as_it_was_made_is_told_line_by_line(made: Terminal, form: Path) -> None:
    result = checked(made, form)
    assert result.exit_code == 0
    assert result.stderr == ""
    worth, document, framework = result.stdout.splitlines()
    assert worth.startswith("This file is exactly as we made it. ")
    assert re.match(
        r"Review form or record: [0-9A-Z-]{19}, from board-leadership@1\.0\.0", document
    )
    assert "unaltered since it was published" in framework


def test_a_form_that_was_filled_in_is_still_ours(
    made: Terminal, form: Path, tmp_path: Path
) -> None:
    with pikepdf.open(form) as pdf:
        next(each for each in pdf.pages[0].Annots if each.get("/FT") == "/Tx").V = "CANARY"
        pdf.save(tmp_path / "filled.pdf")
    result = checked(made, tmp_path / "filled.pdf")
    assert result.exit_code == 0
    assert "filled in or saved again" in result.stdout
    assert "CANARY" not in result.output


def test_a_file_that_was_altered_is_told_and_fails(
    made: Terminal, form: Path, tmp_path: Path
) -> None:
    with pikepdf.open(form) as pdf:
        del pdf.pages[-1]
        pdf.save(tmp_path / "altered.pdf")
    result = checked(made, tmp_path / "altered.pdf")
    assert result.exit_code == 1
    assert result.stdout.startswith("This file has been altered. ")


@pytest.mark.parametrize("content", [b"%PDF-", b"PK\x03\x04"])
def test_what_is_no_file_of_ours_fails_without_a_trace(
    terminal: Terminal, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "odd.pdf").write_bytes(content)
    result = checked(terminal, tmp_path / "odd.pdf")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert not terminal.home.exists()


def test_the_file_of_another_service_is_known_by_its_key_alone(
    made: Terminal, form: Path, terminal: Terminal
) -> None:
    result = checked(terminal, form)
    assert result.exit_code == 1
    assert "not sealed by this service" in result.stdout
    key = made.ok("keys", "list").split()[-1]
    assert checked(terminal, form, "--key", key).exit_code == 0
    line = terminal.wrong("document", "verify", str(form), "--key", "nonsense")
    assert line.startswith("--key is not a public key")


def test_a_document_of_an_installation_without_a_key_says_that_it_is_not_signed(
    terminal: Terminal, tmp_path: Path
) -> None:
    made = terminal.run("document", "appraisal", OLD, "--profile", "provider-chair", "-o", "a.pdf")
    assert made.stderr == (
        "boardmark: board-leadership@1.0.0-beta.1 is not final (for consultation), and what is "
        "made says so; board-leadership@1.0.0 is in force\n"
    )
    result = checked(terminal, tmp_path / "a.pdf")
    assert result.exit_code == 0
    assert "anybody could have made it" in result.stdout
    assert "has been replaced" in result.stdout
    assert not terminal.home.exists()


class TestKeys:
    def test_there_are_none_before_the_service_has_run(self, terminal: Terminal) -> None:
        listed = terminal.run("keys", "list")
        assert (listed.exit_code, listed.stdout) == (0, "")
        assert listed.stderr.startswith("There is no key yet")
        assert terminal.wrong("keys", "rotate").startswith("there is no key to replace yet")
        assert not terminal.home.exists()

    def test_old_documents_stay_verifiable_after_a_rotation(
        self, made: Terminal, form: Path
    ) -> None:
        [before] = made.ok("keys", "list").splitlines()
        made.ok("keys", "rotate")
        after, past = made.ok("keys", "list").splitlines()
        assert after.split()[0] != before.split()[0] == past.split()[0]
        result = checked(made, form)
        assert result.exit_code == 0
        assert result.stdout.startswith("This file is exactly as we made it. ")
