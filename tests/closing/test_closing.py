"""Nothing is taken late and nothing is refused early."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest
from werkzeug.test import TestResponse

from tests.closing.closing import SECOND, SLUG, Ready, open_until
from tests.factories.consultations import a_lead
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.opening import uk_moment
from webapp.consultations.services.drafts import require_open
from webapp.persistence import Session
from webapp.web.times import in_words

MICROSECOND = dt.timedelta(microseconds=1)
BUTTONS = ("start", "save", "send")
BACK, FORWARD = dt.date(2026, 10, 25), dt.date(2027, 3, 28)

CLOSINGS = {
    "25 October 2026, 1:30am BST": uk_moment(BACK, dt.time(1, 30)),
    "25 October 2026, 1:30am GMT": uk_moment(BACK, dt.time(1, 30), later=True),
    "28 March 2027, 12:59am GMT": uk_moment(FORWARD, dt.time(0, 59)),
    "28 March 2027, 2am BST": uk_moment(FORWARD, dt.time(2)),
    "29 March 2027, 9am BST": uk_moment(FORWARD + dt.timedelta(days=1), dt.time(9)),
}
PLAIN = uk_moment(dt.date(2027, 2, 5), dt.time(17))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("shown", CLOSINGS)
def test_the_last_microsecond_is_in_time_and_the_next_is_not(program: Program, shown: str) -> None:
    closes_at = CLOSINGS[shown]
    in_and_out(program, closes_at, shown)


def test_the_last_microsecond_is_in_time_on_both_databases(program: Program) -> None:
    in_and_out(program, PLAIN, "5 February 2027, 5pm GMT")


def in_and_out(program: Program, closes_at: dt.datetime, shown: str) -> None:
    """Press each button at the last moment, and as somebody else at the next one."""
    assert in_words(closes_at) == shown
    open_until(program, closes_at)
    program.clock.now = closes_at - dt.timedelta(minutes=10)
    early, late = Ready(program), Ready(program)
    assert shown in program.browser().open(f"/consultations/{SLUG}").text
    program.clock.now = closes_at - MICROSECOND
    for button in BUTTONS:
        assert early.press(button).status_code == 303, button
    before = rows(program)
    program.clock.now = closes_at
    for button in BUTTONS:
        answer = late.press(button)
        assert answer.status_code == (303 if button == "start" else 410), button
        if button == "save":
            # Whoever comes too late still has the words.
            assert SECOND in answer.text
    assert rows(program) == before
    # The same button once more leads to the same receipt, however late.
    assert "/receipts/" in early.press("send").headers["Location"]


def rows(program: Program) -> list[int]:
    """Return how many drafts, answers with the second text, and submissions there are."""
    with program.database.engine.connect() as connection:
        return [
            int(connection.exec_driver_sql(f"SELECT count(*) FROM {each}").scalar_one())  # noqa: S608  Ours.
            for each in (
                "draft",
                "draft_answer WHERE text = 'Say who listens, and to whom.'",
                "submission",
            )
        ]


def hold(session: Session) -> None:
    """Keep others from the consultation until the transaction ends."""
    session.connection().exec_driver_sql("UPDATE consultation SET revision = revision")


class Pressing:
    """A button that is pressed while somebody else holds what it needs."""

    def __init__(self, program: Program, person: Ready, button: str) -> None:
        self.answer: TestResponse | None = None
        arrived = threading.Event()
        clock = program.clock

        def noticed() -> dt.datetime:
            now = clock()
            arrived.set()
            return now

        desk = program.app.extensions["boardmark"]
        object.__setattr__(desk, "clock", noticed)
        self.thread = threading.Thread(target=self._press, args=(person, button))
        self.thread.start()
        assert arrived.wait(30)
        # Long enough to come to the lock, and it must still stand there.
        time.sleep(0.3)
        assert self.thread.is_alive(), "nobody had to wait"
        object.__setattr__(desk, "clock", clock)

    def _press(self, person: Ready, button: str) -> None:
        self.answer = person.press(button)

    def result(self) -> TestResponse:
        self.thread.join()
        assert self.answer is not None
        return self.answer


def test_whoever_was_here_in_time_and_had_to_wait_is_in_time(program: Program) -> None:
    open_until(program, PLAIN)
    program.clock.now = PLAIN - dt.timedelta(minutes=10)
    person = Ready(program)
    for button in BUTTONS:
        program.clock.now = PLAIN - MICROSECOND
        before = rows(program)
        with program.database.writing() as session:
            hold(session)
            pressing = Pressing(program, person, button)
            program.clock.now = PLAIN + dt.timedelta(seconds=5)
        assert pressing.result().status_code == 303, button
        assert rows(program) != before, button


def test_whoever_comes_late_and_has_to_wait_is_late(program: Program) -> None:
    open_until(program, PLAIN)
    program.clock.now = PLAIN - dt.timedelta(minutes=10)
    person = Ready(program)
    program.clock.now = PLAIN
    before = rows(program)
    with program.database.writing() as session:
        hold(session)
        pressed = [Pressing(program, person, button) for button in BUTTONS]
    assert [each.result().status_code for each in pressed] == [303, 410, 410]
    assert rows(program) == before


def test_a_lead_who_closes_early_wins_over_whoever_has_to_wait_for_that(program: Program) -> None:
    consultation_id = open_until(program, PLAIN)
    program.clock.now = PLAIN - dt.timedelta(weeks=1)
    person = Ready(program)
    before = rows(program)
    with program.database.writing() as session:
        services.close_consultation(
            session,
            consultation_id=consultation_id,
            reason="An election was called",
            by=a_lead(),
            now=program.clock(),
        )
        pressed = [Pressing(program, person, button) for button in BUTTONS]
    answers = [each.result() for each in pressed]
    assert [each.status_code for each in answers] == [303, 410, 410]
    assert SECOND in answers[BUTTONS.index("save")].text
    assert rows(program) == before


def test_a_response_that_is_being_sent_is_in_before_a_lead_can_close(program: Program) -> None:
    consultation_id = open_until(program, PLAIN)
    program.clock.now = PLAIN - dt.timedelta(weeks=1)
    person = Ready(program)
    closed = threading.Event()

    def close() -> None:
        with program.database.writing() as session:
            services.close_consultation(
                session,
                consultation_id=consultation_id,
                reason="An election was called",
                by=a_lead(),
                now=program.clock(),
            )
        closed.set()

    with program.database.writing() as session:
        # As every request of a respondent begins.
        require_open(session, consultation_id, program.clock())
        thread = threading.Thread(target=close)
        thread.start()
        assert not closed.wait(0.3), "it was closed in the middle of somebody's sending"
    thread.join()
    assert closed.is_set()
    assert person.press("send").status_code == 410
