"""A remark: what somebody says about something, and what they would do with it."""

from __future__ import annotations

from dataclasses import dataclass

KEEP, REWORD, SPLIT, MERGE, MOVE, REMOVE = "keep", "reword", "split", "merge", "move", "remove"


@dataclass(frozen=True, slots=True)
class Remark:
    """Some sentences that at most two people say, so that they are nobody’s campaign."""

    action: str
    text: str
