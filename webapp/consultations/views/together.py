"""Working on a response with colleagues: the joining code, who is in it, who looks after what."""

from __future__ import annotations

from webapp.consultations import services
from webapp.consultations.errors import NotAMember, NotAnOrganisation
from webapp.consultations.forms.together import MemberForm
from webapp.consultations.pages import respondent as respondent_pages
from webapp.consultations.pages import together as pages
from webapp.consultations.progress import Step
from webapp.consultations.respondents import RespondsAs
from webapp.consultations.together import Wish, can_be_shared, shares
from webapp.consultations.views.room import (
    OF_RESPONSE,
    WRITE,
    Responding,
    for_the_lead,
    room,
    with_draft,
)
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

TOGETHER = f"{OF_RESPONSE}/together"
DONE = {
    "started": "Your colleagues can join now",
    "code": "There is a new joining code",
    "stopped": "Nobody can join any more",
    "assigned": "Saved who looks after what",
    "removed": "Your colleague was taken off",
    "handed-over": "Your colleague leads now",
}


def beside(visit: Visit, responding: Responding, item_key: str) -> pages.Beside | None:
    """Return what stands beside an item for somebody among colleagues, None for who is alone."""
    draft = responding.draft
    if draft.member is None:
        return None
    return pages.Beside(
        item_key,
        draft.member,
        services.assignments_of(visit.session, draft.id).get(item_key),
        services.notes_about(visit.session, draft.id, item_key),
    )


def teamwork(visit: Visit, responding: Responding) -> pages.Teamwork | None:
    """Return what the task list says of colleagues, None for who writes alone."""
    draft = responding.draft
    if draft.member is None:
        return None
    members = services.members_of(visit.session, draft.id)
    return pages.Teamwork(
        me=draft.member,
        lead=next((each for each in members if each.is_lead), draft.member),
        members=members,
        looked_after=services.assignments_of(visit.session, draft.id),
        notes=services.count_notes(visit.session, draft.id),
    )


@room.get(TOGETHER, permission=WRITE)
@with_draft
def together(visit: Visit, responding: Responding) -> Reply:
    """Show who works on the response and what each looks after, or offer to begin."""
    slug = responding.consultation.slug
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=slug)
    if responding.draft.member is None:
        if responding.draft.respondent.responds_as is not RespondsAs.ORGANISATION:
            return SeeOther.to("consultations.task_list", slug=slug)
        return _start_page(responding, MemberForm())
    return _together_page(visit, responding)


@room.post(TOGETHER, permission=WRITE)
@with_draft
def start_together(visit: Visit, responding: Responding) -> Reply:
    """Let colleagues join, with whoever asks as their lead."""
    form = MemberForm.posted(visit.form)
    if not form.validate():
        return _start_page(responding, form, status=422)
    slug = responding.consultation.slug
    try:
        services.start_together(
            visit.session,
            consultation_id=responding.consultation.id,
            token=responding.token,
            name=form.name.data or "",
            now=visit.now,
        )
    except NotAnOrganisation:
        return SeeOther.to("consultations.together", slug=slug)
    return SeeOther.to("consultations.together", slug=slug, done="started")


@room.post(f"{TOGETHER}/code", permission=WRITE)
@with_draft
@for_the_lead
def new_joining_code(visit: Visit, responding: Responding) -> Reply:
    """Make a new joining code; the one before stops."""
    if responding.draft.member is None:
        raise NotFound
    services.make_joining_code(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        now=visit.now,
    )
    return SeeOther.to("consultations.together", slug=responding.consultation.slug, done="code")


@room.post(f"{TOGETHER}/code/stop", permission=WRITE)
@with_draft
@for_the_lead
def stop_joining(visit: Visit, responding: Responding) -> Reply:
    """Let nobody join any more."""
    services.stop_joining(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        now=visit.now,
    )
    return SeeOther.to("consultations.together", slug=responding.consultation.slug, done="stopped")


@room.get(f"{TOGETHER}/items", permission=WRITE)
@with_draft
@for_the_lead
def assign(visit: Visit, responding: Responding) -> Reply:
    """Ask who looks after each item, or after the one that the address names."""
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    return _assign_page(visit, responding)


@room.post(f"{TOGETHER}/items", permission=WRITE)
@with_draft
@for_the_lead
def save_assignments(visit: Visit, responding: Responding) -> Reply:
    """Save who looks after what; nothing where somebody changed the same meanwhile."""
    wishes = pages.read_wishes(_asked(visit, responding), visit.form)
    try:
        clashes = services.assign_items(
            visit.session,
            consultation_id=responding.consultation.id,
            token=responding.token,
            wishes=wishes,
            now=visit.now,
        )
    except NotAMember:
        members = services.members_of(visit.session, responding.draft.id)
        errors = pages.left_errors(wishes, members)
        return _assign_page(visit, responding, wishes, errors, status=422)
    if clashes:
        now = services.assignments_of(visit.session, responding.draft.id)
        errors = pages.clash_errors(clashes, now)
        return _assign_page(visit, responding, wishes, errors, status=409)
    slug = responding.consultation.slug
    if item_key := visit.query.get("item"):
        return SeeOther.to("consultations.notes", slug=slug, item_key=item_key, done="assigned")
    return SeeOther.to("consultations.together", slug=slug, done="assigned")


def _start_page(responding: Responding, form: MemberForm, status: int = 200) -> Page:
    return Page.of(
        "consultations/together_start.html",
        status=status,
        consultation=responding.consultation,
        respondent=responding.draft.respondent,
        can_start=can_be_shared(responding.draft.respondent),
        form=form,
    )


def _together_page(visit: Visit, responding: Responding) -> Page:
    draft, consultation = responding.draft, responding.consultation
    team = teamwork(visit, responding)
    if team is None:
        raise NotFound
    joining = services.find_joining(visit.session, draft, responding.token)
    return Page.of(
        "consultations/together.html",
        consultation=consultation,
        organisation_name=draft.respondent.organisation_name,
        team=team,
        shares=shares(team.members, team.looked_after, _steps(responding)),
        joining=joining,
        address=visit.settings.url,
        done=DONE.get(visit.query.get("done", ""), ""),
    )


def _assign_page(
    visit: Visit,
    responding: Responding,
    wishes: tuple[Wish, ...] = (),
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Page:
    draft = responding.draft
    if draft.member is None:
        raise NotFound
    looked_after = services.assignments_of(visit.session, draft.id)
    steps = _asked(visit, responding)
    return Page.of(
        "consultations/together_items.html",
        status=status,
        consultation=responding.consultation,
        members=services.members_of(visit.session, draft.id),
        me=draft.member,
        fields=pages.assign_fields(steps, looked_after, wishes, errors),
        domains={domain.key: domain.title for domain in responding.asking.framework.domains},
        language=responding.asking.language,
        only=visit.query.get("item", ""),
    )


def _asked(visit: Visit, responding: Responding) -> tuple[Step, ...]:
    wanted, steps = visit.query.get("item"), _steps(responding)
    if not wanted:
        return steps
    found = tuple(step for step in steps if step.item.key == wanted)
    if not found:
        raise NotFound
    return found


def _steps(responding: Responding) -> tuple[Step, ...]:
    return respondent_pages.draft_steps(responding.asking, responding.draft)
