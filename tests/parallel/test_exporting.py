"""A hundred people respond while everything is exported and backed up: nobody is turned away."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import postgres_url
from tests.faults.commands import boardmark
from tests.faults.harness import texts_in
from tests.parallel.crowds import PATIENCE, Crowd, a_crowd
from webapp.extracts import services
from webapp.extracts.extract import Extract, ExtractState, FileFormat, Layout, Options
from webapp.persistence import Database

PEOPLE = 100
RESPONSES = 250


def ask(crowd: Crowd, layout: Layout, file_format: FileFormat) -> Extract:
    """Ask for an export as a lead would; the worker beside the server makes it."""
    with crowd.database.writing() as session:
        return services.request_extract(
            session,
            crowd.consultation.id,
            Options(layout, file_format),
            by=crowd.by,
            now=dt.datetime.now(dt.UTC),
        )


def now_of(crowd: Crowd, extract: Extract) -> Extract:
    """Return an export as it stands."""
    with crowd.database.reading() as session:
        return services.get_extract(session, extract.id)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nobody_who_responds_is_turned_away_while_everything_is_exported_and_backed_up(
    tmp_path: Path, kind: str
) -> None:
    home, away, backup = tmp_path / "home", tmp_path / "away", tmp_path / "backup"
    url = f"sqlite:///{home}/db" if kind == "sqlite" else postgres_url()
    with a_crowd(home, url, people=PEOPLE, responses=RESPONSES) as crowd:
        # Everybody is at it before the work begins.
        crowd.wait_for(lambda: len(crowd.ledger.sent) >= PEOPLE / 2, "nobody sent anything")
        asked = [
            ask(crowd, Layout.COMMENTS, FileFormat.XLSX),
            ask(crowd, Layout.RESPONSES, FileFormat.CSV),
        ]
        before = dict(crowd.ledger.sent)
        # The file of an assessment that the factory attaches is in no store.
        made = boardmark(home, url, "backup", str(backup), "--allow-missing", timeout=PATIENCE)
        backed_up = len(crowd.ledger.sent) - len(before)
        crowd.wait_for(
            lambda: not any(now_of(crowd, each).is_under_way for each in asked),
            "the exports were never made",
        )
        found = [now_of(crowd, each) for each in asked]
    assert made.returncode == 0, made.stderr
    assert [each.state for each in found] == [ExtractState.FINISHED] * 2, found
    assert all(each.finished and each.finished.responses >= RESPONSES for each in found)
    assert backed_up > 0, "nobody sent anything while the backup was made"
    assert crowd.ledger.broken == []
    assert crowd.ledger.stuck == []
    checked = boardmark(home, url, "backup", "verify", str(backup))
    assert checked.returncode == 0, checked.stdout
    assert missing_from(backup, before, away, kind) == []


def missing_from(backup: Path, acknowledged: dict[str, str], home: Path, kind: str) -> list[str]:
    """Return which responses a backup does not have that people were told are received."""
    home.mkdir()
    url = f"sqlite:///{home}/db" if kind == "sqlite" else postgres_url()
    done = boardmark(home, url, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    with closing(Database(url)) as restored:
        texts = {text or "" for _, text in texts_in(restored)}
    return [mark for mark in acknowledged if not any(text.startswith(mark) for text in texts)]
