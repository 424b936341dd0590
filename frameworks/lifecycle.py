"""Where each version of a framework stands on a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from frameworks.model import Framework, Reference, SemVer


class Status(StrEnum):
    """What a version may be used for; a final version that is not in force yet is `final`."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    CANDIDATE = "candidate"
    FINAL = "final"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


_BY_PRE = {"alpha": Status.DRAFT, "beta": Status.CONSULTATION, "rc": Status.CANDIDATE}


@dataclass(frozen=True, slots=True)
class Dated:
    """A version with the day on which it was withdrawn, if it was."""

    framework: Framework
    withdrawn_on: dt.date | None = None

    @property
    def version(self) -> SemVer:
        """The version in parts."""
        return SemVer.parse(self.framework.version)

    def stands_on(self, day: dt.date) -> bool:
        """Say whether the version was not withdrawn by that day."""
        return self.withdrawn_on is None or day < self.withdrawn_on


def statuses(versions: Iterable[Dated], on: dt.date) -> dict[Reference, Status]:
    """Return the status of every version of one framework on a day.

    A final version holds from its start until the start of the next one; a draft, consultation or
    candidate until anything later of the same number, or a later final version, is there.
    """
    known = list(versions)
    standing = [each for each in known if each.stands_on(on)]
    in_force = find_in_force(standing, on)
    return {each.framework.reference: _status(each, standing, in_force, on) for each in known}


def find_in_force(versions: Iterable[Dated], on: dt.date) -> Dated | None:
    """Return the version in force on a day: the last final one that has started."""
    started = [
        (each.framework.effective_from, each.version.sort_key(), each)
        for each in versions
        if each.version.is_final
        and each.stands_on(on)
        and each.framework.effective_from is not None
        and each.framework.effective_from <= on
    ]
    return max(started, key=lambda entry: entry[:2])[2] if started else None


def _status(one: Dated, standing: list[Dated], in_force: Dated | None, on: dt.date) -> Status:
    if one not in standing:
        return Status.WITHDRAWN
    if one is in_force:
        return Status.IN_FORCE
    if one.version.is_final:
        start = one.framework.effective_from
        return Status.SUPERSEDED if start is not None and start <= on else Status.FINAL
    if any(_overtakes(other.version, one.version) for other in standing):
        return Status.SUPERSEDED
    return _BY_PRE[one.version.pre]


def _overtakes(other: SemVer, draft: SemVer) -> bool:
    return draft < other and (other.is_final or other.core == draft.core)
