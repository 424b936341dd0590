"""What a file is that a response came in, and what it says where that is plain text."""

from __future__ import annotations

from exports.incoming.mail_text import LONGEST, mail_text
from exports.incoming.source_kinds import LookedAt, SourceKind, kind_of, text_of


def look_at(content: bytes) -> LookedAt:
    """Return what a file is; raises FileRefused with what to do instead."""
    kind = kind_of(content)
    if kind is SourceKind.EMAIL:
        return LookedAt(kind, mail_text(content))
    if kind is SourceKind.TEXT:
        return LookedAt(kind, text_of(content)[:LONGEST])
    return LookedAt(kind)
