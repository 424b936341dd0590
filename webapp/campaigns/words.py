"""The words of a text, without what says nothing about who wrote them: case, marks, spacing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Chinese, Japanese, Thai and Lao are written without blanks: there, each letter is a word.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W_{_UNSPACED}]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in its text."""

    word: str
    start: int
    end: int


def words_in(text: str) -> tuple[Word, ...]:
    """Return the words of a text with their places."""
    return tuple(
        Word(_compared(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(_compared(each) for each in _WORD.findall(text))


@lru_cache(maxsize=100_000)
def _compared(word: str) -> str:
    """Return a word in one form: ‘Chair’s’, ‘chair's’ and ‘CHAIR’S’ are the same."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return plain.replace("'", "").replace("’", "")
