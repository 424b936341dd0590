"""Coming back to a response with a link or a code, on any device."""

from __future__ import annotations

from frameworks.questions import Given
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.forms.returning import ReturnForm
from webapp.consultations.opening import Phase
from webapp.consultations.returning import (
    NotACode,
    find_place,
    is_code,
    last_of,
    read_return_code,
    shown_code,
)
from webapp.consultations.views.room import (
    READ,
    WRITE,
    cookie_name,
    find_responding,
    published,
    room,
)
from webapp.web.fields import QuestionField
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import SHARED_DEVICE, Visit

LINK = "/consultations/<slug>/return/<code>"
NOT_KNOWN = (
    "We do not know this return code. Check each group of four. "
    "If you made a new code, the one before it no longer works. "
    "A joining code from a colleague is typed on the page of the consultation"
)


@room.get(LINK, permission=WRITE)
def return_link(visit: Visit, slug: str, code: str) -> Reply:
    """Show a button that leads on; to open a link changes nothing, as mail programs do that too."""
    return _follow(visit, published(visit, slug), code, visit.query.get("at", ""))


@room.post(LINK, permission=WRITE)
def take_up(visit: Visit, slug: str, code: str) -> Reply:
    """Let this browser into a response, and lead to where its holder left off."""
    return _follow(visit, published(visit, slug), code, visit.form.get("at", ""))


@room.get("/return", permission=READ)
def find_response(visit: Visit) -> Reply:
    """Ask for a return code, whichever consultation it belongs to."""
    return Page.of("consultations/return.html", form=ReturnForm())


@room.post("/return", permission=WRITE)
def open_response(visit: Visit) -> Reply:
    """Lead to the response behind a code that was typed."""
    form = ReturnForm.posted(visit.form)
    if not form.validate():
        return Page.of("consultations/return.html", status=422, form=form)
    way = services.find_way(visit.session, form.read)
    if way is None:
        form.code.errors = [NOT_KNOWN]
        return Page.of("consultations/return.html", status=422, form=form)
    consultation = services.get_consultation(visit.session, way.consultation_id)
    return _follow(visit, consultation, form.read, "")


def _follow(visit: Visit, consultation: Consultation, code: str, at: str) -> Reply:
    try:
        secret = read_return_code(code)
    except NotACode:
        secret = ""
    way = services.find_way(visit.session, secret)
    if way is None or way.consultation_id != consultation.id:
        return _no_way(consultation, "unknown", status=404)
    if way.was_sent or way.has_left:
        return _no_way(consultation, "sent" if way.was_sent else "left", status=410)
    present = find_responding(visit, consultation)
    other = present if present and not way.leads_to(present.draft) else None
    # Whoever holds another response here must have seen its code: it is nowhere else.
    agreed = visit.form.get("instead") == "yes" and (other is None or is_code(other.token))
    if visit.is_post and (other is None or agreed):
        return _arrive(visit, consultation, secret, at)
    page = Page.of(
        "consultations/return_link.html",
        status=409 if visit.is_post else 200,
        consultation=consultation,
        code=shown_code(secret),
        at=at,
        is_open=consultation.phase(visit.now) is Phase.OPEN,
        name=way.member_name,
        other=other,
        is_colleague=bool(other and other.draft.id == way.draft_id),
        other_code=shown_code(other.token) if other else "",
    )
    return page.at_secret_address()


def _arrive(visit: Visit, consultation: Consultation, secret: str, at: str) -> Reply:
    reply = _exact_place(visit, consultation, secret, at)
    if visit.form.get("shared") == "yes":
        reply = reply.remembering(SHARED_DEVICE, True)
    return reply.remembering(cookie_name(consultation.slug), secret)


def _exact_place(visit: Visit, consultation: Consultation, secret: str, at: str) -> SeeOther:
    slug = consultation.slug
    draft = services.find_draft(visit.session, consultation_id=consultation.id, token=secret)
    if draft is None or consultation.phase(visit.now) is not Phase.OPEN:
        return SeeOther.to("consultations.check", slug=slug)
    asking = services.get_asking(visit.library, consultation)
    newest = last_of(asking, services.list_newest_answers(visit.session, draft))
    place = find_place(asking, draft, at, draft.place, newest)
    if place is None:
        return SeeOther.to("consultations.task_list", slug=slug)
    anchor = QuestionField(place.question, Given()).id if place.question else None
    return SeeOther.to("consultations.item", slug=slug, item_key=place.item.key, _anchor=anchor)


def _no_way(consultation: Consultation, reason: str, *, status: int) -> Page:
    return Page.of(
        "consultations/return_no_way.html", status=status, consultation=consultation, reason=reason
    )
