"""What each room can show of the record of a consultation, for whoever has to defend it.

A room has a service `evidence(session, consultation_id) -> tuple[EvidenceEntry, ...]` that
returns everything it knows to have happened, once each and in order. It is made from rows alone,
so that the same rows always say the same. Nobody is named but staff, and nothing of what a
respondent wrote is in it: a response is its reference.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that belongs to an entry; `name` is as people called it, in any script.

    `sha256` has the 64 digits of its bytes. `content` is None where the file is stored under them.
    """

    name: str
    sha256: str
    content: bytes | None = None

    @classmethod
    def stored(cls, name: str, sha256: str) -> Self:
        """Return a file that is kept in the store of files."""
        return cls(name, sha256)

    @classmethod
    def made(cls, name: str, content: bytes) -> Self:
        """Return a file that was made from rows."""
        return cls(name, hashlib.sha256(content).hexdigest(), content)


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One thing that happened: when, what kind of thing, in words, by whom, and why.

    `kind` is `<room>.<what>`, such as `consultations.opened`, and stays the same for ever.
    `words` are plain sentences, with blank lines between paragraphs. `by` is the name of the
    member of staff, empty for what the program or a respondent did. `why` is the reason that was
    given, empty without one.
    """

    at: dt.datetime
    kind: str
    words: str
    by: str
    files: tuple[EvidenceFile, ...] = ()
    why: str = ""
