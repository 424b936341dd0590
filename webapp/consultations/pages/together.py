"""What the pages show on which colleagues share out the work on one response."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from frameworks.questionnaire import AskedOf
from webapp.consultations.asking import Item
from webapp.consultations.progress import Status, Step
from webapp.consultations.response import Member
from webapp.consultations.together import Note, Wish

NOBODY = ""
LEFT = "Choose somebody who is on the list: who was chosen has left"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the questions about one item for somebody among colleagues."""

    item_key: str
    me: Member
    looked_after_by: Member | None
    notes: tuple[Note, ...]

    @property
    def is_mine(self) -> bool:
        """Whether whoever looks at it looks after it."""
        return self.looked_after_by is not None and self.looked_after_by.id == self.me.id


@dataclass(frozen=True, slots=True)
class Teamwork:
    """What the task list says of colleagues; `names` has who looks after what by item key."""

    me: Member
    lead: Member
    members: tuple[Member, ...]
    looked_after: Mapping[str, Member]
    notes: Mapping[str, int]

    def is_mine(self, item_key: str) -> bool:
        """Say whether whoever looks at it looks after an item."""
        by = self.looked_after.get(item_key)
        return by is not None and by.id == self.me.id


@dataclass(frozen=True, slots=True)
class AssignField:
    """One item with who shall look after it; `errors` and `id` are what an error summary needs."""

    number: int
    item: Item
    status: Status
    was: str
    """Who did when the page was made, as the id of a colleague or nothing."""
    chosen: str
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the control."""
        return f"who-{self.number}"

    @property
    def domain_key(self) -> str:
        """The key of the domain that it is about; empty where it is about none."""
        is_domain = self.item.asked_of is AskedOf.DOMAIN
        return self.item.key if is_domain else self.item.domain_key


def title_of(item: Item) -> str:
    """Return what an item is called among all the others."""
    if item.asked_of is AskedOf.DOMAIN:
        return f"{item.title}: the domain as a whole"
    code = item.competency.code if item.competency else ""
    return f"{code} {item.title}".strip()


def assign_fields(
    steps: Sequence[Step],
    looked_after: Mapping[str, Member],
    wishes: Iterable[Wish] = (),
    errors: Mapping[str, str] | None = None,
) -> tuple[AssignField, ...]:
    """Return a choice for each item, with what was chosen before where there are wishes."""
    chosen = {wish.item_key: wish.wanted for wish in wishes}
    wrong = errors or {}
    fields = []
    for number, step in enumerate(steps, 1):
        key = step.item.key
        now = _text(looked_after[key].id if key in looked_after else None)
        fields.append(
            AssignField(
                number=number,
                item=step.item,
                status=step.status,
                was=now,
                chosen=_text(chosen[key]) if key in chosen else now,
                errors=(wrong[key],) if key in wrong else (),
            )
        )
    return tuple(fields)


def read_wishes(steps: Sequence[Step], posted: MultiDict[str, str]) -> tuple[Wish, ...]:
    """Return what was chosen for the items that a page asked about."""
    return tuple(
        Wish(key, _member_id(posted.get(f"was:{key}", "")), _member_id(posted[f"who:{key}"]))
        for key in (step.item.key for step in steps)
        if f"who:{key}" in posted
    )


def clash_errors(clashes: Iterable[str], looked_after: Mapping[str, Member]) -> dict[str, str]:
    """Return what to say beside each item that was given to somebody else meanwhile."""
    said = {}
    for key in clashes:
        now = looked_after[key].name if key in looked_after else "nobody"
        said[key] = f"This was changed meanwhile, to {now}. Save again to have it as chosen here"
    return said


def left_errors(wishes: Iterable[Wish], members: Iterable[Member]) -> dict[str, str]:
    """Return what to say beside each item for which somebody was chosen who is not there."""
    known = {each.id for each in members} | {None}
    return {wish.item_key: LEFT for wish in wishes if wish.wanted not in known}


def _member_id(text: str) -> uuid.UUID | None:
    if text == NOBODY:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        # Nobody has this one, so that choosing it is said to be wrong.
        return uuid.UUID(int=0)


def _text(member_id: uuid.UUID | None) -> str:
    return str(member_id) if member_id else NOBODY
