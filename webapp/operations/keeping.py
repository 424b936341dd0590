"""What the schedule says of consultations: what is due, who is warned, and erasing it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from webapp.accounts.services import list_members, list_organisations
from webapp.config import RetentionPeriods
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.opening import Phase
from webapp.consultations.services import (
    count_kept,
    erase_leftovers,
    erase_names,
    erase_words,
    list_consultations,
    totals_of,
)
from webapp.extracts.services import delete_outdated
from webapp.intake import services as intake
from webapp.jobs import enqueue
from webapp.notices.services import count_listed
from webapp.operations.erasers import NOTES_ERASED
from webapp.persistence import Session
from webapp.publication.services import erase_notes
from webapp.retention.records import ErasureRecord, ErasureWarning
from webapp.retention.schedule import (
    ADDRESSES,
    DRAFTS,
    NAMES,
    RECEIVED,
    WITHDRAWN,
    WORDS,
    DataClass,
    due_at,
    schedule,
    warned_until,
)
from webapp.retention.services import (
    is_held,
    list_held,
    list_warnings,
    record_deletion,
    record_erasure,
    warn,
)
from webapp.security import Role

BY_SCHEDULE = Actor(uuid.UUID(int=0), "Boardmark, by the schedule")
WARNING_MAIL = "retention.warning-mail"


def _erase_words(session: Session, consultation_id: uuid.UUID, now: dt.datetime) -> int:
    """Erase the words of responses, and what moderators noted about them."""
    record_erasure(session, NOTES_ERASED, consultation_id, now)
    erase_notes(session, consultation_id)
    return erase_words(session, consultation_id, now)


def _erase_received(session: Session, consultation_id: uuid.UUID, now: dt.datetime) -> int:
    return intake.erase_intake(session, consultation_id, by=BY_SCHEDULE, now=now)


ERASING: Mapping[str, Callable[[Session, uuid.UUID, dt.datetime], int]] = {
    NAMES: erase_names,
    WORDS: _erase_words,
    RECEIVED: _erase_received,
    WITHDRAWN: lambda session, consultation_id, _now: erase_leftovers(session, consultation_id),
}
"""How each class is erased that its own room does not erase by the hour."""


@dataclass(frozen=True, slots=True)
class Due:
    """One class of one consultation of which something is still kept.

    `due_at` is None until the consultation has closed. `warned_until` is when it is erased after
    the warning that was given.
    """

    data_class: DataClass
    consultation: Consultation
    kept: int
    due_at: dt.datetime | None
    warned_until: dt.datetime | None
    is_held: bool

    def is_due(self, at: dt.datetime) -> bool:
        """Say whether its period is over at a moment, held or not."""
        return self.due_at is not None and self.due_at <= at

    @property
    def erased_at(self) -> dt.datetime | None:
        """When it will be erased as things stand; None while it is held, or is still open."""
        if self.is_held or self.due_at is None:
            return None
        return max(self.due_at, self.warned_until or self.due_at)


def list_due(
    session: Session,
    periods: RetentionPeriods,
    now: dt.datetime,
    organisation_id: uuid.UUID | None = None,
) -> tuple[Due, ...]:
    """Return what is kept of every consultation, class by class, those that closed first in front.

    Nothing of it says who anybody is. `organisation_id` leaves out the others' consultations.
    """
    warnings = {(each.class_key, each.subject_id): each for each in list_warnings(session)}
    held = list_held(session)
    classes = {each.key: each for each in schedule(periods)}
    found = []
    for consultation in _consultations(session, organisation_id):
        for key, kept in _counts(session, consultation.id).items():
            warning = warnings.get((key, consultation.id))
            if kept:
                found.append(
                    Due(
                        classes[key],
                        consultation,
                        kept,
                        _due_at(classes[key], consultation, now),
                        warning.erased_from if warning else None,
                        consultation.id in held,
                    )
                )
    return tuple(sorted(found, key=lambda due: (due.consultation.ends_at, due.consultation.slug)))


def keep_to_schedule(
    session: Session, now: dt.datetime, periods: RetentionPeriods
) -> tuple[ErasureRecord, ...]:
    """Warn of what is due soon, erase what people were warned of for long enough, and record it.

    For the hourly routine and the command line; safe to repeat, and by several at once.
    """
    records = []
    for due in list_due(session, periods, now):
        if due.is_held or due.data_class.is_tidied or due.due_at is None:
            continue
        if due.data_class.has_warning and due.warned_until is None:
            _warn(session, due, now, periods)
        elif (due.erased_at or now) <= now and not is_held(session, due.consultation.id):
            records.append(_erase(session, due, now))
    for consultation_id in _free(session):
        # What a hold kept that has been lifted since; usually there is nothing.
        intake.erase_leftovers(session, consultation_id)
        erase_leftovers(session, consultation_id)
    # Exports that were made before have what is erased now.
    delete_outdated(session, now)
    return tuple(records)


def _free(session: Session) -> tuple[uuid.UUID, ...]:
    return tuple(each.id for each in _consultations(session, None) if not is_held(session, each.id))


def _erase(session: Session, due: Due, now: dt.datetime) -> ErasureRecord:
    key, consultation_id = due.data_class.key, due.consultation.id
    erased = ERASING[key](session, consultation_id, now)
    record = ErasureRecord(key, consultation_id, erased, now, due.data_class.rule)
    record_deletion(session, record)
    return record


def _warn(session: Session, due: Due, now: dt.datetime, periods: RetentionPeriods) -> None:
    erased_from = warned_until(due.due_at or now, now, periods)
    if erased_from is None:
        return
    warning = ErasureWarning(due.data_class.key, due.consultation.id, now, erased_from)
    if not warn(session, warning):
        return
    for member in list_members(session, due.consultation.organisation_id):
        if Role.ADMINISTRATOR in member.roles and member.account.is_active:
            payload = {
                "account": str(member.account.id),
                "class": due.data_class.key,
                "consultation": str(due.consultation.id),
            }
            enqueue(session, WARNING_MAIL, payload, now)


def _consultations(session: Session, organisation_id: uuid.UUID | None) -> tuple[Consultation, ...]:
    ids = (
        [each.id for each in list_organisations(session)]
        if organisation_id is None
        else [organisation_id]
    )
    return tuple(each for found in ids for each in list_consultations(session, found))


def _counts(session: Session, consultation_id: uuid.UUID) -> Mapping[str, int]:
    kept = count_kept(session, consultation_id)
    return {
        DRAFTS: totals_of(session, consultation_id).drafts,
        NAMES: kept.names,
        WORDS: kept.words,
        RECEIVED: intake.count_kept(session, consultation_id),
        WITHDRAWN: kept.withdrawn,
        ADDRESSES: count_listed(session, consultation_id),
    }


def _due_at(
    data_class: DataClass, consultation: Consultation, now: dt.datetime
) -> dt.datetime | None:
    if data_class.key == WITHDRAWN:
        return now
    if consultation.phase(now) is not Phase.CLOSED:
        return None
    return due_at(data_class, consultation.ends_at)
