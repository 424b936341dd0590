"""What the next version may change: every derivation and tombstone is checked against the texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frameworks.digest import competency_digest
from frameworks.model import ChangeKind, Competency, Framework, Tombstone, WithdrawalReason
from frameworks.places import Places, places
from frameworks.problems import Finding, Path, did_you_mean

_TOMBSTONE_FOR = {
    ChangeKind.SPLIT: WithdrawalReason.SPLIT,
    ChangeKind.MERGED: WithdrawalReason.MERGED,
}


@dataclass(frozen=True, slots=True)
class _Succession:
    """Two versions, looked up by key."""

    before: Framework
    after: Framework
    old: dict[str, Competency]
    new: dict[str, Competency]
    was: Places
    now: Places
    tombstones: dict[str, Tombstone]


def check_step(before: Framework, after: Framework) -> list[Finding]:
    """Return what is wrong with a version as the successor of another; paths are in `after`."""
    was, now = places(before), places(after)
    succession = _Succession(
        before,
        after,
        {each.key: each for _, each in was.competencies},
        {each.key: each for _, each in now.competencies},
        was,
        now,
        {each.key: each for each in after.withdrawn},
    )
    return [
        *_derivations(succession),
        *_withdrawals(succession),
        *_other_keys(succession),
    ]


def _derivations(succession: _Succession) -> Iterator[Finding]:
    for path, competency in succession.now.competencies:
        where = (*path, "derivation")
        match competency.derivation.change:
            case ChangeKind.NEW:
                if competency.key in succession.old:
                    message = _says(competency, f"it was in {succession.before.version} already")
                    yield Finding((*where, "change"), message)
            case ChangeKind.SPLIT | ChangeKind.MERGED:
                yield from _shared(succession, competency, where)
            case _:
                yield from _same_key(succession, competency, where)


def _same_key(succession: _Succession, competency: Competency, path: Path) -> Iterator[Finding]:
    here = (*path, "change")
    key, change = competency.key, competency.derivation.change
    if key not in succession.old:
        near = did_you_mean(key, [each for each in succession.old if each not in succession.new])
        reason = f"it is not in {succession.before.version}{near}"
        yield Finding(here, _says(competency, reason))
        return
    same = competency_digest(succession.old[key]) == competency_digest(competency)
    left, entered = succession.was.parents[key], succession.now.parents[key]
    if change is ChangeKind.REWORDED and same:
        yield Finding(here, _says(competency, f"it reads as in {succession.before.version}"))
    elif change is not ChangeKind.REWORDED and not same:
        parts = ", ".join(_differing(succession.old[key], competency))
        reason = f"it differs from {succession.before.version} in {parts}: say reworded"
        yield Finding(here, _says(competency, reason))
    elif change is ChangeKind.UNCHANGED and left != entered:
        yield Finding(
            here, _says(competency, f"it was moved from “{left}” to “{entered}”: say moved")
        )
    elif change is ChangeKind.MOVED and left == entered:
        yield Finding(here, _says(competency, f"it stands in “{entered}” as before"))


def _shared(succession: _Succession, competency: Competency, path: Path) -> Iterator[Finding]:
    change = competency.derivation.change
    if competency.key in succession.old and competency.key not in competency.derivation.from_keys:
        reason = f"it was in {succession.before.version} already: name it among its sources"
        yield Finding((*path, "change"), _says(competency, reason))
    for position, key in enumerate(competency.derivation.from_keys):
        where = (*path, "from", position)
        if key not in succession.old:
            near = did_you_mean(key, succession.old)
            reason = f"{succession.before.version} has no “{key}”{near}"
            yield Finding(where, _says(competency, reason))
        elif key not in succession.new:
            tombstone = succession.tombstones.get(key)
            if tombstone is None:
                continue  # Said once, where the tombstone is missing.
            if tombstone.reason is not _TOMBSTONE_FOR[change]:
                reason = f"the tombstone of “{key}” says {tombstone.reason}"
                yield Finding((*path, "change"), _says(competency, reason))
            elif competency.key not in tombstone.replaced_by:
                reason = f"the tombstone of “{key}” does not name it in replaced_by"
                yield Finding(where, _says(competency, reason))


def _withdrawals(succession: _Succession) -> Iterator[Finding]:
    standing = {each.key: position for position, each in enumerate(succession.after.withdrawn)}
    gone = [key for key in succession.old if key not in succession.new]
    buried = [each.key for each in succession.before.withdrawn]
    for key in [*gone, *buried]:
        if key not in standing and key not in succession.new:
            message = f"“{key}” of {succession.before.version} has gone: give it a tombstone here"
            yield Finding(("withdrawn",), message)
    for key in gone:
        if key in standing:
            yield from _tombstone(succession, key, ("withdrawn", standing[key]))


def _tombstone(succession: _Succession, key: str, path: Path) -> Iterator[Finding]:
    tombstone = succession.tombstones[key]
    if tombstone.last_version != succession.before.version:
        message = f"the last version of “{key}” was {succession.before.version}"
        yield Finding((*path, "last_version"), message)
    for position, heir in enumerate(tombstone.replaced_by):
        competency = succession.new.get(heir)
        if competency is not None and key not in competency.derivation.from_keys:
            message = f"“{heir}” replaces “{key}” but does not say that it comes from it"
            yield Finding((*path, "replaced_by", position), message)


def _other_keys(succession: _Succession) -> Iterator[Finding]:
    before = {key: kind for _, kind, key in succession.was.keyed()}
    buried = {each.key for each in succession.before.withdrawn}
    for path, kind, key in succession.now.keyed():
        if key in buried:
            message = f"key “{key}” was withdrawn before: choose another"
            yield Finding((*path, "key"), message)
        elif before.get(key, kind) != kind:
            message = f"key “{key}” of this {kind} was in use ({before[key]}): choose another"
            yield Finding((*path, "key"), message)


def _differing(before: Competency, after: Competency) -> list[str]:
    outside = {"code", "derivation", "development"}
    names = [name for name in Competency.model_fields if name not in outside]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _says(competency: Competency, reason: str) -> str:
    return f"“{competency.key}” says {competency.derivation.change}, but {reason}"
