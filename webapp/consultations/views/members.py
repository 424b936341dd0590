"""Taking a colleague off, handing over the lead, and leaving: each asked first, then done."""

from __future__ import annotations

import uuid

from webapp.consultations import services
from webapp.consultations.errors import NotAMember
from webapp.consultations.response import Member
from webapp.consultations.together import may_leave
from webapp.consultations.views.room import (
    WRITE,
    Responding,
    cookie_name,
    for_the_lead,
    room,
    with_draft,
)
from webapp.consultations.views.together import TOGETHER
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

OF_MEMBER = f"{TOGETHER}/members/<uuid:member_id>"


@room.get(f"{OF_MEMBER}/remove", permission=WRITE)
@with_draft
@for_the_lead
def ask_removal(visit: Visit, responding: Responding, member_id: uuid.UUID) -> Reply:
    """Ask whether to take a colleague off."""
    return _confirm(responding, "remove", _colleague(visit, responding, member_id))


@room.post(f"{OF_MEMBER}/remove", permission=WRITE)
@with_draft
@for_the_lead
def remove_member(visit: Visit, responding: Responding, member_id: uuid.UUID) -> Reply:
    """Take a colleague off."""
    try:
        services.remove_member(
            visit.session,
            consultation_id=responding.consultation.id,
            token=responding.token,
            member_id=member_id,
            now=visit.now,
        )
    except NotAMember:
        raise _gone() from None
    return SeeOther.to("consultations.together", slug=responding.consultation.slug, done="removed")


@room.get(f"{OF_MEMBER}/lead", permission=WRITE)
@with_draft
@for_the_lead
def ask_hand_over(visit: Visit, responding: Responding, member_id: uuid.UUID) -> Reply:
    """Ask whether to hand over the lead."""
    return _confirm(responding, "lead", _colleague(visit, responding, member_id))


@room.post(f"{OF_MEMBER}/lead", permission=WRITE)
@with_draft
@for_the_lead
def hand_over(visit: Visit, responding: Responding, member_id: uuid.UUID) -> Reply:
    """Hand over the lead."""
    try:
        services.hand_over(
            visit.session,
            consultation_id=responding.consultation.id,
            token=responding.token,
            member_id=member_id,
            now=visit.now,
        )
    except NotAMember:
        raise _gone() from None
    slug = responding.consultation.slug
    return SeeOther.to("consultations.together", slug=slug, done="handed-over")


@room.get(f"{TOGETHER}/leave", permission=WRITE)
@with_draft
def ask_leave(visit: Visit, responding: Responding) -> Reply:
    """Ask whether to leave."""
    member = responding.draft.member
    if member is None:
        raise NotFound
    return _confirm(responding, "leave" if may_leave(member) else "lead-stays", member)


@room.post(f"{TOGETHER}/leave", permission=WRITE)
@with_draft
def leave(visit: Visit, responding: Responding) -> Reply:
    """Leave; this browser then has no response any more."""
    slug = responding.consultation.slug
    try:
        services.leave_response(
            visit.session,
            consultation_id=responding.consultation.id,
            token=responding.token,
            now=visit.now,
        )
    except NotAMember:
        return SeeOther.to("consultations.ask_leave", slug=slug)
    return SeeOther.to("consultations.about", slug=slug).forgetting(cookie_name(slug))


def _colleague(visit: Visit, responding: Responding, member_id: uuid.UUID) -> Member:
    for each in services.members_of(visit.session, responding.draft.id):
        if each.id == member_id and not each.is_lead:
            return each
    raise NotFound


def _confirm(responding: Responding, act: str, member: Member) -> Reply:
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    return Page.of(
        "consultations/together_confirm.html",
        consultation=responding.consultation,
        act=act,
        member=member,
    )


def _gone() -> Conflict:
    return Conflict(
        "This colleague has left meanwhile, or leads already. Go back and look who is there now."
    )
