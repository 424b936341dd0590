"""Transcribing an item, and the check by a second person that makes it a response."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from frameworks.library import Library
from frameworks.questions import AnswerKey, Given
from webapp.consultations.about_parts import AboutClash, Part, merged
from webapp.consultations.asking import Asking
from webapp.consultations.asking import Item as AskedItem
from webapp.consultations.consultation import Actor
from webapp.consultations.errors import RespondentMissing
from webapp.consultations.respondents import Respondent, label_of, steps_missing
from webapp.consultations.response import (
    BLANK,
    Attempt,
    Clash,
    RecordedReceipt,
    SavedAnswer,
    attempt_to_save,
    kept,
)
from webapp.consultations.services import record_response
from webapp.intake.items import (
    EventKind,
    Item,
    ItemMoved,
    ItemState,
    NothingTyped,
    OwnWork,
    Transcription,
    Typed,
)
from webapp.intake.services.items import require
from webapp.intake.store import items as store
from webapp.intake.store import transcriptions
from webapp.persistence import Session


def get_transcription(session: Session, item_id: uuid.UUID) -> Transcription:
    """Return what was transcribed of an item so far."""
    return transcriptions.get_transcription(session, item_id)


def save_respondent(
    session: Session,
    *,
    item_id: uuid.UUID,
    asking: Asking,
    sent: Respondent,
    parts: Sequence[Part],
    shown: Mapping[str, str],
    by: Actor,
    now: dt.datetime,
) -> tuple[Respondent, Sequence[AboutClash]]:
    """Save what a page says in some parts about who responds, as `save_about` does for a draft.

    Returns who responds now, and what a colleague changed meanwhile. Raises UnknownItem, ItemMoved.
    """
    present = _lock_typing(session, item_id)
    known = tuple(key for key in asking.position_titles if key in sent.positions)
    respondent, clashes = merged(present.respondent, replace(sent, positions=known), parts, shown)
    if respondent != present.respondent:
        transcriptions.set_respondent(session, item_id, respondent, present.chosen)
        store.add_typist(session, item_id, by, now)
    return respondent, clashes


def save_choices(
    session: Session,
    *,
    item_id: uuid.UUID,
    asking: Asking,
    shown: Collection[str],
    wanted: Collection[str],
    by: Actor,
    now: dt.datetime,
) -> None:
    """Add and take off the competencies that a page added to and took off what it showed.

    Raises UnknownItem or ItemMoved.
    """
    present = _lock_typing(session, item_id)
    added, taken_off = set(wanted) - set(shown), set(shown) - set(wanted)
    chosen = (set(present.chosen) | added) - taken_off
    keys = tuple(key for key in asking.competency_keys if key in chosen)
    if keys != present.chosen:
        transcriptions.set_respondent(session, item_id, present.respondent, keys)
        store.add_typist(session, item_id, by, now)


def save_answers(
    session: Session,
    *,
    item_id: uuid.UUID,
    asking: Asking,
    asked: AskedItem,
    attempts: Sequence[Attempt],
    by: Actor,
    now: dt.datetime,
) -> tuple[Clash, ...]:
    """Save what a page says about one item, and return what a colleague changed meanwhile.

    Answers that clash stay as they are stored; the others are written. Raises UnknownItem,
    ItemMoved, or KeyError for a question that is not asked.
    """
    present = _lock_typing(session, item_id)
    writes, clashes = [], []
    for attempt in attempts:
        question = asked.by_key[attempt.key]
        given = kept(question, attempt.given)
        if asking.is_present_text(question, given.text):
            given = BLANK
        before = present.by_key.get(attempt.key)
        saved = SavedAnswer(before.key, before.given, before.revision) if before else None
        result = attempt_to_save(saved, replace(attempt, given=given))
        if isinstance(result, Clash):
            clashes.append(result)
        elif result is not None:
            writes.append(Typed(attempt.key, result, (before.revision if before else 0) + 1))
    if writes:
        transcriptions.set_answers(session, item_id, writes)
        store.add_typist(session, item_id, by, now)
    return tuple(clashes)


def answers_of(asking: Asking, transcription: Transcription) -> dict[AnswerKey, Given]:
    """Return the answers that would become part of the response, in the order of the list."""
    positions = transcription.respondent.positions
    return {
        question.key: transcription.answers[question.key]
        for item in asking.items_for(transcription.chosen, positions)
        for question in asking.questions_of(item, positions)
        if question.key in transcription.answers
    }


def finish(
    session: Session, *, item_id: uuid.UUID, asking: Asking, by: Actor, now: dt.datetime
) -> None:
    """Hand over what was transcribed to be checked by somebody else.

    Raises UnknownItem, ItemMoved, RespondentMissing or NothingTyped.
    """
    item = store.lock_item(session, item_id)
    require(item, ItemState.TRANSCRIBING)
    transcription = transcriptions.get_transcription(session, item_id)
    missing = steps_missing(transcription.respondent)
    if missing:
        raise RespondentMissing(missing)
    answers = answers_of(asking, transcription)
    if not answers:
        raise NothingTyped("Nothing was transcribed yet that answers a question")
    store.add_typist(session, item_id, by, now)
    store.change_item(
        session, item, (ItemState.TRANSCRIBING,), ItemState.CHECKING, round=item.round + 1
    )
    store.add_event(session, item_id, EventKind.FINISHED, by, now, detail=str(len(answers)))


def approve(
    session: Session,
    *,
    item_id: uuid.UUID,
    round_seen: int,
    asking: Asking,
    library: Library,
    by: Actor,
    now: dt.datetime,
) -> RecordedReceipt:
    """Make a response of what somebody else transcribed; its words are then in that alone.

    `round_seen` is the round of the page that was compared. Raises UnknownItem, ItemMoved or
    OwnWork.
    """
    item = _lock_checked(session, item_id, round_seen, by)
    transcription = transcriptions.get_transcription(session, item_id)
    finished = next(
        each
        for each in reversed(store.list_events(session, item_id))
        if each.kind is EventKind.FINISHED
    )
    receipt = record_response(
        session,
        consultation_id=item.consultation_id,
        respondent=transcription.respondent,
        answers=answers_of(asking, transcription),
        channel=item.channel,
        received_at=item.received_at,
        key=f"item {item.id.hex}",
        library=library,
        taken_in_by=Actor(finished.account_id, finished.by),
        checked_by=by,
        now=now,
        late_reason=_late_reason(item),
    )
    store.change_item(
        session,
        item,
        (ItemState.CHECKING,),
        ItemState.TAKEN,
        submission_id=receipt.submission_id,
        reference=receipt.reference,
    )
    transcriptions.erase_transcriptions(session, (item_id,))
    store.add_event(session, item_id, EventKind.APPROVED, by, now, detail=receipt.reference)
    return receipt


def send_back(
    session: Session,
    *,
    item_id: uuid.UUID,
    round_seen: int,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Ask for a transcription to be corrected; raises UnknownItem, ItemMoved or OwnWork."""
    item = _lock_checked(session, item_id, round_seen, by)
    store.change_item(session, item, (ItemState.CHECKING,), ItemState.TRANSCRIBING)
    store.add_event(session, item_id, EventKind.SENT_BACK, by, now, reason=reason)


def _late_reason(item: Item) -> str:
    how = label_of(item.channel)
    return f"It came {how[:1].lower()}{how[1:]} after the consultation had closed."


def _lock_typing(session: Session, item_id: uuid.UUID) -> Transcription:
    item = store.lock_item(session, item_id)
    require(item, ItemState.TRANSCRIBING)
    return transcriptions.get_transcription(session, item_id)


def _lock_checked(session: Session, item_id: uuid.UUID, round_seen: int, by: Actor) -> Item:
    item = store.lock_item(session, item_id)
    require(item, ItemState.CHECKING)
    if item.was_typed_by(by.account_id):
        raise OwnWork("You transcribed some of this, so somebody else has to check it.")
    if item.round != round_seen:
        raise ItemMoved("This was transcribed again after you opened the page. Compare it again.")
    return item
