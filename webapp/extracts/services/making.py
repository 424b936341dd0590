"""The steps of the worker that makes an export, each in a transaction of its own."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from frameworks.library import Library
from webapp.accounts.services import get_organisation
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.editions import Edition
from webapp.consultations.services import get_asking, get_consultation, list_editions
from webapp.consultations.submissions import Standing
from webapp.extracts.extract import (
    BEING_MADE,
    UNDER_WAY,
    Extract,
    ExtractState,
    Finished,
    Options,
    Which,
)
from webapp.extracts.said import SaidResponse
from webapp.extracts.store import extracts as store
from webapp.extracts.store import responses
from webapp.files import hold_file
from webapp.persistence import Session

MAKE_EXTRACT = "extracts.make"
CLEAR_EXTRACT = "extracts.clear"

get_extract = store.get_extract


@dataclass(frozen=True, slots=True)
class Work:
    """What an export is made of, as it was at the moment of reading.

    `standings` has how many responses stand how, by the key of that.
    """

    consultation: Consultation
    organisation: str
    asking: Asking
    editions: tuple[Edition, ...]
    standings: Mapping[str, int]
    words_mark: str
    options: Options

    @property
    def total(self) -> int:
        """How many responses there are to read."""
        if self.options.which is Which.COUNTING:
            return self.standings.get(Standing.COUNTS.value, 0)
        return sum(self.standings.values())


def begin_making(session: Session, extract_id: uuid.UUID, attempt: uuid.UUID) -> Extract:
    """Make an export this worker’s, also one that another worker began; else ExtractChanged."""
    store.change_state(
        session,
        extract_id,
        UNDER_WAY,
        ExtractState.MAKING,
        attempt=attempt,
        responses=0,
        rows_made=0,
    )
    return store.get_extract(session, extract_id)


def begin_reading(session: Session, library: Library, extract: Extract) -> Work:
    """Return what an export is made of; raises FrameworkChanged and its like.

    What is read afterwards in the same transaction is of the same moment.
    """
    consultation = get_consultation(session, extract.consultation_id)
    return Work(
        consultation=consultation,
        organisation=get_organisation(session, consultation.organisation_id).name,
        asking=get_asking(library, consultation),
        editions=list_editions(session, consultation.id),
        standings=responses.count_by_standing(session, consultation.id),
        words_mark=responses.words_mark(session, consultation.id),
        options=extract.options,
    )


def read_responses(session: Session, work: Work) -> Generator[SaidResponse, None, None]:
    """Yield what is in the export, response by response; to be closed by who stops earlier."""
    return responses.stream_responses(session, work.consultation.id, work.options)


def note_progress(
    session: Session,
    extract_id: uuid.UUID,
    attempt: uuid.UUID,
    *,
    total: int,
    read: int,
    rows: int,
) -> None:
    """Note how far this worker is; ExtractChanged where it is cancelled or another’s."""
    store.note_progress(session, extract_id, attempt, total=total, responses=read, rows=rows)


def begin_checking(session: Session, extract_id: uuid.UUID, attempt: uuid.UUID) -> None:
    """Note that everything is written and is now read back; else ExtractChanged."""
    store.change_state(session, extract_id, BEING_MADE, ExtractState.CHECKING, of_attempt=attempt)


def finish_extract(
    session: Session,
    extract_id: uuid.UUID,
    attempt: uuid.UUID,
    finished: Finished,
    *,
    read_at: dt.datetime,
    words_mark: str,
    now: dt.datetime,
) -> None:
    """Keep the ZIP of an export that was checked; ExtractChanged where it came too late."""
    store.change_state(
        session,
        extract_id,
        [ExtractState.CHECKING],
        ExtractState.FINISHED,
        of_attempt=attempt,
        attempt=None,
        sha256=finished.sha256,
        size=finished.size,
        rows_made=finished.rows,
        responses=finished.responses,
        read_at=read_at,
        words_mark=words_mark,
        ended_at=now,
    )
    hold_file(session, finished.sha256, extract_id, now)


def fail_extract(
    session: Session,
    extract_id: uuid.UUID,
    reason: str,
    now: dt.datetime,
    attempt: uuid.UUID | None = None,
) -> None:
    """Give an export up and say why; ExtractChanged where it has ended, or is another’s."""
    store.change_state(
        session,
        extract_id,
        UNDER_WAY,
        ExtractState.FAILED,
        of_attempt=attempt,
        attempt=None,
        reason=reason,
        ended_at=now,
    )
