"""Whatever moment the server is killed at: what people were told is so, once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.databases import postgres_url
from tests.faults.harness import EARLY, Report, judge, run
from tests.faults.people import Draft, Ledger
from tests.faults.wire import WireBrowser

KILLS = 10
CONTROL_KILLS = 3


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """A folder with an empty database."""
    shutil.copyfile(sqlite_template, tmp_path / "db")
    return tmp_path


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_that_was_acknowledged_is_lost_or_doubled_by_a_killed_server(
    home: Path, kind: str
) -> None:
    url = f"sqlite:///{home}/db" if kind == "sqlite" else postgres_url()
    report = run(home, url, KILLS)
    assert report.faults == []
    assert report.kills == KILLS
    assert report.sent >= KILLS
    assert report.saved > report.sent
    assert report.posted_again > 0


def test_a_server_that_answers_before_it_commits_is_seen_to_lose_responses(home: Path) -> None:
    report = run(home, f"sqlite:///{home}/db", CONTROL_KILLS, command=EARLY)
    assert len(report.lost) >= 1
    assert report.doubled == []


class TestJudging:
    TEXT = "mark-1-2-end Say who listens,\n\nand how."

    @pytest.fixture
    def ledger(self) -> Ledger:
        ledger = Ledger()
        ledger.saved("mark-1-2-end", Draft(WireBrowser(0), "culture", self.TEXT))
        ledger.submitted("mark-1-2-end")
        return ledger

    def judged(self, ledger: Ledger, *texts: str | None) -> Report:
        report = Report("planted")
        judge(report, ledger, list(enumerate(texts)))
        return report

    def test_a_response_that_is_there_as_it_was_sent_is_no_fault(self, ledger: Ledger) -> None:
        assert self.judged(ledger, self.TEXT.replace("\n", "\r\n")).faults == []

    def test_a_response_that_is_missing_is_lost(self, ledger: Ledger) -> None:
        assert self.judged(ledger).lost == ["mark-1-2-end"]

    def test_a_response_with_other_words_is_changed(self, ledger: Ledger) -> None:
        assert self.judged(ledger, self.TEXT[:-1]).changed == ["mark-1-2-end"]

    def test_a_response_that_is_there_twice_is_doubled(self, ledger: Ledger) -> None:
        assert self.judged(ledger, self.TEXT, self.TEXT).doubled == ["mark-1-2-end"]

    def test_what_nobody_was_told_may_be_there_once_and_not_twice(self, ledger: Ledger) -> None:
        other = "mark-7-7-end"
        assert self.judged(ledger, self.TEXT, other).faults == []
        assert self.judged(ledger, self.TEXT, other, other).doubled == [other]

    def test_a_response_without_a_text_is_half_written(self, ledger: Ledger) -> None:
        assert len(self.judged(ledger, self.TEXT, None).lost) == 1
