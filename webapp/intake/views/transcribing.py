"""Transcribing: who responds, what it speaks about, and every answer, page by page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from webapp.consultations.about_parts import AboutClash, Part, parts_of
from webapp.consultations.asking import Item as AskedItem
from webapp.consultations.errors import RespondentMissing
from webapp.consultations.forms.about import AboutForm, about_form
from webapp.consultations.pages.about_clashes import AS, read_shown
from webapp.consultations.pages.respondent import about_rows, choice_groups
from webapp.consultations.pages.respondent import item_page as asked_page
from webapp.consultations.respondents import (
    AboutStep,
    Respondent,
    RespondsAs,
    step_after,
    steps_missing,
)
from webapp.consultations.response import Attempt, Clash
from webapp.intake import services
from webapp.intake.items import Item, ItemMoved, ItemState, NothingTyped, Transcription
from webapp.intake.pages import items as pages
from webapp.intake.subjects import item_subject
from webapp.intake.views.items import item_context, item_page
from webapp.intake.views.room import OF_ITEM, TAKE_IN, Place, actor, item_of, place_of, room
from webapp.web.errors import Conflict, NotFound
from webapp.web.fields import AnswerForm, answer_form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(f"{OF_ITEM}/about/<step>", permission=TAKE_IN, subject=item_subject)
def about(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID, step: str) -> Reply:
    """Ask one thing about who responds."""
    place = place_of(visit, organisation, slug)
    found, asked = item_of(visit, place, intake_id), _step(step)
    if found.state is not ItemState.TRANSCRIBING:
        return _away(place, found)
    respondent = services.get_transcription(visit.session, found.id).respondent
    form = about_form(asked, respondent, place.asking.position_titles)
    return _about_page(visit, place, found, asked, respondent, form)


@room.post(f"{OF_ITEM}/about/<step>", permission=TAKE_IN, subject=item_subject)
def save_about(
    visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID, step: str
) -> Reply:
    """Save one thing about who responds; what a colleague changed meanwhile is shown beside it."""
    place = place_of(visit, organisation, slug)
    found, asked = item_of(visit, place, intake_id), _step(step)
    present = services.get_transcription(visit.session, found.id).respondent
    basis = replace(present, responds_as=_kind(visit, present))
    form = about_form(asked, basis, place.asking.position_titles, visit.form)
    if not form.validate():
        return _about_page(visit, place, found, asked, basis, form, status=422)
    try:
        respondent, clashes = services.save_respondent(
            visit.session,
            item_id=intake_id,
            asking=place.asking,
            sent=form.changed(basis),
            parts=parts_of(asked, basis.responds_as, present.responds_as),
            shown=read_shown(visit.form),
            by=actor(visit),
            now=visit.now,
        )
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    if clashes:
        return _about_page(
            visit, place, found, asked, respondent, form, clashes=clashes, status=409
        )
    if asked is AboutStep.RESPONDING_AS and AboutStep.WHO in steps_missing(respondent):
        following: AboutStep | None = AboutStep.WHO
    else:
        following = step_after(asked)
    if visit.form.get("then") == "next" and following:
        return SeeOther.to(
            "intake.about", intake_id=intake_id, step=following.value, **place.address
        )
    if visit.form.get("then") == "next":
        return SeeOther.to("intake.choose", intake_id=intake_id, **place.address)
    return SeeOther.to("intake.item", intake_id=intake_id, done="saved", **place.address)


@room.get(f"{OF_ITEM}/choose", permission=TAKE_IN, subject=item_subject)
def choose(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Ask which competencies it speaks about."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    if found.state is not ItemState.TRANSCRIBING:
        return _away(place, found)
    chosen = services.get_transcription(visit.session, found.id).chosen
    return Page.of(
        "intake/choose.html",
        groups=choice_groups(place.asking, chosen),
        shown=chosen,
        **item_context(visit, place, found),
    )


@room.post(f"{OF_ITEM}/choose", permission=TAKE_IN, subject=item_subject)
def save_choices(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Keep what was added and taken off; a whole domain stands for everything in it."""
    place = place_of(visit, organisation, slug)
    wanted = set(visit.form.getlist("competency"))
    whole = set(visit.form.getlist("domain"))
    for domain in place.asking.framework.domains:
        if domain.key in whole:
            wanted.update(each.key for each in domain.all_competencies())
    try:
        services.save_choices(
            visit.session,
            item_id=intake_id,
            asking=place.asking,
            shown=visit.form.getlist("shown"),
            wanted=wanted,
            by=actor(visit),
            now=visit.now,
        )
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    return SeeOther.to("intake.item", intake_id=intake_id, done="saved", **place.address)


@room.get(f"{OF_ITEM}/answers/<item_key>", permission=TAKE_IN, subject=item_subject)
def answers(
    visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID, item_key: str
) -> Reply:
    """Ask everything about one competency, domain or position."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    if found.state is not ItemState.TRANSCRIBING:
        return _away(place, found)
    transcription = services.get_transcription(visit.session, found.id)
    asked = _asked(place, transcription, item_key)
    return _answers_page(visit, place, found, asked, transcription)


@room.post(f"{OF_ITEM}/answers/<item_key>", permission=TAKE_IN, subject=item_subject)
def save_answers(
    visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID, item_key: str
) -> Reply:
    """Save a page of answers; what a colleague changed meanwhile is shown beside what was typed."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    transcription = services.get_transcription(visit.session, found.id)
    if found.state is not ItemState.TRANSCRIBING:
        raise Conflict("This is no longer being transcribed: what you typed was not saved.")
    asked = _asked(place, transcription, item_key)
    form = _form(place, transcription, asked, visit.form)
    if not form.validate():
        return _answers_page(visit, place, found, asked, transcription, form, status=422)
    revisions = form.revisions()
    try:
        clashes = services.save_answers(
            visit.session,
            item_id=intake_id,
            asking=place.asking,
            asked=asked,
            attempts=[Attempt(key, given, revisions[key]) for key, given in form.answers().items()],
            by=actor(visit),
            now=visit.now,
        )
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    if clashes:
        return _clash_page(visit, place, found, asked, form, clashes)
    if visit.form.get("show"):
        return SeeOther.to(
            "intake.answers", intake_id=intake_id, item_key=item_key, **place.address
        )
    if visit.form.get("then") == "next":
        following = _following(place, transcription, item_key)
        if following:
            return SeeOther.to(
                "intake.answers", intake_id=intake_id, item_key=following, **place.address
            )
    return SeeOther.to("intake.item", intake_id=intake_id, done="saved", **place.address)


@room.post(f"{OF_ITEM}/finish", permission=TAKE_IN, subject=item_subject)
def finish(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Hand the transcription over to be checked by somebody else."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    try:
        services.finish(
            visit.session, item_id=intake_id, asking=place.asking, by=actor(visit), now=visit.now
        )
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    except RespondentMissing:
        words = "Say who responds first: what is marked as needed below is missing."
        return item_page(visit, place, found, problem=words, status=422)
    except NothingTyped:
        words = "Transcribe at least one answer first."
        return item_page(visit, place, found, problem=words, status=422)
    return SeeOther.to("intake.item", intake_id=intake_id, done="finished", **place.address)


def _away(place: Place, found: Item) -> Reply:
    """Lead to the page of an item that is not transcribed any more."""
    return SeeOther.to("intake.item", intake_id=found.id, **place.address)


def _step(step: str) -> AboutStep:
    try:
        return AboutStep(step)
    except ValueError:
        raise NotFound from None


def _kind(visit: Visit, present: Respondent) -> RespondsAs | None:
    """Return the kind of respondent that the page in hand was made for."""
    made_for = visit.form.get(AS, "")
    return RespondsAs(made_for) if made_for in set(RespondsAs) else present.responds_as


def _about_page(
    visit: Visit,
    place: Place,
    found: Item,
    step: AboutStep,
    respondent: Respondent,
    form: AboutForm,
    *,
    clashes: Sequence[AboutClash] = (),
    status: int = 200,
) -> Page:
    parts: Sequence[Part] = parts_of(step, respondent.responds_as, respondent.responds_as)
    shown: Mapping[str, str] = {each.name: each.mark(respondent) for each in parts}
    if status == 422:
        # A page that comes back with a message still goes by what it showed at first.
        shown = read_shown(visit.form)
    rows = about_rows(place.asking, respondent) if clashes else ()
    steps = tuple(AboutStep)
    return Page.of(
        "intake/about.html",
        status=status,
        respondent=respondent,
        step=step,
        form=form,
        shown=shown,
        is_last=step is steps[-1],
        meanwhile=next((each.values for each in rows if each.step is step), ()),
        **item_context(visit, place, found),
    )


def _asked(place: Place, transcription: Transcription, item_key: str) -> AskedItem:
    positions = transcription.respondent.positions
    for each in place.asking.items_for(transcription.chosen, positions):
        if each.key == item_key:
            return each
    raise NotFound


def _following(place: Place, transcription: Transcription, item_key: str) -> str:
    positions = transcription.respondent.positions
    keys = [each.key for each in place.asking.items_for(transcription.chosen, positions)]
    after = keys[keys.index(item_key) + 1 :] if item_key in keys else []
    return after[0] if after else ""


def _form(
    place: Place,
    transcription: Transcription,
    asked: AskedItem,
    posted: MultiDict[str, str] | None = None,
) -> AnswerForm:
    typed = {key: each for key, each in transcription.by_key.items() if key.item == asked.key}
    return answer_form(
        place.asking.questions_of(asked, transcription.respondent.positions),
        {key: each.given for key, each in typed.items()},
        posted,
        {key: each.revision for key, each in typed.items()},
    )


def _clash_page(
    visit: Visit,
    place: Place,
    found: Item,
    asked: AskedItem,
    form: AnswerForm,
    clashes: Sequence[Clash],
) -> Page:
    after = services.get_transcription(visit.session, found.id)
    form.show_conflicts({each.key: (each.saved, each.revision) for each in clashes})
    clashing = {each.key for each in clashes}
    for field in form:
        typed = after.by_key.get(field.question.key)
        if typed and field.question.key not in clashing:
            field.revision = typed.revision
    page = _answers_page(visit, place, found, asked, after, form, status=409)
    # What did not clash is saved all the same.
    return replace(page, keep=True)


def _answers_page(
    visit: Visit,
    place: Place,
    found: Item,
    asked: AskedItem,
    transcription: Transcription,
    form: AnswerForm | None = None,
    *,
    status: int = 200,
) -> Page:
    draft = pages.as_draft(found, transcription)
    return Page.of(
        "intake/answers.html",
        status=status,
        page=asked_page(place.asking, draft, asked),
        form=form or _form(place, transcription, asked),
        read={each.key for each in transcription.typed if each.is_read},
        has_next=bool(_following(place, transcription, asked.key)),
        **item_context(visit, place, found),
    )
