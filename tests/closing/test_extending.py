"""A closing that is moved later counts at once, and is never moved back or after the end."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.closing.closing import Ready, open_until
from tests.closing.test_closing import MICROSECOND, PLAIN, Pressing, rows
from tests.factories.consultations import a_lead
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.consultation import EventKind
from webapp.consultations.errors import WrongPeriod, WrongState
from webapp.consultations.opening import Phase
from webapp.persistence import Session

WEEK = dt.timedelta(weeks=1)


def extend(
    session: Session, consultation_id: uuid.UUID, now: dt.datetime, by: dt.timedelta = WEEK
) -> None:
    """Move the closing of PLAIN later."""
    services.extend_consultation(
        session,
        consultation_id=consultation_id,
        closes_at=PLAIN + by,
        reason="The post was on strike.",
        by=a_lead(),
        now=now,
    )


def test_the_last_microsecond_is_in_time_to_extend_and_the_next_is_not(program: Program) -> None:
    consultation_id = open_until(program, PLAIN)
    with program.database.writing() as session, pytest.raises(WrongState):
        extend(session, consultation_id, PLAIN)
    with program.database.writing() as session:
        extend(session, consultation_id, PLAIN - MICROSECOND)
    program.clock.now = PLAIN - dt.timedelta(minutes=10)
    person = Ready(program)
    program.clock.now = PLAIN + WEEK - MICROSECOND
    assert person.press("send").status_code == 303


def test_whoever_waits_at_the_closing_for_an_extension_is_in_time(program: Program) -> None:
    consultation_id = open_until(program, PLAIN)
    program.clock.now = PLAIN - dt.timedelta(minutes=10)
    person = Ready(program)
    program.clock.now = PLAIN
    before = rows(program)
    with program.database.writing() as session:
        extend(session, consultation_id, PLAIN - MICROSECOND)
        pressing = Pressing(program, person, "send")
    assert pressing.result().status_code == 303
    assert rows(program) != before


def test_an_extension_waits_for_a_response_that_is_being_sent_and_loses_nothing(
    program: Program,
) -> None:
    consultation_id = open_until(program, PLAIN)
    program.clock.now = PLAIN - dt.timedelta(minutes=10)
    people = [Ready(program) for _ in range(3)]
    program.clock.now = PLAIN - MICROSECOND
    begin = threading.Barrier(4)

    def move() -> None:
        begin.wait()
        with program.database.writing() as session:
            extend(session, consultation_id, PLAIN - MICROSECOND)

    def send(person: Ready) -> int:
        begin.wait()
        return person.press("send").status_code

    with ThreadPoolExecutor(4) as pool:
        moving = pool.submit(move)
        assert list(pool.map(send, people)) == [303] * 3
        moving.result()


def test_of_closing_early_and_extending_at_once_the_end_is_closed(program: Program) -> None:
    consultation_id = open_until(program, PLAIN)
    now = PLAIN - MICROSECOND
    begin = threading.Barrier(2)

    def move() -> bool:
        begin.wait()
        with program.database.writing() as session:
            try:
                extend(session, consultation_id, now)
            except WrongState:
                return False
        return True

    def close() -> None:
        begin.wait()
        with program.database.writing() as session:
            services.close_consultation(
                session, consultation_id=consultation_id, reason="Enough", by=a_lead(), now=now
            )

    with ThreadPoolExecutor(2) as pool:
        moving, closing = pool.submit(move), pool.submit(close)
        moved = moving.result()
        closing.result()
    with program.database.reading() as session:
        found = services.get_consultation(session, consultation_id)
        kinds = [each.kind for each in services.list_events(session, consultation_id)]
    assert found.phase(now) is Phase.CLOSED
    assert found.ends_at == now
    assert kinds[-1] is EventKind.CLOSED
    assert (EventKind.EXTENDED in kinds) == moved


def test_several_extensions_at_once_never_move_it_back(program: Program) -> None:
    consultation_id = open_until(program, PLAIN)
    begin = threading.Barrier(6)

    def move(weeks: int) -> bool:
        begin.wait()
        with program.database.writing() as session:
            try:
                extend(session, consultation_id, PLAIN - MICROSECOND, weeks * WEEK)
            except WrongPeriod:
                return False
        return True

    with ThreadPoolExecutor(6) as pool:
        moved = list(pool.map(move, range(1, 7)))
    with program.database.reading() as session:
        found = services.get_consultation(session, consultation_id)
        events = services.list_events(session, consultation_id)
    extended = [each for each in events if each.kind is EventKind.EXTENDED]
    announced = [each.closes_at for each in extended if each.closes_at]
    assert found.details.period.closes_at == PLAIN + 6 * WEEK
    assert announced == sorted(announced)
    assert len(announced) == sum(moved)
