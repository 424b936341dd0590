"""Several colleagues who write one organisation's response: who may do what, and who does what."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from webapp.consultations.progress import Status, Step
from webapp.consultations.respondents import Respondent, RespondsAs
from webapp.consultations.response import Member

MEMBER_NAME_LENGTH = 80
NOTE_LENGTH = 2000
MOST_MEMBERS = 50
MOST_NOTES = 1000
JOINING_LENGTH = 28
"""Characters of a joining code, which carry 140 bits."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody told their colleagues about an item; `author` may have left."""

    id: uuid.UUID
    item_key: str
    member_id: uuid.UUID
    author: str
    text: str
    written_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Joining:
    """Whether colleagues can join, and the code where whoever looks can make it again."""

    is_open: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a joining code tells whoever has it: whose response it is, and nothing of it."""

    draft_id: uuid.UUID
    organisation_name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Who should look after an item, and who did when the page was made; None is nobody."""

    item_key: str
    was: uuid.UUID | None
    wanted: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What wishes come to: what to change, and the items that changed since the page was made."""

    changes: Mapping[str, uuid.UUID | None]
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one colleague looks after, or nobody does (`member` is None)."""

    member: Member | None
    steps: tuple[Step, ...]

    @property
    def answered(self) -> int:
        """How many of these items are answered."""
        return sum(step.status is Status.ANSWERED for step in self.steps)


def can_be_shared(respondent: Respondent) -> bool:
    """Say whether colleagues can join: only for an organisation that has a name."""
    return respondent.responds_as is RespondsAs.ORGANISATION and bool(respondent.organisation_name)


def same_name(one: str, other: str) -> bool:
    """Say whether people would take two names for one, whatever their case, width and blanks."""
    return _plain_name(one) == _plain_name(other)


def may_remove(by: Member, member: Member) -> bool:
    """Say whether one colleague can take another off: the lead, anybody but the lead."""
    return by.is_lead and not member.is_lead and by.id != member.id


def may_leave(member: Member) -> bool:
    """Say whether a colleague can leave: the lead hands over first."""
    return not member.is_lead


def settle(present: Mapping[str, uuid.UUID], wishes: Iterable[Wish]) -> Settled:
    """Return what wishes change, given who looks after each item now.

    A wish that was not changed on the page says nothing. One that was, where somebody else
    changed the same item meanwhile to something else, is a clash.
    """
    changes: dict[str, uuid.UUID | None] = {}
    clashes: list[str] = []
    for wish in wishes:
        now = present.get(wish.item_key)
        if wish.wanted in (wish.was, now):
            continue
        if now == wish.was:
            changes[wish.item_key] = wish.wanted
        else:
            clashes.append(wish.item_key)
    return Settled(changes, tuple(clashes))


def shares(
    members: Sequence[Member], looked_after: Mapping[str, Member], steps: Sequence[Step]
) -> tuple[Share, ...]:
    """Return what each colleague looks after, in the order of the list, and last what nobody does.

    The last is left out where everything has somebody.
    """
    found = [
        Share(member, tuple(step for step in steps if looked_after.get(step.item.key) == member))
        for member in members
    ]
    left = tuple(step for step in steps if step.item.key not in looked_after)
    return (*found, Share(None, left)) if left else tuple(found)


def is_visible(name: str) -> bool:
    """Say whether a name shows as anything."""
    return bool(_plain_name(name))


def _plain_name(name: str) -> str:
    # Marks that nobody sees, such as a joiner or one that turns the direction round.
    seen = "".join(each for each in name if unicodedata.category(each) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())
