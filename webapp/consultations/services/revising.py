"""Putting a consultation right while it is open: all of it at once, with a public notice."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from frameworks.digest import questionnaire_digest
from frameworks.library import Library
from frameworks.questionnaire import Questionnaire
from frameworks.questionnaire_revision import (
    QuestionChange,
    changed_questions,
    problems_with_revision,
)
from frameworks.versions import SemVer
from webapp.consultations.asking import Asking
from webapp.consultations.attaching import StoredFile
from webapp.consultations.consultation import (
    Actor,
    Consultation,
    EventKind,
    PinnedQuestionnaire,
)
from webapp.consultations.editions import AttachedDocument, DocumentKind, make_edition
from webapp.consultations.errors import (
    CannotRevise,
    ChangedMeanwhile,
    NoDocument,
    NothingChanges,
    WrongState,
)
from webapp.consultations.opening import Phase
from webapp.consultations.response import SavedAnswer
from webapp.consultations.revising import (
    Revision,
    RewordedAnswer,
    reworded_answers,
)
from webapp.consultations.services.documents import keep_document
from webapp.consultations.services.material import get_asking, get_questionnaire
from webapp.consultations.store import consultations as consultation_store
from webapp.consultations.store import documents, editions
from webapp.consultations.store import revising as store
from webapp.files import release_file
from webapp.persistence import Session


@dataclass(frozen=True, slots=True)
class LaterVersion:
    """A later version of the questionnaire that is asked, and what keeps it from being asked."""

    questionnaire: Questionnaire
    changes: tuple[QuestionChange, ...]
    problems: tuple[str, ...]


def later_versions(library: Library, consultation: Consultation) -> tuple[LaterVersion, ...]:
    """Return the later versions of the questionnaire of a consultation, the nearest in front."""
    now = get_questionnaire(library, consultation.details)
    return tuple(
        LaterVersion(each, changed_questions(now, each), problems_with_revision(now, each))
        for each in library.questionnaires()
        if each.slug == now.slug and SemVer.parse(now.version) < SemVer.parse(each.version)
    )


def plan_revision(library: Library, before: Consultation, change: Revision) -> Consultation:
    """Return a consultation as it is shown after a change, which is not made yet.

    Raises QuestionnaireMissing, CannotRevise with everything that is wrong, or NothingChanges.
    """
    details = replace(
        before.details,
        questionnaire_version=change.questionnaire_version,
        privacy_notice=change.privacy_notice,
    )
    after = replace(before, details=details, edition=before.edition + 1)
    if change.questionnaire_version != before.details.questionnaire_version:
        asked, shall_be = (get_questionnaire(library, each.details) for each in (before, after))
        problems = problems_with_revision(asked, shall_be)
        if problems:
            raise CannotRevise(problems)
        was = PinnedQuestionnaire(asked.version, before.questionnaire_digest)
        after = replace(
            after,
            questionnaire_digest=questionnaire_digest(shall_be),
            replaced=(*before.replaced, was),
        )
    elif details == before.details and not change.added and not change.taken_away:
        raise NothingChanges("Everything would be shown as it is")
    if before.details.privacy_notice and not details.privacy_notice:
        raise CannotRevise(["The privacy notice can be put right, and not taken away."])
    # What was pinned is still in the library, and the two can be told apart.
    get_asking(library, after)
    return after


def revise_consultation(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    revision: int,
    change: Revision,
    library: Library,
    by: Actor,
    now: dt.datetime,
) -> Consultation:
    """Show the next edition of a consultation from now on, from the revision that a page showed.

    Responses that were sent and answers that were saved stay, each with the version that it
    answered. Raises WrongState unless it is open or coming, ChangedMeanwhile, or what
    `plan_revision` raises.
    """
    before = consultation_store.lock_consultation(session, consultation_id)
    require_running(before, now)
    if before.revision != revision:
        raise ChangedMeanwhile("Somebody else changed this consultation")
    after = plan_revision(library, before, change)
    if not store.mark_revised(session, before, after, now):
        raise ChangedMeanwhile("Somebody else changed this consultation")
    _change_documents(session, before, after, change)
    editions.add_edition(
        session,
        consultation_id,
        make_edition(
            after.details,
            documents.list_shown(session, consultation_id),
            number=after.edition,
            shown_from=max(now, after.details.period.opens_at),
            notice=change.notice,
            framework_digest=after.framework_digest,
            questionnaire_digest=after.questionnaire_digest,
        ),
    )
    consultation_store.add_event(
        session, consultation_id, EventKind.REVISED, by, now, change.notice
    )
    return consultation_store.get_consultation(session, consultation_id)


def require_running(consultation: Consultation, now: dt.datetime) -> None:
    """Raise WrongState unless a consultation is open, or is going to be."""
    if consultation.phase(now) not in (Phase.OPEN, Phase.COMING):
        raise WrongState("Only a consultation that is open, or opens later, can be put right")


def attach_for_next_edition(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    kind: DocumentKind,
    title: str,
    file: StoredFile,
    now: dt.datetime,
) -> AttachedDocument:
    """Attach a file that is in the store, to be shown from the next edition on.

    Nobody outside sees it before. Raises WrongState or TooManyDocuments.
    """
    require_running(consultation_store.lock_consultation(session, consultation_id), now)
    waiting = documents.list_waiting(session, consultation_id)
    others = len(waiting) + len(documents.list_shown(session, consultation_id))
    return keep_document(session, consultation_id, kind, title, file, now, others=others)


def remove_waiting(session: Session, *, consultation_id: uuid.UUID, document_id: uuid.UUID) -> None:
    """Take away a document that waits for the next edition; raises NoDocument."""
    consultation_store.lock_consultation(session, consultation_id)
    if not documents.delete_unshown(session, consultation_id, document_id):
        raise NoDocument("This document was removed or shown meanwhile")
    release_file(session, document_id)


def list_waiting_documents(
    session: Session, consultation_id: uuid.UUID
) -> tuple[AttachedDocument, ...]:
    """Return the documents that wait for the next edition."""
    return documents.list_waiting(session, consultation_id)


def answers_reworded_since(
    session: Session, consultation: Consultation, asking: Asking, saved: Iterable[SavedAnswer]
) -> tuple[RewordedAnswer, ...]:
    """Return the answers of a draft whose questions were worded otherwise when they were given."""
    if not asking.own.earlier:
        # Nearly every page of a response is one of these: it costs nothing.
        return ()
    found = editions.list_editions(session, consultation.id)
    return reworded_answers(asking, saved, found)


def _change_documents(
    session: Session, before: Consultation, after: Consultation, change: Revision
) -> None:
    had_assessment = _shows_assessment(session, before.id)
    for each in change.taken_away:
        if not documents.end_document(session, before.id, each, before.edition):
            raise ChangedMeanwhile("A document that was to be taken away is not shown any more")
    shown = store.show_documents(session, before.id, change.added, after.edition)
    if shown != len(set(change.added)):
        raise ChangedMeanwhile("A document that was to be shown is not there any more")
    if had_assessment and not _shows_assessment(session, before.id):
        raise CannotRevise(["An impact assessment can be replaced, and not taken away."])


def _shows_assessment(session: Session, consultation_id: uuid.UUID) -> bool:
    shown = documents.list_shown(session, consultation_id)
    return any(each.kind is DocumentKind.IMPACT_ASSESSMENT for each in shown)
