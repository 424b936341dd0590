"""Bundles that are asked for: one at a time, kept for a week, and never lost."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories.consultations import DURING, a_lead
from tests.factories.writing import an_open_consultation
from webapp.bundles import services
from webapp.bundles.bundle import KEPT, Bundle, BundleChanged, Made, State
from webapp.consultations.consultation import Consultation
from webapp.files.store import is_held
from webapp.persistence import Database, Session

LEAD = a_lead()
MADE = Made("a" * 64, 1234, 7, 9)


@pytest.fixture
def consultation(session: Session) -> Consultation:
    noise = an_open_consultation(session, "noise")
    ask(session, noise)
    return an_open_consultation(session)


def ask(session: Session, consultation: Consultation, now: dt.datetime = DURING) -> None:
    services.ask_for_bundle(session, consultation_id=consultation.id, by=LEAD, now=now)


def only(session: Session, consultation: Consultation) -> Bundle:
    [found] = services.list_bundles(session, consultation.id)
    return found


def test_one_is_made_at_a_time(session: Session, consultation: Consultation) -> None:
    ask(session, consultation)
    ask(session, consultation)
    first = only(session, consultation)
    services.finish_bundle(session, first.id, MADE, DURING)
    ask(session, consultation, DURING + dt.timedelta(hours=1))
    states = [each.state for each in services.list_bundles(session, consultation.id)]
    assert states == [State.WAITING, State.FINISHED]


def test_two_who_ask_at_once_get_the_same(database: Database) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)

    def attempt(_: int) -> None:
        with database.writing() as session:
            ask(session, consultation)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(attempt, range(4)))
    with database.reading() as session:
        assert only(session, consultation).state is State.WAITING


def test_it_is_finished_once(session: Session, consultation: Consultation) -> None:
    ask(session, consultation)
    bundle = only(session, consultation)
    services.finish_bundle(session, bundle.id, MADE, DURING)
    with pytest.raises(BundleChanged):
        services.finish_bundle(session, bundle.id, Made("b" * 64, 1, 1, 1), DURING)
    services.fail_bundle(session, bundle.id, "Too late.")
    assert only(session, consultation).made == MADE
    assert is_held(session, MADE.sha256)


def test_its_file_goes_after_a_week_and_its_digest_stays(
    session: Session, consultation: Consultation
) -> None:
    ask(session, consultation)
    bundle = only(session, consultation)
    services.finish_bundle(session, bundle.id, MADE, DURING)
    services.forget_old_bundles(session, DURING + KEPT)
    assert only(session, consultation).state is State.FINISHED
    services.forget_old_bundles(session, DURING + KEPT + dt.timedelta(seconds=1))
    assert only(session, consultation).state is State.DELETED
    assert only(session, consultation).made == MADE
    assert not is_held(session, MADE.sha256)
    [told] = services.evidence(session, consultation.id)
    assert MADE.sha256 in told.words


def test_one_that_nobody_makes_is_given_up(session: Session, consultation: Consultation) -> None:
    ask(session, consultation)
    services.forget_old_bundles(session, DURING + dt.timedelta(days=1, seconds=1))
    assert only(session, consultation).state is State.FAILED
    assert services.evidence(session, consultation.id) == ()
