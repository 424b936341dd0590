"""The questions of a stage: picked, written, put in order."""

from __future__ import annotations

import uuid
from functools import partial

from frameworks.interview import CannotAsk, ChosenQuestion, suggest_questions
from webapp.recruitment import pages, services
from webapp.recruitment.forms import PickForm, QuestionForm
from webapp.recruitment.subjects import vacancy_subject
from webapp.recruitment.vacancy import (
    NoSuchQuestion,
    StagePlan,
    Vacancy,
    added,
    moved,
    removed,
    replaced,
    required_competencies,
)
from webapp.recruitment.views.room import MANAGE, OF_STAGE, room, the_plan
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(OF_STAGE, permission=MANAGE, subject=vacancy_subject)
def plan(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Show the questions of a stage in order."""
    found, present = the_plan(visit, vacancy_id, stage)
    published = services.get_published(visit.library, found)
    return Page.of("recruitment/plan.html", page=pages.plan_page(found, published, present))


@room.post(OF_STAGE, permission=MANAGE, subject=vacancy_subject)
def reorder(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Move a question up or down, or take it away."""
    found, present = the_plan(visit, vacancy_id, stage)
    what, _, number = visit.form.get("change", "").partition(" ")
    place = _number(number)
    match what:
        case "up" | "down":
            change = partial(moved, place=place, up=what == "up")
        case "remove":
            change = partial(removed, place=place)
        case _:
            raise NotFound
    _save(visit, found, present, change)
    return SeeOther.to("recruitment.plan", vacancy_id=vacancy_id, stage=stage)


@room.get(f"{OF_STAGE}/pick", permission=MANAGE, subject=vacancy_subject)
def pick(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Offer the framework's own questions."""
    found, present = the_plan(visit, vacancy_id, stage)
    return _pick_page(visit, found, present, PickForm())


@room.post(f"{OF_STAGE}/pick", permission=MANAGE, subject=vacancy_subject)
def add_picked(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Add the questions that were ticked."""
    found, present = the_plan(visit, vacancy_id, stage)
    published = services.get_published(visit.library, found)
    offered = suggest_questions(published.framework, found.profile_key, present.stage)
    form = PickForm(visit.form)
    form.offer(tuple((str(place), each.text) for place, each in enumerate(offered)))
    if not form.validate() or not form.picked.data:
        form.picked.errors = ["Tick at least one question to add"]
        return _pick_page(visit, found, present, form, status=422)
    more = tuple(offered[int(number)] for number in form.picked.data)
    _save(visit, found, present, partial(added, more=more))
    return SeeOther.to("recruitment.plan", vacancy_id=vacancy_id, stage=stage)


@room.get(f"{OF_STAGE}/write", permission=MANAGE, subject=vacancy_subject)
def write(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Ask for a question in the panel's own words, or for new words of one that is there."""
    found, present = the_plan(visit, vacancy_id, stage)
    if "question" not in visit.query:
        return _write_page(visit, found, present, QuestionForm())
    place = _number(visit.query["question"])
    if not 0 <= place < len(present.questions):
        raise NotFound
    question = present.questions[place]
    form = QuestionForm(data={"text": question.text, "competencies": question.competencies})
    return _write_page(visit, found, present, form)


@room.post(f"{OF_STAGE}/write", permission=MANAGE, subject=vacancy_subject)
def save_written(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Add a question in the panel's own words, or put it in the place of another."""
    found, present = the_plan(visit, vacancy_id, stage)
    form = QuestionForm(visit.form)
    _offer_competencies(visit, found, form)
    if not form.validate():
        return _write_page(visit, found, present, form, status=422)
    question = ChosenQuestion(
        " ".join((form.text.data or "").split()), tuple(form.competencies.data or ())
    )
    if "question" in visit.query:
        place = _number(visit.query["question"])
        change = partial(replaced, place=place, question=question)
    else:
        change = partial(added, more=(question,))
    try:
        _save(visit, found, present, change)
    except Conflict:
        # What was typed stays on the page; the next save goes on from the present list.
        form.text.errors = [
            "Somebody else changed the questions of this stage. Check the list, then save again."
        ]
        return _write_page(visit, found, present, form, status=409)
    return SeeOther.to("recruitment.plan", vacancy_id=vacancy_id, stage=stage)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 4:
        raise NotFound
    return int(text)


def _save(visit: Visit, found: Vacancy, present: StagePlan, change: services.Change) -> None:
    account = visit.identity.account_id
    if account is None:
        raise NotFound
    try:
        services.change_plan(
            visit.session,
            visit.library,
            found,
            present.stage,
            change,
            revision=_number(visit.form.get("revision", "")),
            saved_by=account,
            now=visit.now,
        )
    except services.PlanChanged:
        raise Conflict(
            "Somebody else changed the questions of this stage. Go back to the list and try again."
        ) from None
    except services.TooManyQuestions:
        raise Conflict("A stage can have at most 30 questions. Take one away first.") from None
    except NoSuchQuestion:
        raise NotFound from None
    except CannotAsk as error:
        raise Conflict(str(error)) from None


def _pick_page(
    visit: Visit, found: Vacancy, present: StagePlan, form: PickForm, status: int = 200
) -> Page:
    published = services.get_published(visit.library, found)
    suggestions = pages.suggestions(found, published, present)
    form.offer(tuple((each.number, each.text) for each in suggestions))
    return Page.of(
        "recruitment/pick.html",
        page=pages.plan_page(found, published, present),
        hints={each.number: each.hint for each in suggestions},
        form=form,
        status=status,
    )


def _write_page(
    visit: Visit, found: Vacancy, present: StagePlan, form: QuestionForm, status: int = 200
) -> Page:
    _offer_competencies(visit, found, form)
    published = services.get_published(visit.library, found)
    return Page.of(
        "recruitment/write.html",
        page=pages.plan_page(found, published, present),
        form=form,
        editing="question" in visit.query,
        status=status,
    )


def _offer_competencies(visit: Visit, found: Vacancy, form: QuestionForm) -> None:
    framework = services.get_published(visit.library, found).framework
    form.offer(required_competencies(framework, framework.profile(found.profile_key)))
