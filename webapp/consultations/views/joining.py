"""Joining colleagues with the code that their lead passed on."""

from __future__ import annotations

import re

from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import (
    ConsultationNotOpen,
    NameTaken,
    NotInvited,
    TooManyMembers,
)
from webapp.consultations.forms.together import InsteadForm, JoiningForm, MemberForm
from webapp.consultations.opening import Phase
from webapp.consultations.returning import shown_code
from webapp.consultations.together import Invitation
from webapp.consultations.views.room import (
    WRITE,
    Responding,
    cookie_name,
    find_responding,
    not_saved,
    published,
    room,
)
from webapp.security.tokens import read_code, show_code
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import SHARED_DEVICE, Visit

JOIN = "/consultations/<slug>/join"
_LINK = re.compile(r"/join/([^/?#\s]+)")
NOT_KNOWN = (
    "This joining code opens nothing here. Check each group of four, "
    "or ask your colleague for the code that works now"
)
A_RETURN_CODE = (
    "This is a return code, which leads one person back to their response. "
    "Ask your colleague for the joining code"
)


@room.get(JOIN, permission=WRITE)
def join(visit: Visit, slug: str) -> Reply:
    """Ask for a joining code."""
    return _code_page(published(visit, slug), JoiningForm())


@room.post(JOIN, permission=WRITE)
def open_invitation(visit: Visit, slug: str) -> Reply:
    """Lead to the response behind a joining code that was typed."""
    consultation, form = published(visit, slug), JoiningForm.posted(visit.form)
    if not form.validate():
        return _code_page(consultation, form, status=422)
    typed = form.code.data or ""
    pasted = _LINK.search(typed)
    code = read_code(pasted[1] if pasted else typed)
    visit.pace.take(f"join {code}")
    if services.find_invitation(visit.session, consultation_id=consultation.id, code=code) is None:
        is_way_back = services.find_way(visit.session, code) is not None
        form.code.errors = [A_RETURN_CODE if is_way_back else NOT_KNOWN]
        return _code_page(consultation, form, status=422)
    return SeeOther.to("consultations.invitation", slug=slug, code=show_code(code))


@room.get(f"{JOIN}/<code>", permission=WRITE)
def invitation(visit: Visit, slug: str, code: str) -> Reply:
    """Say whose response it is, and ask for a name."""
    consultation = published(visit, slug)
    visit.pace.take(f"join {read_code(code)}")
    found = services.find_invitation(visit.session, consultation_id=consultation.id, code=code)
    if found is None:
        return _unknown_page(consultation)
    present = find_responding(visit, consultation)
    if present and present.draft.id == found.draft_id:
        return SeeOther.to("consultations.task_list", slug=slug)
    form = InsteadForm() if present else MemberForm()
    return _invitation_page(visit, consultation, code, found, form, present)


@room.post(f"{JOIN}/<code>", permission=WRITE)
def accept_invitation(visit: Visit, slug: str, code: str) -> Reply:
    """Join: this browser gets a way of its own into the response."""
    consultation = published(visit, slug)
    visit.pace.take(f"join {read_code(code)}")
    found = services.find_invitation(visit.session, consultation_id=consultation.id, code=code)
    if found is None:
        return _unknown_page(consultation)
    present = find_responding(visit, consultation)
    if present and present.draft.id == found.draft_id:
        # A second click, or the lead themselves: nobody is there twice by mistake.
        return SeeOther.to("consultations.task_list", slug=slug)
    form = (InsteadForm if present else MemberForm).posted(visit.form)
    if not form.validate():
        return _invitation_page(visit, consultation, code, found, form, present, status=422)
    try:
        token = services.join_response(
            visit.session,
            consultation_id=consultation.id,
            code=code,
            name=form.name.data or "",
            now=visit.now,
        )
    except (NameTaken, TooManyMembers) as error:
        form.name.errors = [_said(error)]
        return _invitation_page(visit, consultation, code, found, form, present, status=422)
    except NotInvited:
        return _unknown_page(consultation)
    except ConsultationNotOpen:
        return not_saved(visit, consultation, sent=False)
    reply = SeeOther.to("consultations.task_list", slug=slug, joined="yes")
    if visit.form.get("shared") == "yes":
        reply = reply.remembering(SHARED_DEVICE, True)
    return reply.remembering(cookie_name(slug), token)


def _said(error: NameTaken | TooManyMembers) -> str:
    if isinstance(error, NameTaken):
        return f"{error}: add something that tells you apart, such as your surname or your role"
    return f"{error}, which is the most. Ask the lead to take off somebody who has finished"


def _code_page(consultation: Consultation, form: JoiningForm, status: int = 200) -> Page:
    return Page.of("consultations/join.html", status=status, consultation=consultation, form=form)


def _unknown_page(consultation: Consultation) -> Page:
    return Page.of("consultations/join_unknown.html", status=404, consultation=consultation)


def _invitation_page(
    visit: Visit,
    consultation: Consultation,
    code: str,
    found: Invitation,
    form: MemberForm,
    present: Responding | None,
    status: int = 200,
) -> Page:
    page = Page.of(
        "consultations/join_invitation.html",
        status=status,
        consultation=consultation,
        is_open=consultation.phase(visit.now) is Phase.OPEN,
        organisation_name=found.organisation_name,
        code=show_code(read_code(code)),
        form=form,
        other=present is not None,
        other_code=shown_code(present.token) if present else "",
    )
    return page.at_secret_address()
