"""What was erased stays erased, and what is held stays."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest

from webapp.persistence import Database, Session
from webapp.retention import services
from webapp.retention.holds import HOLD_LIFTED, HOLD_PLACED, HoldKeeper, HoldsClash
from webapp.retention.journal import Erasure, Journal
from webapp.retention.records import ErasureWarning

NOW = dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC)
SAM = HoldKeeper(uuid.uuid4(), "Sam Field")


class TestErasures:
    def test_are_in_the_journal_once_it_was_written(
        self, database: Database, tmp_path: Path
    ) -> None:
        journal, subject = Journal.of(tmp_path), uuid.uuid4()
        with database.writing() as session:
            services.record_erasure(session, "a.kind", subject, NOW)
        assert services.flush_erasures(database, journal, NOW) == 1
        assert services.flush_erasures(database, journal, NOW) == 0
        (line,) = journal.read()
        assert (line.kind, line.subject_id, line.happened_at) == ("a.kind", subject, NOW)

    def test_are_not_recorded_where_the_transaction_is_undone(
        self, database: Database, tmp_path: Path
    ) -> None:
        with database.writing() as session:
            services.record_erasure(session, "a.kind", uuid.uuid4(), NOW)
            session.rollback()
        assert services.flush_erasures(database, Journal.of(tmp_path), NOW) == 0

    def test_are_done_again_in_order_and_only_once(self, session: Session) -> None:
        done: list[tuple[str, uuid.UUID, dt.datetime]] = []
        erasers = {
            kind: lambda _session, subject, at, kind=kind: done.append((kind, subject, at))
            for kind in ("a", "b")
        }
        early = Erasure(NOW, uuid.uuid4(), "b", uuid.uuid4())
        late = Erasure(NOW + dt.timedelta(1), uuid.uuid4(), "a", uuid.uuid4())
        assert services.replay_erasures(session, [late, early], erasers, NOW) == 2
        assert services.replay_erasures(session, [late, early], erasers, NOW) == 0
        assert done == [
            ("b", early.subject_id, early.happened_at),
            ("a", late.subject_id, late.happened_at),
        ]
        assert services.list_erasures(session) == (early, late)

    def test_that_the_database_has_been_through_are_not_done_again(self, session: Session) -> None:
        services.record_erasure(session, "a", uuid.uuid4(), NOW)
        assert services.replay_erasures(session, services.list_erasures(session), {}, NOW) == 0

    def test_of_an_unknown_kind_stop_everything(self, session: Session) -> None:
        done: list[uuid.UUID] = []
        erasers = {"a": lambda _session, subject, _at: done.append(subject)}
        erasures = [Erasure(NOW, uuid.uuid4(), kind, uuid.uuid4()) for kind in ("a", "newer")]
        with pytest.raises(services.UnknownErasure, match="newer"):
            services.replay_erasures(session, erasures, erasers, NOW)
        assert done == []


class TestHold:
    def test_is_placed_and_lifted_in_turn(self, session: Session) -> None:
        subject, other = uuid.uuid4(), uuid.uuid4()
        services.place_hold(session, other, by=SAM, reason="An inquiry", now=NOW)
        assert not services.is_held(session, subject)
        for reason in ("A court asks", "Another court asks"):
            services.place_hold(session, subject, by=SAM, reason=reason, now=NOW)
            assert services.is_held(session, subject)
            assert services.list_held(session) == {subject, other}
            services.lift_hold(session, subject, by=SAM, reason="It is over", now=NOW)
            assert not services.is_held(session, subject)
            assert services.list_held(session) == {other}
        said = [each.reason for each in services.list_hold_events(session, [subject])]
        assert said == ["It is over", "Another court asks", "It is over", "A court asks"]

    def test_that_is_there_is_not_placed_twice(self, session: Session) -> None:
        subject = uuid.uuid4()
        services.place_hold(session, subject, by=SAM, reason="An inquiry", now=NOW)
        with pytest.raises(HoldsClash, match="already"):
            services.place_hold(session, subject, by=SAM, reason="An inquiry", now=NOW)
        services.lift_hold(session, subject, by=SAM, reason="Over", now=NOW)
        with pytest.raises(HoldsClash, match="no hold"):
            services.lift_hold(session, subject, by=SAM, reason="Over", now=NOW)

    def test_takes_warnings_back(self, session: Session) -> None:
        subject, other = uuid.uuid4(), uuid.uuid4()
        for each in (subject, other):
            assert services.warn(session, ErasureWarning("names", each, NOW, NOW))
            assert not services.warn(session, ErasureWarning("names", each, NOW, NOW))
        services.place_hold(session, subject, by=SAM, reason="An inquiry", now=NOW)
        assert [each.subject_id for each in services.list_warnings(session)] == [other]

    def test_comes_back_after_a_restore(self, session: Session) -> None:
        held, lifted = uuid.uuid4(), uuid.uuid4()
        journal = [
            Erasure(NOW, uuid.uuid4(), HOLD_PLACED, held),
            Erasure(NOW, uuid.uuid4(), HOLD_PLACED, lifted),
            Erasure(NOW + dt.timedelta(1), uuid.uuid4(), HOLD_LIFTED, lifted),
        ]
        services.replay_erasures(session, journal, services.ERASERS, NOW)
        assert services.list_held(session) == {held}
