"""How often people of the example are what they are and choose what they choose."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from webapp.operations.example.voices.remark import KEEP, REMOVE

CLASSES: Mapping[str, float] = {
    "public": 18,
    "patient": 20,
    "board-member": 22,
    "aspiring-board-member": 7,
    "nhs-staff": 30,
    "governor": 12,
    "board-support": 12,
    "recruiter": 6,
    "academic": 6,
    "other-individual": 6,
}
CAMPAIGNERS: Mapping[str, float] = {"nhs-staff": 6, "public": 3, "patient": 2, "governor": 1}
REGIONS: Mapping[str, float] = {
    "east-of-england": 10,
    "london": 18,
    "midlands": 16,
    "north-east-and-yorkshire": 13,
    "north-west": 15,
    "south-east": 13,
    "south-west": 11,
    "national": 4,
    "elsewhere": 2,
    "undisclosed": 6,
}
PUBLISH: Mapping[str, float] = {"named": 30, "unnamed": 58, "not-at-all": 12}
COMMENTS: Mapping[int, float] = {0: 10, 1: 45, 2: 30, 3: 12, 4: 3}
TICKED: Mapping[int, float] = {0: 5, 1: 30, 2: 30, 3: 20, 6: 10, 9: 5}
OVERALL: Mapping[str, Mapping[str, float]] = {
    "public": {
        "as-it-is": 30,
        "with-small-changes": 40,
        "with-large-changes": 15,
        "no": 8,
        "no-view": 7,
    },
    "board-member": {"as-it-is": 22, "with-small-changes": 55, "with-large-changes": 17, "no": 6},
    "nhs-staff": {"as-it-is": 24, "with-small-changes": 40, "with-large-changes": 24, "no": 12},
    "recruiter": {"as-it-is": 10, "with-small-changes": 50, "with-large-changes": 35, "no": 5},
    "organisation": {"as-it-is": 12, "with-small-changes": 68, "with-large-changes": 20},
}
ESSENTIALS: Mapping[str, float] = {
    "right": 38,
    "too-many-essential": 36,
    "too-few-essential": 8,
    "wrong-ones": 12,
    "no-view": 6,
}
WEIGHTS: Mapping[str, float] = {"right": 40, "some-wrong": 30, "no-weights": 18, "no-view": 12}

_PROVIDER = ("provider-chair", "provider-ned", "provider-chief-executive")
POSITIONS: Mapping[str, tuple[str, ...]] = {
    "board-member": (*_PROVIDER, "provider-finance-director", "provider-medical-director"),
    "aspiring-board-member": ("provider-ned", "commissioner-non-executive-member"),
    "nhs-staff": ("provider-chief-executive", "provider-nursing-director"),
    "governor": ("provider-chair", "provider-ned"),
    "board-support": (*_PROVIDER, "provider-sid"),
    "recruiter": (*_PROVIDER, "provider-people-director"),
    "academic": ("provider-chair", "commissioner-chair"),
    "icb": ("commissioner-chair", "commissioner-chief-executive", "commissioner-executive-member"),
    "organisation": (*_PROVIDER, "provider-operations-director"),
}
ROLES: Mapping[str, tuple[str, ...]] = {
    "board-member": ("Non-executive director", "Chair", "Finance director", "Medical director", ""),
    "nhs-staff": ("Staff nurse", "Service manager", "Physiotherapist", "Porter", "", ""),
    "board-support": ("Company secretary", "Head of governance", ""),
    "academic": ("Senior lecturer", "Professor", ""),
}


_STAFF = {"nhs-staff", "board-member", "board-support", "other-individual", "governor"}
_BOARDS = {"board-member", "board-support", "governor", "recruiter", "academic"}
_PEOPLE = {"patient", "public", "other-individual"}
_SUITS: tuple[tuple[re.Pattern[str], set[str]], ...] = (
    (
        re.compile(
            r"\b(my|our) (father|mother|wife|daughter|drug|surgery)\b|[Ww]e lost a baby"
            r"|I have waited|unpaid carer|I lip-read"
        ),
        _PEOPLE,
    ),
    (
        re.compile(
            r"\b(my|our) (own )?(ward|clinic|unit|directorate|theatre|hospital)\b"
            r"|our best project|made me stay|my case|I am a guardian|clinical colleagues",
            re.IGNORECASE,
        ),
        {"nhs-staff", "board-member"},
    ),
    (re.compile(r"our (board|trust)|my trust|\bwe\b.*\bboard", re.IGNORECASE), _STAFF),
    (
        re.compile(
            r"panel|candidate|interview|appoint|references?\b|dashboard|agenda|committee|I sat on"
            r"|chair rang me|prepared me",
            re.IGNORECASE,
        ),
        _BOARDS | {"aspiring-board-member", "nhs-staff"},
    ),
)
"""Words that give away who speaks, and who may say them; organisations are put together by chance
as well, and speak as ‘we’."""


def suits(text: str, of_class: str) -> bool:
    """Say whether somebody of a class could have said this."""
    if of_class not in CLASSES:
        return not re.search(r"\b(I|my|me)\b", text)
    return all(of_class in who for words, who in _SUITS if words.search(text))


def clarity(action: str) -> Mapping[str, float]:
    """Return how clear a wording is to people who want this to happen to it."""
    if action == KEEP:
        return {"very-clear": 60, "mostly-clear": 35, "rather-unclear": 5}
    return {"very-clear": 12, "mostly-clear": 38, "rather-unclear": 38, "very-unclear": 12}


def necessity(item: str, position: str, action: str) -> Mapping[str, float]:
    """Return how necessary a competency is for a position, for people who want this done to it.

    Each competency and position has a lean of its own, which is the same every time.
    """
    lean = zlib.crc32(f"{item} {position}".encode()) % 60
    if action == REMOVE:
        return {"essential": 5, "useful": 30, "not-necessary": 60, "no-view": 5}
    return {"essential": 30 + lean, "useful": 65 - lean, "not-necessary": 10, "no-view": 4}
