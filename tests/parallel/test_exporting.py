"""A hundred people respond while everything is exported: nobody is turned away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.databases import postgres_url
from tests.parallel.crowds import Crowd, a_crowd
from webapp.extracts import services
from webapp.extracts.extract import Extract, ExtractState, FileFormat, Layout, Options

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
def test_nobody_who_responds_is_turned_away_while_everything_is_exported(
    tmp_path: Path, kind: str
) -> None:
    url = f"sqlite:///{tmp_path}/db" if kind == "sqlite" else postgres_url()
    with a_crowd(tmp_path / "home", url, people=PEOPLE, responses=RESPONSES) as crowd:
        # Everybody is at it before the work begins.
        crowd.wait_for(lambda: crowd.ledger.saves >= PEOPLE / 2, "nobody saved anything")
        asked = [
            ask(crowd, Layout.COMMENTS, FileFormat.XLSX),
            ask(crowd, Layout.RESPONSES, FileFormat.CSV),
        ]
        before = len(crowd.ledger.sent)
        crowd.wait_for(
            lambda: not any(now_of(crowd, each).is_under_way for each in asked),
            "the exports were never made",
        )
        meanwhile = len(crowd.ledger.sent) - before
        found = [now_of(crowd, each) for each in asked]
    assert [each.state for each in found] == [ExtractState.FINISHED] * 2, found
    assert all(each.finished and each.finished.responses >= RESPONSES for each in found)
    assert meanwhile > 0, "nobody sent anything while the exports were made"
    assert crowd.ledger.broken == []
    assert crowd.ledger.stuck == []
