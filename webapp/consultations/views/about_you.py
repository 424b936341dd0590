"""Who is responding, one question a page, and which competencies they want to answer about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from webapp.consultations import services
from webapp.consultations.about_parts import AboutClash, Part, parts_of
from webapp.consultations.forms.about import AboutForm, about_form
from webapp.consultations.pages import about_clashes as clash_pages
from webapp.consultations.pages import respondent as pages
from webapp.consultations.respondents import (
    AboutStep,
    Respondent,
    RespondsAs,
    step_after,
    steps_missing,
)
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

BACK_TO = {"list": "consultations.task_list", "check": "consultations.check"}


@room.get(f"{OF_RESPONSE}/about-you/<step>", permission=WRITE)
@with_draft
@for_the_lead
def about_you(visit: Visit, responding: Responding, step: str) -> Reply:
    """Ask one thing about who is responding."""
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    about = _step(step)
    form = about_form(about, responding.draft.respondent, responding.asking.position_titles)
    return _about_page(visit, responding, about, form)


@room.post(f"{OF_RESPONSE}/about-you/<step>", permission=WRITE)
@with_draft
@for_the_lead
def save_about_you(visit: Visit, responding: Responding, step: str) -> Reply:
    """Save one thing about who is responding and go on."""
    about = _step(step)
    form = _posted_form(visit, responding, about)
    if not form.validate():
        return _about_page(visit, responding, about, form, status=422)
    return _save(visit, responding, about, form, _parts(visit, responding, about))


@room.post(f"{OF_RESPONSE}/about-you/<step>/settle", permission=WRITE)
@with_draft
@for_the_lead
def settle_about_you(visit: Visit, responding: Responding, step: str) -> Reply:
    """Take what somebody decided where the same was changed in two places."""
    about = _step(step)
    form = _posted_form(visit, responding, about)
    if not form.validate():
        return _about_page(visit, responding, about, form, status=422)
    kept, shown = clash_pages.read_kept(visit.form), clash_pages.read_shown(visit.form)
    asked = [part for part in _parts(visit, responding, about) if part.name in shown]
    undecided = [part for part in asked if part.name not in kept]
    if undecided:
        stored = responding.draft.respondent
        sent = form.changed(_basis(visit, responding))
        clashes = [AboutClash(part, stored, sent) for part in asked]
        return _clash_page(visit, responding, about, clashes, undecided=True, status=422)
    parts = [part for part in asked if kept[part.name] == clash_pages.SENT]
    return _save(visit, responding, about, form, parts)


def _save(
    visit: Visit,
    responding: Responding,
    about: AboutStep,
    form: AboutForm,
    parts: Sequence[Part],
) -> Reply:
    draft, clashes = services.save_about(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        asking=responding.asking,
        sent=form.changed(_basis(visit, responding)),
        parts=parts,
        shown=clash_pages.read_shown(visit.form),
        now=visit.now,
    )
    if clashes:
        # What did not clash is saved all the same.
        return replace(_clash_page(visit, responding, about, clashes), keep=True)
    slug, back = responding.consultation.slug, _back(visit)
    if about is AboutStep.RESPONDING_AS and AboutStep.WHO in steps_missing(draft.respondent):
        # What kind of respondent no longer fits, so that is asked before going back.
        return SeeOther.to("consultations.about_you", slug=slug, step="who", **back)
    if back:
        return SeeOther.to(BACK_TO[back["back"]], slug=slug)
    following = step_after(about)
    if following:
        return SeeOther.to("consultations.about_you", slug=slug, step=following)
    return SeeOther.to("consultations.choose", slug=slug)


@room.get(f"{OF_RESPONSE}/choose", permission=WRITE)
@with_draft
@for_the_lead
def choose(visit: Visit, responding: Responding) -> Reply:
    """Ask which competencies to answer about."""
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    return Page.of(
        "consultations/choose.html",
        consultation=responding.consultation,
        groups=pages.choice_groups(responding.asking, responding.draft.chosen),
        shown=responding.draft.chosen,
        back=_back(visit).get("back", ""),
    )


@room.post(f"{OF_RESPONSE}/choose", permission=WRITE)
@with_draft
@for_the_lead
def save_choices(visit: Visit, responding: Responding) -> Reply:
    """Keep what was added and taken off; a whole domain stands for everything in it."""
    wanted = set(visit.form.getlist("competency"))
    whole = set(visit.form.getlist("domain"))
    for domain in responding.asking.framework.domains:
        if domain.key in whole:
            wanted.update(each.key for each in domain.all_competencies())
    services.change_choices(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        asking=responding.asking,
        shown=visit.form.getlist("shown"),
        wanted=wanted,
        now=visit.now,
    )
    back = _back(visit).get("back", "list")
    return SeeOther.to(BACK_TO[back], slug=responding.consultation.slug)


def _step(step: str) -> AboutStep:
    try:
        return AboutStep(step)
    except ValueError:
        raise NotFound from None


def _back(visit: Visit) -> dict[str, str]:
    wanted = visit.query.get("back", "")
    return {"back": wanted} if wanted in BACK_TO else {}


def _kind(visit: Visit, responding: Responding) -> RespondsAs | None:
    """Return the kind of respondent that the page in hand was made for."""
    made_for = visit.form.get(clash_pages.AS, "")
    present = responding.draft.respondent.responds_as
    return RespondsAs(made_for) if made_for in set(RespondsAs) else present


def _basis(visit: Visit, responding: Responding) -> Respondent:
    return replace(responding.draft.respondent, responds_as=_kind(visit, responding))


def _posted_form(visit: Visit, responding: Responding, about: AboutStep) -> AboutForm:
    titles = responding.asking.position_titles
    return about_form(about, _basis(visit, responding), titles, visit.form)


def _parts(visit: Visit, responding: Responding, about: AboutStep) -> tuple[Part, ...]:
    present = responding.draft.respondent.responds_as
    return parts_of(about, _kind(visit, responding), present)


def _about_page(
    visit: Visit, responding: Responding, step: AboutStep, form: AboutForm, status: int = 200
) -> Page:
    steps = tuple(AboutStep)
    place = steps.index(step)
    respondent = _basis(visit, responding)
    marks = {each.name: each.mark(respondent) for each in _parts(visit, responding, step)}
    return Page.of(
        "consultations/about_you.html",
        status=status,
        consultation=responding.consultation,
        respondent=respondent,
        step=step,
        before=steps[place - 1] if place else None,
        form=form,
        # A page that comes back with a message still goes by what it showed at first.
        shown=clash_pages.read_shown(visit.form) if visit.is_post else marks,
        draft_id=responding.draft.id,
        back=_back(visit).get("back", ""),
    )


def _clash_page(
    visit: Visit,
    responding: Responding,
    step: AboutStep,
    clashes: Sequence[AboutClash],
    *,
    undecided: bool = False,
    status: int = 409,
) -> Page:
    return Page.of(
        "consultations/about_clash.html",
        status=status,
        consultation=responding.consultation,
        step=step,
        kind=_kind(visit, responding) or "",
        parts=clash_pages.clash_parts(responding.asking, clashes, undecided=undecided),
        kept=clash_pages.read_kept(visit.form),
        typed=clash_pages.typed_again(visit.form),
        back=_back(visit).get("back", ""),
    )
