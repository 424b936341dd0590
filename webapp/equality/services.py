"""Taking equality forms, counting them in groups, and what may be seen of the counts."""

from __future__ import annotations

import datetime as dt
import logging
import random
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frameworks.library import Library
from frameworks.questionnaire import Questionnaire
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import uk_day
from webapp.consultations.services import get_consultation
from webapp.equality import store
from webapp.equality.counting import LEFT_BLANK, Count, add_forms
from webapp.equality.errors import FormsClosed, NoQuestions
from webapp.equality.key_files import KeyFiles
from webapp.equality.pool import SETTLED_AFTER, TAKEN_FOR, Pool, draw
from webapp.equality.sealing import CannotOpen, seal, unseal
from webapp.equality.store import SealedForm
from webapp.jobs import enqueue, is_planned
from webapp.persistence import Session, new_id

logger = logging.getLogger(__name__)

MIX = "equality.mix"


@dataclass(frozen=True, slots=True)
class _Opened:
    """A form that waits, with what it says."""

    sealed: SealedForm
    answers: Mapping[str, str]


def get_questions(library: Library, consultation: Consultation) -> Questionnaire:
    """Return what is asked after a response: the questions of the day it opened.

    Raises NoQuestions.
    """
    found = library.equality_set(uk_day(consultation.details.period.opens_at))
    if found is None:
        raise NoQuestions("the library has no equality questions")
    return found


def takes_forms(consultation: Consultation, now: dt.datetime) -> bool:
    """Say whether forms are taken: until a day after closing."""
    return now < consultation.ends_at + TAKEN_FOR


def take_form(
    session: Session,
    *,
    consultation: Consultation,
    respondent_class: str,
    questions: Questionnaire,
    answers: Mapping[str, str],
    form_id: uuid.UUID,
    key_files: KeyFiles,
    now: dt.datetime,
) -> None:
    """Seal a form and let it wait for others; the same `form_id` again changes nothing.

    `answers` are choices by question; what is not there was left blank. Raises FormsClosed.
    """
    if not takes_forms(consultation, now):
        raise FormsClosed(f"“{consultation.title}” closed more than a day ago")
    pool = Pool(consultation.id, str(questions.reference), respondent_class)
    whole = {asked.key: answers.get(asked.key, LEFT_BLANK) for asked in questions.questions}
    key_id, key = _key_to_seal(session, key_files)
    sealed = seal(whole, key=key, about=str(pool))
    store.add_form(session, SealedForm(form_id, pool, key_id, sealed))


def plan_mixing(session: Session, now: dt.datetime) -> None:
    """Enqueue mixing where a form waits, for the hourly routine."""
    if store.has_forms(session) and not is_planned(session, MIX, {}):
        enqueue(session, MIX, {}, now)


def mix_forms(
    session: Session,
    key_files: KeyFiles,
    now: dt.datetime,
    chance: random.Random | None = None,
) -> None:
    """Count what waited for enough others, and seal what waits on under a new key.

    All of it is one transaction: a crash leaves everything as it was, and doing it again
    counts nothing twice. Old keys are of no use afterwards; `destroy_keys` destroys them.
    """
    chance = chance or random.SystemRandom()
    old_keys = store.lock_keys(session)
    forms = store.list_forms(session)
    if not forms:
        return
    opened, stuck = _open(forms, key_files)
    over = _over(session, {form.pool for form in forms}, now)
    taken: dict[Pool, tuple[_Opened, ...]] = {}
    kept: list[_Opened] = []
    for pool, waiting in _by_pool(opened).items():
        counted, waits = draw(waiting, is_over=pool.consultation_id in over, chance=chance)
        taken[pool] = counted
        kept += waits
    _count(session, taken, chance)
    store.delete_forms(session, (each.sealed for each in opened))
    stuck_for_good = [form for form in stuck if form.pool.consultation_id in over]
    store.delete_forms(session, stuck_for_good)
    _seal_again(session, kept, key_files, chance)
    still_used = {form.key_id for form in stuck} - {form.key_id for form in stuck_for_good}
    store.delete_keys(session, set(old_keys) - still_used)


def destroy_keys(session: Session, key_files: KeyFiles) -> None:
    """Destroy the file of every key that seals nothing any more.

    Nobody makes a key meanwhile, so that a file without a row belongs to nobody's transaction.
    """
    store.lock_making_of_keys(session)
    for key_id in key_files.list() - store.list_keys(session):
        key_files.destroy(key_id)


def drop_waiting_forms(session: Session) -> int:
    """Delete every form that waits, and the keys; return how many forms.

    After a restore nobody can open them: their keys are in no backup.
    """
    store.lock_making_of_keys(session)
    forms = store.list_forms(session)
    store.delete_forms(session, forms)
    store.delete_keys(session, store.list_keys(session))
    return len(forms)


def is_settled(session: Session, consultation: Consultation, now: dt.datetime) -> bool:
    """Say whether the counts of a consultation are final: nothing waits and nothing can come."""
    return _is_over(consultation, now) and not store.has_forms(session, consultation.id)


def list_counts(session: Session, consultation_id: uuid.UUID) -> tuple[Count, ...]:
    """Return the counts of a consultation, which nobody sees without disclosure control."""
    return store.list_counts(session, consultation_id)


def _key_to_seal(session: Session, key_files: KeyFiles) -> tuple[uuid.UUID, bytes]:
    if found := _first_key(store.share_keys(session), key_files):
        return found
    store.lock_making_of_keys(session)
    # Somebody may have made one while this waited.
    if found := _first_key(store.share_keys(session), key_files):
        return found
    return _new_key(session, key_files)


def _first_key(key_ids: Iterable[uuid.UUID], key_files: KeyFiles) -> tuple[uuid.UUID, bytes] | None:
    for key_id in key_ids:
        if key := key_files.find(key_id):
            return key_id, key
    return None


def _new_key(session: Session, key_files: KeyFiles) -> tuple[uuid.UUID, bytes]:
    key_id = key_files.make()
    store.add_key(session, key_id)
    key = key_files.find(key_id)
    if key is None:
        raise LookupError(f"the key {key_id} cannot be read from {key_files.folder}")
    return key_id, key


def _open(
    forms: Sequence[SealedForm], key_files: KeyFiles
) -> tuple[list[_Opened], list[SealedForm]]:
    keys = {key_id: key_files.find(key_id) for key_id in {form.key_id for form in forms}}
    opened, stuck = [], []
    for form in forms:
        key = keys[form.key_id]
        try:
            if key is None:
                raise CannotOpen("the key is gone")
            opened.append(_Opened(form, unseal(form.sealed, key=key, about=str(form.pool))))
        except CannotOpen:
            stuck.append(form)
    if stuck:
        logger.error(
            "%d equality forms cannot be opened: are the keys in %s those of the web server?",
            len(stuck),
            key_files.folder,
        )
    return opened, stuck


def _over(session: Session, pools: Iterable[Pool], now: dt.datetime) -> set[uuid.UUID]:
    ids = {pool.consultation_id for pool in pools}
    return {each for each in ids if _is_over(get_consultation(session, each), now)}


def _is_over(consultation: Consultation, now: dt.datetime) -> bool:
    return now >= consultation.ends_at + SETTLED_AFTER


def _by_pool(forms: Iterable[_Opened]) -> dict[Pool, list[_Opened]]:
    pools: defaultdict[Pool, list[_Opened]] = defaultdict(list)
    for form in forms:
        pools[form.sealed.pool].append(form)
    return pools


def _count(
    session: Session, taken: Mapping[Pool, Sequence[_Opened]], chance: random.Random
) -> None:
    for consultation_id in {pool.consultation_id for pool, forms in taken.items() if forms}:
        before = store.list_counts(session, consultation_id)
        of_it = {
            pool: [form.answers for form in forms]
            for pool, forms in taken.items()
            if pool.consultation_id == consultation_id
        }
        counts = list(add_forms(before, of_it))
        chance.shuffle(counts)
        store.replace_counts(session, consultation_id, counts)


def _seal_again(
    session: Session, kept: list[_Opened], key_files: KeyFiles, chance: random.Random
) -> None:
    key_id, key = _new_key(session, key_files)
    chance.shuffle(kept)
    store.add_forms(
        session,
        [
            SealedForm(new_id(), pool, key_id, seal(form.answers, key=key, about=str(pool)))
            for form in kept
            for pool in (form.sealed.pool,)
        ],
    )
