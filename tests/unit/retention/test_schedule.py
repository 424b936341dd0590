"""The schedule says what the rooms do, and never erases sooner than announced."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.appraisals.services.uploads import KEPT_FOR as UPLOADS
from webapp.bundles.bundle import KEPT as BUNDLES
from webapp.config import ConfigurationError, RetentionPeriods, Settings
from webapp.consultations.services.drafts import EMPTY_KEPT, KEPT_AFTER_CLOSING
from webapp.equality.pool import TAKEN_FOR
from webapp.extracts.extract import KEPT as EXTRACTS
from webapp.jobs.services import KEPT_FAILED
from webapp.notices.services import KEPT_AFTER_CLOSING as LISTS
from webapp.notices.services import UNCONFIRMED_DAYS
from webapp.packs.pack import KEPT as PACKS
from webapp.retention.schedule import days_in_words, due_at, schedule, warned_until

NOW = dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC)
CLASSES = {each.key: each for each in schedule(RetentionPeriods(400, 800, 60))}


def days(key: str) -> dt.timedelta:
    return dt.timedelta(days=CLASSES[key].days)


class TestTheSchedule:
    def test_has_the_periods_that_the_rooms_keep_to(self) -> None:
        assert days("drafts") == KEPT_AFTER_CLOSING
        assert days("empty-drafts") == EMPTY_KEPT
        assert days("addresses") == LISTS
        assert days("unconfirmed-addresses") == dt.timedelta(days=UNCONFIRMED_DAYS)
        assert days("equality") == TAKEN_FOR
        assert days("exports") == EXTRACTS == BUNDLES
        assert days("packs") == PACKS
        assert days("uploads") == UPLOADS
        assert days("jobs") == KEPT_FAILED

    def test_has_the_periods_that_were_set(self) -> None:
        assert (CLASSES["names"].days, CLASSES["words"].days) == (400, 800)

    def test_erases_by_itself_only_what_is_announced_or_has_no_words(self) -> None:
        unannounced = [
            each.key for each in CLASSES.values() if not each.is_tidied and not each.has_warning
        ]
        assert unannounced == ["withdrawn"]

    def test_has_every_key_once(self) -> None:
        assert len(CLASSES) == len(schedule(RetentionPeriods()))

    @pytest.mark.parametrize(
        ("number", "words"), [(1, "1 day"), (30, "30 days"), (365, "1 year"), (730, "2 years")]
    )
    def test_says_periods_in_words(self, number: int, words: str) -> None:
        assert days_in_words(number) == words


class TestAWarning:
    @given(
        closed=st.integers(-4000, 4000), notice=st.integers(7, 365), period=st.integers(30, 4000)
    )
    def test_gives_its_whole_time_and_erases_nothing_before_it_is_due(
        self, closed: int, notice: int, period: int
    ) -> None:
        periods = RetentionPeriods(period, period, notice)
        names = {each.key: each for each in schedule(periods)}["names"]
        due = due_at(names, NOW + dt.timedelta(days=closed))
        erased = warned_until(due, NOW, periods)
        if erased is None:
            assert due - NOW > dt.timedelta(days=notice), "it is too early to warn"
        else:
            assert erased >= due
            assert erased - NOW >= dt.timedelta(days=notice)


class TestTheSetting:
    @pytest.mark.parametrize(
        ("text", "periods"),
        [
            ("", RetentionPeriods()),
            ("words=1825", RetentionPeriods(words_days=1825)),
            ("names=365, words=1825, warning=60", RetentionPeriods(365, 1825, 60)),
        ],
    )
    def test_changes_what_it_names(
        self, text: str, periods: RetentionPeriods, tmp_path: object
    ) -> None:
        assert self._read(text, tmp_path).retention == periods

    @pytest.mark.parametrize(
        "text",
        ["names", "names=", "names=2y", "names=29", "warning=1", "drafts=9", "names=90 names=91"],
    )
    def test_that_is_wrong_stops_the_program(self, text: str, tmp_path: object) -> None:
        with pytest.raises(ConfigurationError, match="BOARDMARK_RETENTION"):
            self._read(text, tmp_path)

    @staticmethod
    def _read(text: str, home: object) -> Settings:
        return Settings.from_environment({"BOARDMARK_HOME": str(home), "BOARDMARK_RETENTION": text})
