"""What the public log says, and what it never says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.factories.consultations import AFTER, BEFORE, CLOSES, DURING, OPENS, consultation_details
from webapp.consultations.consultation import Consultation, Event, EventKind
from webapp.consultations.editions import Edition, make_edition
from webapp.consultations.opening import State
from webapp.consultations.pages.log import LogEntry, public_log
from webapp.consultations.submissions import EventKind as SubmissionEventKind
from webapp.consultations.submissions import SubmissionEvent
from webapp.persistence import new_id

HOUR = dt.timedelta(hours=1)
CONSULTATION = Consultation(
    id=new_id(),
    organisation_id=new_id(),
    details=consultation_details(),
    state=State.OPENED,
    authorised_on=BEFORE.date(),
)
EVENTS = (
    Event(EventKind.CREATED, BEFORE - HOUR, "Ada Lindqvist"),
    Event(EventKind.EDITED, BEFORE - HOUR, "Ada Lindqvist", "A secret of the draft"),
    Event(EventKind.OPENED, BEFORE, "Ada Lindqvist", "Leave was given", CLOSES),
    Event(EventKind.EXTENDED, DURING, "Ada Lindqvist", "A strike", CLOSES + HOUR),
    Event(EventKind.REVISED, DURING + HOUR, "Ada Lindqvist", "A question was unclear"),
)
LATE = (
    SubmissionEvent(
        kind=SubmissionEventKind.DECLINED,
        at=AFTER,
        publish=None,
        by="Ada Lindqvist",
        reason="It came a month late.",
    ),
)


def an_edition(number: int, at: dt.datetime, notice: str) -> Edition:
    return make_edition(
        consultation_details(),
        (),
        number=number,
        shown_from=at,
        notice=notice,
        framework_digest="sha256:1",
        questionnaire_digest="sha256:2",
    )


EDITIONS = (an_edition(1, OPENS, ""), an_edition(2, DURING + HOUR, "A question was unclear"))


def log(consultation: Consultation = CONSULTATION) -> tuple[LogEntry, ...]:
    return public_log(consultation, EVENTS, EDITIONS, LATE, AFTER)


def test_everything_is_told_once_with_the_oldest_first() -> None:
    assert [each.title for each in log()] == [
        "Approved to open",
        "Opened",
        "Closing moved later",
        "Revised: edition 2",
        "Closed",
        "A late response was not admitted",
    ]


def test_reasons_and_the_leave_are_told_and_no_member_of_staff_is_named() -> None:
    told = repr(log())
    for words in (
        "Leave was given by Robin Achebe, Director of Workforce, on 25 May 2026",
        "A strike",
        "A question was unclear",
        "It came a month late.",
    ):
        assert words in told
    assert "Ada Lindqvist" not in told
    assert "A secret of the draft" not in told


def test_a_reason_that_was_given_before_it_was_to_be_public_stays_out() -> None:
    older = log(replace(CONSULTATION, authorised_on=None))
    assert "It came a month late." not in repr(older)
    assert older[-1].title == "A late response was not admitted"


def test_what_was_closed_early_did_not_close_as_announced() -> None:
    closed = replace(CONSULTATION, state=State.CLOSED, closed_at=DURING)
    events = (*EVENTS[:3], Event(EventKind.CLOSED, DURING, "Ada Lindqvist", "An election"))
    titles = [each.title for each in public_log(closed, events, EDITIONS[:1], (), AFTER)]
    assert titles == ["Approved to open", "Opened", "Closed early"]


def test_what_was_closed_before_it_opened_never_opened() -> None:
    closed = replace(CONSULTATION, state=State.CLOSED, closed_at=BEFORE + HOUR)
    events = (*EVENTS[:3], Event(EventKind.CLOSED, BEFORE + HOUR, "Ada Lindqvist", "An election"))
    titles = [each.title for each in public_log(closed, events, (), (), AFTER)]
    assert titles == ["Approved to open", "Closed early"]


def test_what_happened_at_the_moment_of_opening_comes_behind_it() -> None:
    at_once = (replace(EVENTS[3], at=OPENS), replace(EVENTS[2], at=OPENS))
    titles = [each.title for each in public_log(CONSULTATION, at_once, (), (), DURING)]
    assert titles == ["Approved to open", "Opened", "Closing moved later"]


def test_approval_after_the_announced_opening_comes_before_it() -> None:
    late = (replace(EVENTS[2], at=OPENS + HOUR),)
    found = public_log(CONSULTATION, late, EDITIONS[:1], (), DURING)
    assert [each.title for each in found] == ["Approved to open", "Opened"]
