"""Tables of responses: kept, looked at by a second person, and taken in slice by slice."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from frameworks.library import Library
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.opening import uk_day, uk_moment
from webapp.consultations.respondents import Channel
from webapp.consultations.services import get_consultation, record_response
from webapp.intake.imported_json import as_json, digest_of, from_json
from webapp.intake.imports import (
    Import,
    ImportedResponse,
    ImportState,
    KeyStatus,
    Tally,
    WaitingResponse,
)
from webapp.intake.items import ItemMoved, OwnWork, UnknownItem
from webapp.intake.services.erasing import erase_discarded
from webapp.intake.store import imports as store
from webapp.intake.store.imports import NewResponse, Stored
from webapp.jobs import enqueue
from webapp.persistence import Session
from webapp.security import tokens

TAKE_IMPORT = "intake.take-import"
AT_ONCE = 50
"""How many responses are taken in while somebody waits, and in one slice of a job."""

KEPT = dt.timedelta(days=30)
"""How long a table waits for a second person."""

MOST_FORGOTTEN = 50


@dataclass(frozen=True, slots=True)
class SentTable:
    """A table as somebody sent it: its name, and the digest of its bytes."""

    name: str
    sha256: str


def keep_import(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    sent: SentTable,
    responses: Sequence[ImportedResponse],
    by: Actor,
    now: dt.datetime,
) -> uuid.UUID:
    """Keep what a table without mistakes says, for a second person, and return the import's id."""
    return store.add_import(
        session,
        consultation_id=consultation_id,
        name=sent.name,
        sha256=sent.sha256,
        responses=(_stored(consultation_id, each) for each in responses),
        answers=sum(len(each.answers) for each in responses),
        uploaded_by_id=by.account_id,
        uploaded_by=by.name,
        now=now,
    )


def get_import(session: Session, consultation_id: uuid.UUID, import_id: uuid.UUID) -> Import:
    """Return an import of a consultation; raises UnknownItem."""
    found = store.find_import(session, import_id)
    if found is None or found.consultation_id != consultation_id:
        raise UnknownItem("There is no such import")
    return found


def list_imports(session: Session, consultation_id: uuid.UUID) -> tuple[Import, ...]:
    """Return the imports of a consultation, the first in front."""
    return store.list_imports(session, consultation_id)


def tally_import(session: Session, found: Import) -> Tally:
    """Return how many of its responses are new, there already, or different under their key."""
    return store.tally(session, found)


def list_responses(
    session: Session, found: Import, *, after: int, most: int
) -> tuple[WaitingResponse, ...]:
    """Return responses that an import holds, in order, with what each is to what is there."""
    return tuple(
        WaitingResponse(each.number, from_json(each.said), _status(each))
        for each in store.list_stored(session, found, after=after, most=most)
    )


def take_import(
    session: Session, *, import_id: uuid.UUID, library: Library, by: Actor, now: dt.datetime
) -> Import:
    """Take in what somebody else uploaded: at once where it is small, otherwise by a job.

    Raises UnknownItem, OwnWork, or ItemMoved where it was taken in or thrown away before.
    """
    found = store.lock_import(session, import_id)
    if found.state is not ImportState.WAITING:
        raise ItemMoved("Somebody else took this in or threw it away first.")
    if found.uploaded_by_id == by.account_id:
        raise OwnWork("You uploaded this table, so somebody else has to take it in.")
    store.change_import(
        session,
        import_id,
        (ImportState.WAITING,),
        ImportState.TAKING,
        taken_at=now,
        taken_by_id=by.account_id,
        taken_by=by.name,
    )
    if found.responses <= AT_ONCE:
        take_slice(session, import_id=import_id, after=0, library=library, now=now)
    else:
        _take_next(session, import_id, 0, now)
    return store.lock_import(session, import_id)


def take_slice(
    session: Session, *, import_id: uuid.UUID, after: int, library: Library, now: dt.datetime
) -> None:
    """Take in the next responses of an import, if it is exactly that far, and ask for the rest.

    What was taken in under the same key before stays as it is and is counted as looked at.
    """
    found = store.lock_import(session, import_id)
    if found.state is not ImportState.TAKING or found.done != after or found.taken_by_id is None:
        return
    consultation = get_consultation(session, found.consultation_id)
    added = 0
    slice_ = store.list_stored(session, found, after=after, most=AT_ONCE)
    for each in slice_:
        added += _take(session, consultation, found, each, library, now)
    done = after + len(slice_)
    is_whole = done >= found.responses
    store.advance(
        session, found, done=done, added=found.added + added, ended_at=now if is_whole else None
    )
    if is_whole:
        store.erase_rows(session, (import_id,))
    else:
        _take_next(session, import_id, done, now)


def discard_import(
    session: Session, *, import_id: uuid.UUID, reason: str, by: Actor, now: dt.datetime
) -> None:
    """Throw away a table that waits, and erase what it said; raises UnknownItem or ItemMoved."""
    _discard(session, store.lock_import(session, import_id), reason, by.name, now)


def forget_imports(session: Session, now: dt.datetime) -> bool:
    """Throw away tables that nobody took in for 30 days; True where there may be more."""
    old = store.list_old(session, now - KEPT, MOST_FORGOTTEN)
    for each in old:
        reason = f"Nobody took it in within {KEPT.days} days."
        _discard(session, each, reason, "", now)
    return len(old) == MOST_FORGOTTEN


def _discard(session: Session, found: Import, reason: str, by: str, now: dt.datetime) -> None:
    store.change_import(
        session,
        found.id,
        (ImportState.WAITING,),
        ImportState.DISCARDED,
        ended_at=now,
        ended_by=by,
        reason=reason,
    )
    erase_discarded(session, found, now)


def _take(
    session: Session,
    consultation: Consultation,
    found: Import,
    stored: Stored,
    library: Library,
    now: dt.datetime,
) -> bool:
    """Make a response of one that waits, unless its key was taken in, and say whether it was."""
    if stored.present is not None or found.taken_by_id is None:
        return False
    response = from_json(stored.said)
    receipt = record_response(
        session,
        consultation_id=consultation.id,
        respondent=response.respondent,
        answers=response.answers,
        channel=Channel.SPREADSHEET,
        received_at=received_at(response.received_on, consultation),
        key=_record_key(response.key),
        library=library,
        taken_in_by=Actor(found.uploaded_by_id, found.uploaded_by),
        checked_by=Actor(found.taken_by_id, found.taken_by),
        now=now,
        late_reason="It came in a spreadsheet, with a day after the consultation had closed.",
    )
    if not receipt.is_new:
        return False
    store.add_key(
        session,
        consultation_id=consultation.id,
        key_hash=_key_hash(consultation.id, response.key),
        digest=stored.digest,
        submission_id=receipt.submission_id,
    )
    return True


def received_at(day: dt.date, consultation: Consultation) -> dt.datetime:
    """Return when something counts as received of which the day alone is known.

    That is the start of the day, so that what came on the last day came in time, and the opening
    on the first.
    """
    opens_at = consultation.details.period.opens_at
    return opens_at if day == uk_day(opens_at) else uk_moment(day, dt.time())


def _status(stored: Stored) -> KeyStatus:
    if stored.present is None:
        return KeyStatus.NEW
    return KeyStatus.THERE if stored.present == stored.digest else KeyStatus.DIFFERENT


def _stored(consultation_id: uuid.UUID, response: ImportedResponse) -> NewResponse:
    key_hash, said = _key_hash(consultation_id, response.key), as_json(response)
    return NewResponse(response.key, key_hash, digest_of(key_hash, said), said)


def _key_hash(consultation_id: uuid.UUID, key: str) -> str:
    return tokens.hash_token(f"sheet {consultation_id.hex} {key}")


def _record_key(key: str) -> str:
    return f"sheet {key}"


def _take_next(session: Session, import_id: uuid.UUID, after: int, now: dt.datetime) -> None:
    enqueue(session, TAKE_IMPORT, {"import": str(import_id), "after": str(after)}, now)
