"""Whether two names are of one organisation: for certain, perhaps, or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

ALIKE = 86
"""From which likeness of what is particular in two names, of 100, one may be the other."""

SHORTEST_INITIALS = 3
_FILLING = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to"})
_USUAL = _FILLING | {
    "board",
    "care",
    "centre",
    "cic",
    "council",
    "foundation",
    "ft",
    "group",
    "health",
    "healthcare",
    "hospital",
    "hospitals",
    "icb",
    "integrated",
    "limited",
    "llp",
    "ltd",
    "nhs",
    "plc",
    "service",
    "services",
    "teaching",
    "trust",
    "university",
}
"""Words that many names share, so that they say little about which organisation is meant."""


class Answered(StrEnum):
    """Whether a response came in a name."""

    YES = "yes"
    NOT_COUNTED = "not-counted"
    """One came and does not count, at least not yet."""
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a name; `others` are names that may mean the same, the likest first."""

    answered: Answered
    others: tuple[str, ...] = ()

    @property
    def is_waited_for(self) -> bool:
        """Whether nothing has come that is for certain from there."""
        return self.answered in (Answered.NO, Answered.PERHAPS)


def same_name(name: str) -> str:
    """Return what is compared of a name: case, accents, punctuation and a leading ‘the’ do not
    matter, and ‘&’ is ‘and’.
    """
    # Twice: letters in fancy shapes only have a small form once they are plain.
    folded = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    plain = unicodedata.normalize("NFKD", folded)
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    words = re.sub(r"[^\w\s]|_", " ", letters.replace("’", "").replace("'", "")).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


class Names:
    """The names in which responses came, to be asked for others."""

    def __init__(self, names: Iterable[tuple[str, bool]]) -> None:
        """Take each name, and whether the response in it counts."""
        self._counts: dict[str, bool] = {}
        self._written: dict[str, str] = {}
        for name, counts in names:
            same = same_name(name)
            if same:
                self._counts[same] = self._counts.get(same, False) or counts
                self._written.setdefault(same, name)
        self._particular = {same: _particular(same) for same in self._counts}
        self._by_initials: dict[str, list[str]] = {}
        for same in self._counts:
            self._by_initials.setdefault(_initials(same), []).append(same)

    def answered(self, name: str) -> Answered:
        """Say whether a response came in exactly this name; NO also where one is like it."""
        counts = self._counts.get(same_name(name))
        if counts is None:
            return Answered.NO
        return Answered.YES if counts else Answered.NOT_COUNTED

    def match(self, name: str, *, most: int = 3) -> Match:
        """Say whether a response came in this name, or in one that may mean the same."""
        answered = self.answered(name)
        if answered is not Answered.NO:
            return Match(answered)
        same = same_name(name)
        alike = process.extract(
            _particular(same),
            self._particular,
            scorer=fuzz.ratio,
            score_cutoff=ALIKE,
            limit=most,
        )
        found = [key for _, _, key in alike] + self._by_letters(same)
        # Each once, in the order in which it was found.
        others = tuple(self._written[each] for each in dict.fromkeys(found))[:most]
        return Match(Answered.PERHAPS if others else Answered.NO, others)

    def _by_letters(self, same: str) -> list[str]:
        """Return names that this one abbreviates, or that abbreviate it."""
        initials = _initials(same)
        long_forms = self._by_initials.get(same, []) if len(same) >= SHORTEST_INITIALS else []
        short = initials if len(initials) >= SHORTEST_INITIALS and initials in self._counts else ""
        return [*long_forms, *([short] if short else [])]


def _particular(same: str) -> str:
    words = [word for word in same.split() if word not in _USUAL]
    return " ".join(sorted(words or same.split()))


def _initials(same: str) -> str:
    words = [word for word in same.split() if word not in _FILLING]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
