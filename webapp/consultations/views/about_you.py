"""Who is responding, one question a page, and which competencies they want to answer about."""

from __future__ import annotations

from webapp.consultations import services
from webapp.consultations.forms.about import AboutForm, about_form
from webapp.consultations.pages import respondent as pages
from webapp.consultations.respondents import AboutStep, step_after, steps_missing
from webapp.consultations.views.room import OF_RESPONSE, WRITE, Responding, room, with_draft
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

BACK_TO = {"list": "consultations.task_list", "check": "consultations.check"}


@room.get(f"{OF_RESPONSE}/about-you/<step>", permission=WRITE)
@with_draft
def about_you(visit: Visit, responding: Responding, step: str) -> Reply:
    """Ask one thing about who is responding."""
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    about = _step(step)
    draft = responding.draft
    form = about_form(about, draft.respondent, responding.asking.position_titles)
    return _about_page(visit, responding, about, form)


@room.post(f"{OF_RESPONSE}/about-you/<step>", permission=WRITE)
@with_draft
def save_about_you(visit: Visit, responding: Responding, step: str) -> Reply:
    """Save one thing about who is responding and go on."""
    about, before = _step(step), responding.draft.respondent
    form = about_form(about, before, responding.asking.position_titles, visit.form)
    if not form.validate():
        return _about_page(visit, responding, about, form, status=422)
    draft = services.save_respondent(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        asking=responding.asking,
        respondent=form.changed(before),
        now=visit.now,
    )
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
def choose(visit: Visit, responding: Responding) -> Reply:
    """Ask which competencies to answer about."""
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    return Page.of(
        "consultations/choose.html",
        consultation=responding.consultation,
        groups=pages.choice_groups(responding.asking, responding.draft.chosen),
        back=_back(visit).get("back", ""),
    )


@room.post(f"{OF_RESPONSE}/choose", permission=WRITE)
@with_draft
def save_choices(visit: Visit, responding: Responding) -> Reply:
    """Keep the choice; a whole domain stands for everything in it."""
    chosen = set(visit.form.getlist("competency"))
    whole = set(visit.form.getlist("domain"))
    for domain in responding.asking.framework.domains:
        if domain.key in whole:
            chosen.update(each.key for each in domain.all_competencies())
    services.save_choices(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        asking=responding.asking,
        chosen=chosen,
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


def _about_page(
    visit: Visit, responding: Responding, step: AboutStep, form: AboutForm, status: int = 200
) -> Page:
    steps = tuple(AboutStep)
    place = steps.index(step)
    return Page.of(
        "consultations/about_you.html",
        status=status,
        consultation=responding.consultation,
        respondent=responding.draft.respondent,
        step=step,
        before=steps[place - 1] if place else None,
        form=form,
        back=_back(visit).get("back", ""),
    )
