"""The pages of recruiters: vacancies, questions, scorecards and person specifications."""

from __future__ import annotations

import uuid
from functools import partial

from exports.document import Document
from exports.documents.person_specification import make_person_specification
from exports.documents.scorecard import make_scorecard
from exports.templating import body
from frameworks.interview import CannotAsk, ChosenQuestion, suggest_questions
from frameworks.model import AssessAt, Reference
from webapp.accounts.services import find_organisation, get_organisation
from webapp.accounts.subjects import organisation_subject
from webapp.recruitment import pages, services
from webapp.recruitment.forms import PickForm, QuestionForm, VacancyForm
from webapp.recruitment.subjects import vacancy_subject
from webapp.recruitment.vacancy import (
    STAGES,
    NoSuchQuestion,
    StagePlan,
    Vacancy,
    added,
    moved,
    removed,
    replaced,
    required_competencies,
)
from webapp.security import Permission
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import DocumentReply, Page, Reply, SeeOther
from webapp.web.room import Room
from webapp.web.tasks import StaffTask
from webapp.web.visit import Visit

MANAGE = Permission.RECRUITMENT_MANAGE
OF_VACANCY = "/vacancies/<uuid:vacancy_id>"
OF_STAGE = f"{OF_VACANCY}/stages/<stage>"

room = Room(
    "recruitment",
    __name__,
    tasks=(
        StaffTask(
            MANAGE,
            "Recruitment",
            "Choose questions for a vacancy and download its scorecards and person specification",
            "recruitment.index",
        ),
    ),
)


@room.get(
    "/organisations/<organisation>/vacancies", permission=MANAGE, subject=organisation_subject
)
def index(visit: Visit, organisation: str) -> Reply:
    """List the vacancies of an organisation."""
    owner = find_organisation(visit.session, organisation)
    if owner is None:
        raise NotFound
    return Page.of(
        "recruitment/index.html",
        organisation=owner,
        vacancies=services.list_vacancies(visit.session, owner.id),
        positions={
            each.id: services.get_published(visit.library, each)
            .framework.profile(each.profile_key)
            .title
            for each in services.list_vacancies(visit.session, owner.id)
        },
    )


@room.get(
    "/organisations/<organisation>/vacancies/new", permission=MANAGE, subject=organisation_subject
)
def new(visit: Visit, organisation: str) -> Reply:
    """Ask for a new vacancy."""
    form = VacancyForm()
    form.offer(services.recruitable_versions(visit.library))
    return Page.of("recruitment/new.html", organisation=organisation, form=form)


@room.post(
    "/organisations/<organisation>/vacancies/new", permission=MANAGE, subject=organisation_subject
)
def create(visit: Visit, organisation: str) -> Reply:
    """Open a vacancy."""
    owner = find_organisation(visit.session, organisation)
    if owner is None or visit.identity.account_id is None:
        raise NotFound
    form = VacancyForm(visit.form)
    form.offer(services.recruitable_versions(visit.library))
    if form.validate():
        reference, _, profile_key = form.position.data.partition(" ")
        try:
            vacancy = services.create_vacancy(
                visit.session,
                visit.library,
                organisation_id=owner.id,
                title=form.title.data or "",
                number=form.number.data or "",
                reference=Reference.parse(reference),
                profile_key=profile_key,
                created_by=visit.identity.account_id,
                now=visit.now,
            )
        except services.NumberTaken:
            form.number.errors = ["There is a vacancy with this reference already: use another"]
        else:
            return SeeOther.to("recruitment.vacancy", vacancy_id=vacancy.id)
    return Page.of("recruitment/new.html", organisation=organisation, form=form, status=422)


@room.get(OF_VACANCY, permission=MANAGE, subject=vacancy_subject)
def vacancy(visit: Visit, vacancy_id: uuid.UUID) -> Reply:
    """Show a vacancy: its person specification and its stages."""
    found = _vacancy(visit, vacancy_id)
    published = services.get_published(visit.library, found)
    plans = services.list_plans(visit.session, vacancy_id)
    return Page.of(
        "recruitment/vacancy.html",
        page=pages.vacancy_page(found, published, plans),
        organisation=get_organisation(visit.session, found.organisation_id),
    )


@room.get(OF_STAGE, permission=MANAGE, subject=vacancy_subject)
def plan(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Show the questions of a stage in order."""
    found, present = _plan(visit, vacancy_id, stage)
    published = services.get_published(visit.library, found)
    return Page.of("recruitment/plan.html", page=pages.plan_page(found, published, present))


@room.post(OF_STAGE, permission=MANAGE, subject=vacancy_subject)
def reorder(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Move a question up or down, or take it away."""
    found, present = _plan(visit, vacancy_id, stage)
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
    found, present = _plan(visit, vacancy_id, stage)
    return _pick_page(visit, found, present, PickForm())


@room.post(f"{OF_STAGE}/pick", permission=MANAGE, subject=vacancy_subject)
def add_picked(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Add the questions that were ticked."""
    found, present = _plan(visit, vacancy_id, stage)
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
    found, present = _plan(visit, vacancy_id, stage)
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
    found, present = _plan(visit, vacancy_id, stage)
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


@room.get(f"{OF_STAGE}/scorecard", permission=MANAGE, subject=vacancy_subject)
def scorecard(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Show the scorecard of a stage as a page."""
    found, present = _plan(visit, vacancy_id, stage)
    document = _scorecard(visit, found, present)
    return Page.of(
        "recruitment/document.html",
        vacancy=found,
        document=document,
        heading=f"{document.kind}: {document.title}",
        body=body(document),
        pdf=("recruitment.scorecard_pdf", {"vacancy_id": vacancy_id, "stage": stage}),
    )


@room.get(f"{OF_STAGE}/scorecard.pdf", permission=MANAGE, subject=vacancy_subject)
def scorecard_pdf(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> Reply:
    """Send the scorecard of a stage as a PDF file."""
    found, present = _plan(visit, vacancy_id, stage)
    return DocumentReply(_scorecard(visit, found, present), f"{found.number} {stage} scorecard.pdf")


@room.get(f"{OF_VACANCY}/person-specification", permission=MANAGE, subject=vacancy_subject)
def person_specification(visit: Visit, vacancy_id: uuid.UUID) -> Reply:
    """Show the person specification as a page."""
    found = _vacancy(visit, vacancy_id)
    document = _person_specification(visit, found)
    return Page.of(
        "recruitment/document.html",
        vacancy=found,
        document=document,
        heading=f"{document.kind}: {document.title}",
        body=body(document),
        pdf=("recruitment.person_specification_pdf", {"vacancy_id": vacancy_id}),
    )


@room.get(f"{OF_VACANCY}/person-specification.pdf", permission=MANAGE, subject=vacancy_subject)
def person_specification_pdf(visit: Visit, vacancy_id: uuid.UUID) -> Reply:
    """Send the person specification as a PDF file."""
    found = _vacancy(visit, vacancy_id)
    document = _person_specification(visit, found)
    return DocumentReply(document, f"{found.number} person specification.pdf")


def _vacancy(visit: Visit, vacancy_id: uuid.UUID) -> Vacancy:
    found = services.find_vacancy(visit.session, vacancy_id)
    if found is None:
        raise NotFound
    return found


def _plan(visit: Visit, vacancy_id: uuid.UUID, stage: str) -> tuple[Vacancy, StagePlan]:
    if stage not in {each.value for each in STAGES}:
        raise NotFound
    found = _vacancy(visit, vacancy_id)
    return found, services.get_plan(visit.session, vacancy_id, AssessAt(stage))


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
    return Page.of(
        "recruitment/pick.html",
        page=pages.plan_page(found, published, present),
        suggestions=pages.suggestions(found, published, present),
        form=form,
        picked=visit.form.getlist("picked"),
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


def _scorecard(visit: Visit, found: Vacancy, present: StagePlan) -> Document:
    if not present.questions:
        raise NotFound("Choose questions for this stage first.")
    published = services.get_published(visit.library, found)
    return make_scorecard(
        services.make_kit(visit.library, found, present),
        organisation=get_organisation(visit.session, found.organisation_id).name,
        vacancy=f"{found.title} ({found.number})",
        made_on=published.published_on or found.created_at.date(),
        language=published.framework.language,
    )


def _person_specification(visit: Visit, found: Vacancy) -> Document:
    return make_person_specification(
        services.get_published(visit.library, found),
        found.profile_key,
        vacancy=f"{found.title} ({found.number})",
        organisation=get_organisation(visit.session, found.organisation_id).name,
    )
