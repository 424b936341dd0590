"""The public log of a consultation: what happened, told so that nobody who responded is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from webapp.consultations.consultation import Consultation, Event, EventKind
from webapp.consultations.editions import Edition
from webapp.consultations.opening import Phase
from webapp.consultations.submissions import EventKind as SubmissionEventKind
from webapp.consultations.submissions import SubmissionEvent


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that happened; `reason` is in the words of whoever decided it."""

    at: dt.datetime
    title: str
    facts: tuple[str, ...] = ()
    reason: str = ""
    moved_to: dt.datetime | None = None
    rank: int = 2
    """What comes first of the same moment."""


def public_log(
    consultation: Consultation,
    events: Iterable[Event],
    editions: Iterable[Edition],
    late: Iterable[SubmissionEvent],
    now: dt.datetime,
) -> tuple[LogEntry, ...]:
    """Return everything that the public may know to have happened, the oldest first."""
    staff = tuple(events)
    found = [*_of_staff(consultation, staff), *_of_dates(consultation, staff, now)]
    found += [
        LogEntry(
            each.shown_from,
            f"Revised: edition {each.number}",
            ("Responses sent before still count.",),
            each.notice,
        )
        for each in editions
        if each.number > 1
    ]
    # Whoever decided in an older program did not know that everybody would read the reason.
    shows_reasons = consultation.authorised_on is not None
    found += [_late_decision(each, shows_reasons=shows_reasons) for each in late]
    return tuple(sorted(found, key=lambda each: (each.at, each.rank)))


def _of_staff(consultation: Consultation, events: Iterable[Event]) -> Iterable[LogEntry]:
    for event in events:
        match event.kind:
            case EventKind.OPENED:
                yield LogEntry(event.at, "Approved to open", _leave(consultation), rank=0)
            case EventKind.EXTENDED:
                yield LogEntry(event.at, "Closing moved later", (), event.note, event.closes_at)
            case EventKind.CLOSED:
                yield LogEntry(event.at, "Closed early", (), event.note)
            case EventKind.CREATED | EventKind.EDITED | EventKind.REVISED:
                # Drafts are nobody else’s, and an edition says itself what was revised.
                continue


def _leave(consultation: Consultation) -> tuple[str, ...]:
    given_on, authority = consultation.authorised_on, consultation.details.authority
    if given_on is None or not authority:
        return ()
    return (f"Leave was given by {authority}, on {given_on.day} {given_on:%B %Y}.",)


def _of_dates(
    consultation: Consultation, events: Iterable[Event], now: dt.datetime
) -> Iterable[LogEntry]:
    phase, period = consultation.phase(now), consultation.details.period
    if consultation.closed_at is not None and consultation.closed_at < period.opens_at:
        return
    if phase in (Phase.OPEN, Phase.CLOSED):
        approved = [each.at for each in events if each.kind is EventKind.OPENED]
        opened_at = max(period.opens_at, *approved)
        yield LogEntry(opened_at, "Opened", ("From then on people could respond.",), rank=1)
    if phase is Phase.CLOSED and consultation.closed_at is None:
        yield LogEntry(period.closes_at, "Closed", ("It closed as announced.",))


def _late_decision(event: SubmissionEvent, *, shows_reasons: bool) -> LogEntry:
    admitted = event.kind is SubmissionEventKind.ADMITTED
    title = "A late response was admitted" if admitted else "A late response was not admitted"
    fact = f"It came after closing, and {'counts' if admitted else 'does not count'}."
    return LogEntry(event.at, title, (fact,), event.reason if shows_reasons else "")
