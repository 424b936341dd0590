"""How colleagues come to write one response together, and what the lead among them decides."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from webapp.consultations.errors import (
    NameTaken,
    NotAMember,
    NotAnOrganisation,
    NotInvited,
    NotTheLead,
    TooManyMembers,
)
from webapp.consultations.response import Draft, Member
from webapp.consultations.services.drafts import lock_draft, require_lead, require_open
from webapp.consultations.store import members as store
from webapp.consultations.store import passes
from webapp.consultations.together import (
    JOINING_LENGTH,
    MOST_MEMBERS,
    Invitation,
    Joining,
    Wish,
    can_be_shared,
    may_leave,
    may_remove,
    same_name,
    settle,
)
from webapp.persistence import Session
from webapp.security import tokens


def members_of(session: Session, draft_id: uuid.UUID) -> tuple[Member, ...]:
    """Return who writes a response together now, the lead first; nobody where one writes alone."""
    return store.list_members(session, draft_id)


def names_of(session: Session, draft_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the names of everybody who ever wrote it, for what those who left wrote too."""
    return store.list_names(session, draft_id)


def lead_of(session: Session, draft_id: uuid.UUID) -> Member | None:
    """Return the lead of a response that is written together, or None."""
    return next((each for each in members_of(session, draft_id) if each.is_lead), None)


def assignments_of(session: Session, draft_id: uuid.UUID) -> dict[str, Member]:
    """Return who looks after each item that somebody looks after."""
    return store.list_assignments(session, draft_id)


def start_together(
    session: Session, *, consultation_id: uuid.UUID, token: str, name: str, now: dt.datetime
) -> None:
    """Make whoever writes alone for an organisation the lead, and let colleagues join.

    Where that was done before nothing changes. Raises ConsultationNotOpen, NoDraft or
    NotAnOrganisation.
    """
    draft = lock_draft(session, consultation_id, token, now)
    if draft.member is not None:
        return
    if not can_be_shared(draft.respondent):
        raise NotAnOrganisation("Only a response for a named organisation is written together")
    lead = store.add_member(session, draft.id, name, now, is_lead=True)
    store.give_passes(session, draft.id, lead.id)
    _open_joining(session, draft, token)


def make_joining_code(
    session: Session, *, consultation_id: uuid.UUID, token: str, now: dt.datetime
) -> None:
    """Let colleagues join with a new code, and no longer with any before.

    Raises ConsultationNotOpen, NoDraft or NotTheLead.
    """
    _open_joining(session, _led_draft(session, consultation_id, token, now), token)


def stop_joining(
    session: Session, *, consultation_id: uuid.UUID, token: str, now: dt.datetime
) -> None:
    """Let nobody join any more; raises ConsultationNotOpen, NoDraft or NotTheLead."""
    _close_joining(session, _led_draft(session, consultation_id, token, now).id)


def find_joining(session: Session, draft: Draft, token: str) -> Joining:
    """Return whether colleagues can join, with the code where it was made with this pass."""
    joining_hash, number = store.get_joining(session, draft.id)
    if not joining_hash:
        return Joining(is_open=False)
    code = _joining_code(token, number)
    is_own = tokens.same_secret(_joining_hash(code), joining_hash)
    return Joining(is_open=True, code=tokens.show_code(code) if is_own else "")


def find_invitation(
    session: Session, *, consultation_id: uuid.UUID, code: str
) -> Invitation | None:
    """Return whose response a joining code, as somebody typed it, leads to, or None."""
    found = store.find_joinable(session, consultation_id, _joining_hash(tokens.read_code(code)))
    return Invitation(*found) if found else None


def join_response(
    session: Session, *, consultation_id: uuid.UUID, code: str, name: str, now: dt.datetime
) -> str:
    """Add a colleague and return the secret of a pass of their own.

    Raises ConsultationNotOpen, NotInvited, NameTaken or TooManyMembers.
    """
    require_open(session, consultation_id, now)
    joining_hash = _joining_hash(tokens.read_code(code))
    found = store.find_joinable(session, consultation_id, joining_hash, lock=True)
    if found is None:
        raise NotInvited("This joining code opens nothing, or not any more")
    draft_id, _ = found
    present = store.list_members(session, draft_id)
    if any(same_name(name, each.name) for each in present):
        raise NameTaken(f"Somebody who works on this response is called “{name}” already")
    if len(present) >= MOST_MEMBERS:
        raise TooManyMembers(f"{MOST_MEMBERS} people work on this response already")
    member = store.add_member(session, draft_id, name, now)
    token = tokens.new_pass()
    passes.add_pass(session, draft_id, tokens.hash_token(token), now, member_id=member.id)
    return token


def assign_items(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    wishes: Iterable[Wish],
    now: dt.datetime,
) -> tuple[str, ...]:
    """Let colleagues look after items, and return those that were changed elsewhere meanwhile.

    Where there are some, nothing changes. Raises NotAMember where somebody left meanwhile, and
    ConsultationNotOpen, NoDraft or NotTheLead.
    """
    draft = _led_draft(session, consultation_id, token, now)
    present = {key: member.id for key, member in store.list_assignments(session, draft.id).items()}
    settled = settle(present, wishes)
    if settled.clashes:
        return settled.clashes
    known = {each.id for each in store.list_members(session, draft.id)}
    if not known.issuperset(each for each in settled.changes.values() if each is not None):
        raise NotAMember("Somebody who should look after an item has left")
    store.change_assignments(session, draft.id, settled.changes, now)
    return ()


def remove_member(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    member_id: uuid.UUID,
    now: dt.datetime,
) -> None:
    """Take a colleague off; what they wrote stays, and the joining code they know stops.

    Raises NotAMember where there is no such colleague of whoever leads, and ConsultationNotOpen,
    NoDraft or NotTheLead.
    """
    draft = _led_draft(session, consultation_id, token, now)
    member = _member(session, draft, member_id)
    if draft.member is None or not may_remove(draft.member, member):
        raise NotAMember("The lead cannot be taken off")
    store.mark_left(session, member.id, now)
    _close_joining(session, draft.id)


def hand_over(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    member_id: uuid.UUID,
    now: dt.datetime,
) -> None:
    """Make another colleague the lead, who then decides; the joining code of before stops.

    Raises NotAMember, ConsultationNotOpen, NoDraft or NotTheLead.
    """
    draft = _led_draft(session, consultation_id, token, now)
    member = _member(session, draft, member_id)
    if draft.member is None or member.is_lead:
        raise NotAMember("Whoever leads already cannot take over")
    if not store.swap_lead(session, draft.member.id, member.id):
        raise NotTheLead("Another of the colleagues leads this response")
    _close_joining(session, draft.id)


def leave_response(
    session: Session, *, consultation_id: uuid.UUID, token: str, now: dt.datetime
) -> None:
    """Take oneself off; what one wrote stays.

    Raises NotAMember for who leads or writes alone, and ConsultationNotOpen or NoDraft.
    """
    draft = lock_draft(session, consultation_id, token, now)
    if draft.member is None or not may_leave(draft.member):
        raise NotAMember("Whoever leads hands over first")
    store.mark_left(session, draft.member.id, now)


def holder_for(
    session: Session, draft_id: uuid.UUID, member_id: uuid.UUID | None
) -> tuple[bool, uuid.UUID | None]:
    """Say whether a pass can be made later for who asked for it, and for which colleague.

    Who asked while writing alone may lead colleagues by now, or have left: False for the latter.
    """
    started = store.find_starter(session, draft_id)
    wanted = member_id or started
    if wanted is None:
        return True, None
    present = {each.id for each in store.list_members(session, draft_id)}
    return wanted in present, wanted


def _led_draft(session: Session, consultation_id: uuid.UUID, token: str, now: dt.datetime) -> Draft:
    draft = lock_draft(session, consultation_id, token, now)
    require_lead(draft)
    return draft


def _member(session: Session, draft: Draft, member_id: uuid.UUID) -> Member:
    present: Sequence[Member] = store.list_members(session, draft.id)
    found = next((each for each in present if each.id == member_id), None)
    if found is None:
        raise NotAMember("There is no such colleague, or they have left")
    return found


def _open_joining(session: Session, draft: Draft, token: str) -> None:
    _, number = store.get_joining(session, draft.id)
    code = _joining_code(token, number + 1)
    store.change_joining(session, draft.id, _joining_hash(code), number + 1)


def _close_joining(session: Session, draft_id: uuid.UUID) -> None:
    _, number = store.get_joining(session, draft_id)
    store.change_joining(session, draft_id, "", number)


def _joining_code(token: str, number: int) -> str:
    # It follows one way from the secret of the lead, who alone can therefore see it again.
    return tokens.derive_code(token, "join", str(number), length=JOINING_LENGTH)


def _joining_hash(code: str) -> str:
    return tokens.hash_token(code)
