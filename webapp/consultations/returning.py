"""Return codes as people type them, and the place in a response that somebody comes back to."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from frameworks.questions import AnswerKey, Question
from webapp.consultations.asking import Asking, Item
from webapp.consultations.response import Draft
from webapp.security.tokens import ALPHABET, PASS_LENGTH, read_code, show_code

RECEIPT_LENGTH = 20
_LINK = re.compile(r"/return/([^/?#\s]+)")


class NotACode(ValueError):
    """What was typed cannot be a return code; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a pass leads: to a draft that is being written, or to one that was sent."""

    consultation_id: uuid.UUID
    draft_id: uuid.UUID
    member_id: uuid.UUID | None
    member_name: str
    was_sent: bool
    has_left: bool
    """Whether it belongs to a colleague who no longer takes part."""

    def leads_to(self, draft: Draft) -> bool:
        """Say whether this is a way into a draft as the same person."""
        member_id = draft.member.id if draft.member else None
        return (self.draft_id, self.member_id) == (draft.id, member_id)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody goes on: an item that is on their list, and a question about it or none."""

    item: Item
    question: Question | None = None


def is_code(secret: str) -> bool:
    """Say whether a secret can be typed; those of before return codes cannot."""
    return len(secret) == PASS_LENGTH and set(secret) <= set(ALPHABET)


def shown_code(secret: str) -> str:
    """Return a secret in groups of four, or an empty text where it cannot be typed."""
    return show_code(secret) if is_code(secret) else ""


def read_return_code(typed: str) -> str:
    """Return the code that somebody typed, or that is in a link they pasted; raises NotACode."""
    pasted = _LINK.search(typed)
    code = read_code(pasted[1] if pasted else typed)
    odd = sorted(set(code) - set(ALPHABET))
    if not code:
        raise NotACode("Enter your return code")
    if code.startswith("BM") and len(code) == len("BM") + 8:
        raise NotACode(
            "Enter your return code: what begins with BM is the reference of a response"
            " that was sent"
        )
    if len(code) == RECEIPT_LENGTH and not odd:
        raise NotACode(
            "Enter a return code of 7 groups: a code of 5 groups is the one on a receipt"
        )
    if len(code) != PASS_LENGTH:
        raise NotACode(
            f"Enter the whole return code: it has {PASS_LENGTH} letters and digits,"
            f" and this has {len(code)}"
        )
    if odd:
        raise NotACode(f"Check the code: no return code has the character {odd[0][:1]}")
    return code


def find_place(asking: Asking, draft: Draft, *texts: str) -> Place | None:
    """Return the first of these places that is on a respondent's list, or None.

    Each is an answer's key such as `culture.speaking-up:comment`, an item's key, or empty.
    """
    positions = draft.respondent.positions
    items = {item.key: item for item in asking.items_for(draft.chosen, positions)}
    for text in texts:
        item = items.get(text.partition(":")[0])
        if item is not None:
            asked = {str(each.key): each for each in asking.questions_of(item, positions)}
            return Place(item, asked.get(text))
    return None


def last_of(asking: Asking, keys: tuple[AnswerKey, ...]) -> str:
    """Return the key that stands furthest down among those saved together, or an empty text."""
    for item in reversed(asking.items.values()):
        for key in reversed(item.by_key):
            if key in keys:
                return str(key)
    return ""
