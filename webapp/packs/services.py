"""What is done with packs: check, start, make slice by slice, cancel, delete."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from exports.packs.people import PackForm, Person
from frameworks.library import Library, Published
from frameworks.model import AssessAt
from webapp.accounts.services import get_organisation
from webapp.files import hold_file, release_file
from webapp.jobs import enqueue
from webapp.packs import store
from webapp.packs.pack import (
    CANCELLABLE,
    DELETABLE,
    KEPT,
    LONGEST_MAKING,
    UNDER_WAY,
    Made,
    NotAsPinned,
    Pack,
    PackChanged,
    PackState,
    PackUnknown,
    Part,
)
from webapp.persistence import Session, new_id
from webapp.retention.services import Erasers, record_erasure

__all__ = [
    "CLEAR_PACK",
    "ERASERS",
    "MAKE_PACK",
    "NotAsPinned",
    "PackChanged",
    "PackUnknown",
    "add_part",
    "cancel_pack",
    "check_pack",
    "delete_pack",
    "fail_pack",
    "find_pack",
    "find_work",
    "finish_pack",
    "forget_old_packs",
    "get_published",
    "list_packs",
    "list_people",
    "release_files",
    "start_pack",
]

MAKE_PACK = "packs.make"
CLEAR_PACK = "packs.clear"
MOST_AT_ONCE = 50

find_pack = store.find_pack
list_packs = store.list_packs
list_people = store.list_people


@dataclass(frozen=True, slots=True)
class Work:
    """What the next slice of a pack is made from."""

    pack: Pack
    people: tuple[Person, ...]
    parts: tuple[Part, ...]
    organisation: str


def check_pack(
    session: Session,
    published: Published,
    people: Sequence[Person],
    *,
    organisation_id: uuid.UUID,
    form: PackForm,
    stage: AssessAt | None,
    vacancy: str,
    created_by: uuid.UUID,
    today: dt.date,
    now: dt.datetime,
) -> Pack:
    """Keep a pack whose people were read, to be looked at and then started."""
    pack = Pack(
        id=new_id(),
        organisation_id=organisation_id,
        form=form,
        reference=published.reference,
        framework_digest=published.digest,
        rule_on=today,
        total=len(people),
        created_at=now,
        stage=stage,
        vacancy=vacancy,
    )
    store.add_pack(session, pack, people, created_by=created_by)
    return pack


def start_pack(session: Session, pack_id: uuid.UUID, now: dt.datetime) -> None:
    """Let a pack be made; PackChanged where it was started or thrown away before."""
    store.change_state(session, pack_id, [PackState.CHECKED], PackState.WAITING)
    _make_next(session, pack_id, 0, now)


def cancel_pack(session: Session, pack_id: uuid.UUID, now: dt.datetime) -> None:
    """Stop making a pack and erase who was in it; PackChanged where it has ended.

    The slice at hand notices when it is done; what is made is deleted by a job.
    """
    record_erasure(session, PACK_ERASED, pack_id, now)
    _cancel(session, pack_id, now)


def delete_pack(session: Session, pack_id: uuid.UUID, now: dt.datetime) -> None:
    """Delete a pack that is not being made, with its ZIP and who was in it; else PackChanged."""
    record_erasure(session, PACK_ERASED, pack_id, now)
    _delete(session, pack_id, now)


def _cancel(session: Session, pack_id: uuid.UUID, now: dt.datetime) -> None:
    store.change_state(session, pack_id, CANCELLABLE, PackState.CANCELLED)
    _throw_away(session, pack_id, "", now)


def _delete(session: Session, pack_id: uuid.UUID, now: dt.datetime) -> None:
    pack = store.get_pack(session, pack_id)
    store.change_state(
        session,
        pack_id,
        DELETABLE,
        PackState.DELETED,
        archive=None,
        manifest=None,
        size=None,
    )
    _throw_away(session, pack_id, pack.finished.archive if pack.finished else "", now)


def _erase_again(session: Session, pack_id: uuid.UUID, at: dt.datetime) -> None:
    pack = store.find_pack(session, pack_id)
    if pack is not None and pack.state in CANCELLABLE:
        _cancel(session, pack_id, at)
    elif pack is not None and pack.state in DELETABLE:
        _delete(session, pack_id, at)
        release_files(session, pack_id, pack.finished.archive if pack.finished else "")


PACK_ERASED = "packs.pack"
ERASERS: Erasers = {PACK_ERASED: _erase_again}


def find_work(session: Session, pack_id: uuid.UUID, made: int) -> Work | None:
    """Return what to make, or None unless the pack is under way and exactly that far."""
    pack = store.find_pack(session, pack_id)
    if pack is None or not pack.is_under_way or pack.made != made:
        return None
    return Work(
        pack,
        store.list_people(session, pack_id),
        store.list_parts(session, pack_id),
        get_organisation(session, pack.organisation_id).name,
    )


def add_part(session: Session, pack_id: uuid.UUID, part: Part, now: dt.datetime) -> None:
    """Keep a slice that is made and ask for the next; PackChanged where it came too late."""
    part_id = store.add_part(session, pack_id, part)
    hold_file(session, part.sha256, part_id, now)
    _make_next(session, pack_id, part.until, now)


def finish_pack(session: Session, pack_id: uuid.UUID, made: Made, now: dt.datetime) -> None:
    """Keep the ZIP of a pack whose slices are all made; PackChanged where it came too late."""
    store.change_state(
        session,
        pack_id,
        [PackState.MAKING],
        PackState.FINISHED,
        archive=made.archive,
        manifest=made.manifest,
        size=made.size,
    )
    hold_file(session, made.archive, pack_id, now)
    enqueue(session, CLEAR_PACK, {"pack": str(pack_id), "archive": ""}, now)


def fail_pack(session: Session, pack_id: uuid.UUID, reason: str, now: dt.datetime) -> None:
    """Give a pack up and say why; PackChanged where it has ended."""
    store.change_state(session, pack_id, UNDER_WAY, PackState.FAILED, reason=reason)
    enqueue(session, CLEAR_PACK, {"pack": str(pack_id), "archive": ""}, now)


def release_files(session: Session, pack_id: uuid.UUID, archive: str) -> tuple[str, ...]:
    """Need the slices of a pack no longer, nor its ZIP where one is named; return their files."""
    released = []
    for part_id, sha256 in store.take_parts(session, pack_id):
        release_file(session, part_id)
        released.append(sha256)
    if archive and release_file(session, pack_id):
        released.append(archive)
    return tuple(released)


def forget_old_packs(session: Session, now: dt.datetime) -> bool:
    """Delete packs that are a week old, and give up those that never got made.

    True where there may be more.
    """
    stuck = store.list_old(session, now - LONGEST_MAKING, UNDER_WAY, MOST_AT_ONCE)
    for pack in stuck:
        fail_pack(session, pack.id, "It took too long. Start again, with fewer people.", now)
    old = store.list_old(session, now - KEPT, DELETABLE, MOST_AT_ONCE)
    for pack in old:
        delete_pack(session, pack.id, now)
    return MOST_AT_ONCE in (len(stuck), len(old))


def get_published(library: Library, pack: Pack) -> Published:
    """Return the version that a pack is pinned to; NotAsPinned where it is gone or differs."""
    published = library.find(pack.reference)
    if published is None or published.digest != pack.framework_digest:
        raise NotAsPinned(f"{pack.reference} is not what the forms were to be made from")
    return published


def _make_next(session: Session, pack_id: uuid.UUID, first: int, now: dt.datetime) -> None:
    enqueue(session, MAKE_PACK, {"pack": str(pack_id), "from": str(first)}, now)


def _throw_away(session: Session, pack_id: uuid.UUID, archive: str, now: dt.datetime) -> None:
    store.erase_people(session, pack_id)
    enqueue(session, CLEAR_PACK, {"pack": str(pack_id), "archive": archive}, now)
