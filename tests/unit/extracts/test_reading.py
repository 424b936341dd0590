"""What is read for an export: every response once, in one order, as it stands."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import insert, update

from frameworks.questions import Given
from tests.factories.answers import add_responses
from tests.factories.consultations import BEFORE, DURING
from tests.factories.writing import COMMENT, LIBRARY, SPEAKING, Writer, an_open_consultation
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Consultation
from webapp.consultations.respondents import Publish
from webapp.consultations.submissions import EventKind, Standing, standing_of
from webapp.extracts.extract import FileFormat, Layout, Options, Which
from webapp.extracts.said import SaidResponse
from webapp.extracts.store import responses as store
from webapp.persistence import Base, Database, Session, new_id
from webapp.retention.holds import HoldKeeper
from webapp.retention.services import lift_hold, place_hold

COUNTING = Options(Layout.RESPONSES, FileFormat.CSV)
EVERY = Options(Layout.RESPONSES, FileFormat.CSV, which=Which.ALL, with_names=True)
EACH = 6
KINDS = tuple(each for each in EventKind if each is not EventKind.PERMISSION)
_TABLES = Base.metadata.tables


@pytest.fixture
def consultation(database: Database) -> Consultation:
    with database.writing() as session:
        an_open_consultation(session, "noise")
        found = an_open_consultation(session)
    asking = consultations.get_asking(LIBRARY, found)
    add_responses(database, found, asking, store.AT_ONCE + 5, answers_each=EACH)
    with database.reading() as session:
        noise = consultations.find_consultation(session, "noise")
    assert noise is not None
    add_responses(database, noise, asking, 3, answers_each=2)
    return found


def test_each_comes_once_in_order_with_its_own_answers(
    database: Database, consultation: Consultation
) -> None:
    with database.reading() as session:
        found = list(store.stream_responses(session, consultation.id, COUNTING))
    assert [int(each.reference[-6:]) for each in found] == list(range(store.AT_ONCE + 5))
    assert {len(each.answers) for each in found} == {EACH}
    assert len({answer.id for each in found for answer in each.answers}) == EACH * len(found)
    assert {each.name for each in found} == {""}


def test_names_are_there_where_they_are_asked_for(
    database: Database, consultation: Consultation
) -> None:
    with database.writing() as session:
        session.execute(update(_TABLES["submission"]).values(publish=Publish.NAMED.value))
    with database.reading() as session:
        reading = store.stream_responses(session, consultation.id, EVERY)
        assert next(reading).name == "Person 0"
        reading.close()


def test_the_standing_is_what_events_make_of_it(
    database: Database, consultation: Consultation
) -> None:
    """Every combination of up to two kinds of event, for each way in which a response came."""
    combinations = [
        (late, held, kinds)
        for late in (False, True)
        for held in ("", "trap")
        for number in (0, 1, 2)
        for kinds in itertools.combinations(KINDS, number)
    ]
    expected: dict[uuid.UUID, Standing] = {}
    with database.reading() as session:
        known = list(store.stream_responses(session, consultation.id, EVERY))
    for few in range(0, len(combinations), len(known)):
        _plant(database, known, combinations[few : few + len(known)], expected)
        with database.reading() as session:
            found = store.stream_responses(session, consultation.id, EVERY)
            assert {each.id: each.standing for each in found if each.id in expected} == expected
            counting = store.stream_responses(session, consultation.id, COUNTING)
            assert all(each.standing == Standing.COUNTS for each in counting)


def _plant(
    database: Database,
    known: list[SaidResponse],
    combinations: Sequence[tuple[bool, str, tuple[EventKind, ...]]],
    expected: dict[uuid.UUID, Standing],
) -> None:
    submission, event = _TABLES["submission"], _TABLES["submission_event"]
    expected.clear()
    with database.writing() as session:
        session.execute(event.delete())
        for response, (late, held, kinds) in zip(known, combinations, strict=False):
            session.execute(
                update(submission)
                .where(submission.c.id == response.id)
                .values(lodged_late=late, held_for=held)
            )
            expected[response.id] = standing_of(
                lodged_late=late, held_for=[held] if held else [], kinds=kinds
            )
            for number, kind in enumerate(kinds, 1):
                session.execute(
                    insert(event).values(
                        id=new_id(),
                        submission_id=response.id,
                        number=number,
                        kind=kind.value,
                        happened_at=BEFORE + dt.timedelta(days=1),
                        publish="",
                        account_id=None,
                        account_name="",
                        reason="",
                    )
                )


def test_the_mark_changes_when_a_word_is_taken_out_or_put_back(
    database: Database, consultation: Consultation
) -> None:
    with database.reading() as session:
        first = next(store.stream_responses(session, consultation.id, COUNTING))
        before = store.words_mark(session, consultation.id)
    answer = next(each for each in first.answers if each.text)
    redacted = _TABLES["redacted_answer"]
    with database.writing() as session:
        session.execute(insert(redacted).values(answer_id=answer.id, text="[taken out]"))
        once = store.words_mark(session, consultation.id)
        session.execute(update(redacted).values(text="[taken 0ut]"))
        twice = store.words_mark(session, consultation.id)
        session.execute(redacted.delete())
        assert len({before, once, twice}) == 3
        assert store.words_mark(session, consultation.id) == before


ERASED: dict[str, Callable[[Session, Writer, str], object]] = {
    "withdrawn": lambda session, _writer, code: consultations.withdraw_response(
        session, code=code, now=DURING
    ),
    "permission taken back": lambda session, _writer, code: consultations.change_permission(
        session, code=code, publish=Publish.NOT_AT_ALL, now=DURING
    ),
    "names erased": lambda session, writer, _code: consultations.erase_names(
        session, writer.consultation.id, DURING
    ),
    "words erased": lambda session, writer, _code: consultations.erase_words(
        session, writer.consultation.id, DURING
    ),
}


def sent(session: Session, consultation: Consultation) -> tuple[Writer, str]:
    """Send a response and return its private code."""
    writer = Writer(session, consultation)
    writer.introduce(publish=Publish.NAMED, name="Nell Named")
    writer.choose(SPEAKING)
    writer.answer(COMMENT, Given(text="Say who listens."))
    return writer, writer.send().code


@pytest.mark.parametrize("way", ERASED)
def test_the_mark_changes_when_words_or_names_are_erased(database: Database, way: str) -> None:
    with database.writing() as session:
        noise = an_open_consultation(session, "noise")
        writer, code = sent(session, an_open_consultation(session))
        before = store.words_mark(session, writer.consultation.id)
        others = store.words_mark(session, noise.id)
        ERASED[way](session, writer, code)
        assert store.words_mark(session, writer.consultation.id) != before
        assert store.words_mark(session, noise.id) == others


def test_the_mark_stays_when_somebody_sends_or_a_hold_is_placed(database: Database) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)
        before = store.words_mark(session, consultation.id)
        sent(session, consultation)
        keeper = HoldKeeper(new_id(), "Ada")
        place_hold(session, consultation.id, by=keeper, reason="An inquiry.", now=DURING)
        lift_hold(session, consultation.id, by=keeper, reason="It is over.", now=DURING)
        assert store.words_mark(session, consultation.id) == before


def test_what_a_hold_keeps_of_a_withdrawn_response_is_in_no_export(database: Database) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)
        keeper = HoldKeeper(new_id(), "Ada")
        place_hold(session, consultation.id, by=keeper, reason="An inquiry.", now=DURING)
        writer, code = sent(session, consultation)
        before = list(store.stream_responses(session, consultation.id, EVERY))
        assert [(each.name, len(each.answers)) for each in before] == [("Nell Named", 1)]
        writer.token = consultations.start_replacement(
            session, code=code, library=LIBRARY, now=DURING
        )
        changed = writer.send(key=Writer.key_of(writer.draft.id))
        consultations.withdraw_response(session, code=changed.code, now=DURING)
        found = list(store.stream_responses(session, consultation.id, EVERY))
    assert {each.standing for each in found} == {"withdrawn", "replaced"}
    assert [(each.name, each.interests, each.answers) for each in found] == [("", "", ())] * 2


@pytest.mark.parametrize("publish", [Publish.UNNAMED, Publish.NOT_AT_ALL])
def test_a_name_that_a_hold_keeps_and_nobody_may_see_is_in_no_export(
    database: Database, publish: Publish
) -> None:
    with database.writing() as session:
        consultation = an_open_consultation(session)
        keeper = HoldKeeper(new_id(), "Ada")
        place_hold(session, consultation.id, by=keeper, reason="An inquiry.", now=DURING)
        _, code = sent(session, consultation)
        consultations.change_permission(session, code=code, publish=publish, now=DURING)
        (response,) = store.stream_responses(session, consultation.id, EVERY)
    assert (response.name, len(response.answers)) == ("", 1)
