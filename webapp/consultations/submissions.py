"""Where a response stands after it was sent: its events, whether it counts, what may be done.

A submission is never changed. What happened to it since is a list of events, in order, and
everything else follows from them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from webapp.consultations.respondents import Publish, RespondsAs

SURGE = "surge"
"""Why a response is held that came while very many came."""

RESPONSE_WITHDRAWN = "response.withdrawn"
"""What the journal says of a response that was withdrawn, and of each that it had replaced."""


class EventKind(StrEnum):
    """What can happen to a response after it was sent."""

    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    PERMISSION = "permission"
    REMOVED = "removed"
    ADMITTED = "admitted"
    DECLINED = "declined"
    RELEASED = "released"
    SET_ASIDE = "set-aside"


class Standing(StrEnum):
    """What a response is now."""

    COUNTS = "counts"
    HELD = "held"
    """Waits for a person's look before it counts."""
    LATE = "late"
    """Was lodged after closing and waits for a decision."""
    NOT_ADMITTED = "not-admitted"
    SET_ASIDE = "set-aside"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more that would make it count."""
        return self in (Standing.REPLACED, Standing.WITHDRAWN, Standing.REMOVED)

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to decide about it."""
        return self in (Standing.HELD, Standing.LATE)


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is still kept of the responses of a consultation.

    `names` are responses with a name or role, `words` texts, `withdrawn` texts of what was
    withdrawn, which only a hold keeps.
    """

    names: int
    words: int
    withdrawn: int


class Decision(StrEnum):
    """What a lead can decide about a response."""

    RELEASE = "release"
    SET_ASIDE = "set-aside"
    ADMIT = "admit"
    DECLINE = "decline"
    REMOVE = "remove"


DECIDED = {
    Decision.RELEASE: EventKind.RELEASED,
    Decision.SET_ASIDE: EventKind.SET_ASIDE,
    Decision.ADMIT: EventKind.ADMITTED,
    Decision.DECLINE: EventKind.DECLINED,
    Decision.REMOVE: EventKind.REMOVED,
}
"""The event that records each decision."""


@dataclass(frozen=True, slots=True)
class SubmissionEvent:
    """Something that happened to a response; `by` is empty for what its sender did.

    `publish` is what may be published from then on, for a changed permission alone.
    """

    kind: EventKind
    at: dt.datetime
    publish: Publish | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SenderMay:
    """What the sender of a response can do about it at a moment."""

    change_permission: bool
    replace: bool
    withdraw: bool


@dataclass(frozen=True, slots=True)
class WaitingResponse:
    """A response that a lead has to decide about, as a list shows it."""

    reference: str
    submitted_at: dt.datetime
    held_for: tuple[str, ...]
    responds_as: RespondsAs
    respondent_class: str
    organisation_name: str
    late_reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a lead has to decide about: the oldest of each kind, and how many there are."""

    held: tuple[WaitingResponse, ...]
    late: tuple[WaitingResponse, ...]
    held_number: int
    surge_number: int
    """How many of the held ones are held only because very many came at once."""
    late_number: int


def standing_of(
    *, lodged_late: bool, held_for: Collection[str], kinds: Collection[EventKind]
) -> Standing:
    """Return what a response is after events of these kinds.

    A decision in favour of a response is final, so the order of decisions makes no difference:
    what counts stops counting only by being replaced, withdrawn or removed.
    """
    for kind, standing in (
        (EventKind.REMOVED, Standing.REMOVED),
        (EventKind.WITHDRAWN, Standing.WITHDRAWN),
        (EventKind.REPLACED, Standing.REPLACED),
    ):
        if kind in kinds:
            return standing
    if held_for and EventKind.RELEASED not in kinds:
        return Standing.SET_ASIDE if EventKind.SET_ASIDE in kinds else Standing.HELD
    if lodged_late and EventKind.ADMITTED not in kinds:
        return Standing.NOT_ADMITTED if EventKind.DECLINED in kinds else Standing.LATE
    return Standing.COUNTS


def permission_of(sent: Publish, events: Sequence[SubmissionEvent]) -> Publish:
    """Return what may be published now: what was allowed at first, or changed to last."""
    changed = [event.publish for event in events if event.publish is not None]
    return changed[-1] if changed else sent


def permission_number(events: Sequence[SubmissionEvent]) -> int:
    """Return the number of the event that changed last what may be published, 0 without one."""
    return max((n for n, event in enumerate(events, 1) if event.publish is not None), default=0)


def sender_may(standing: Standing, *, is_open: bool) -> SenderMay:
    """Return what a sender can do: most of it only while the consultation is open."""
    stands = not standing.is_over
    return SenderMay(
        change_permission=stands, replace=stands and is_open, withdraw=stands and is_open
    )


def decisions_on(standing: Standing) -> tuple[Decision, ...]:
    """Return what a lead can decide about a response that stands like this.

    What was set aside or declined can be let in after all. A response that was replaced can be
    removed: its words are there until they are erased with the others.
    """
    return {
        Standing.COUNTS: (Decision.REMOVE,),
        Standing.HELD: (Decision.RELEASE, Decision.SET_ASIDE, Decision.REMOVE),
        Standing.SET_ASIDE: (Decision.RELEASE, Decision.REMOVE),
        Standing.LATE: (Decision.ADMIT, Decision.DECLINE, Decision.REMOVE),
        Standing.NOT_ADMITTED: (Decision.ADMIT, Decision.REMOVE),
        Standing.REPLACED: (Decision.REMOVE,),
        Standing.WITHDRAWN: (),
        Standing.REMOVED: (),
    }[standing]
