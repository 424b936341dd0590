"""What a respondent's pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frameworks.model import Profile
from frameworks.questionnaire import AskedOf
from frameworks.rewording import change_of
from frameworks.wording import TextChange
from webapp.consultations.asking import Asking, Item
from webapp.consultations.pages.together import Teamwork
from webapp.consultations.progress import (
    Status,
    Step,
    answered_in,
    place_among_chosen,
    steps_of,
)
from webapp.consultations.respondents import (
    AboutStep,
    Interest,
    Publish,
    Respondent,
    RespondsAs,
    label_of,
    steps_missing,
)
from webapp.consultations.response import Draft, SentAnswer
from webapp.consultations.revising import reads_otherwise
from webapp.web.fields import in_words

NOT_SAID = "Not given"
INTEREST_WORDS = {Interest.NONE: "None to declare", Interest.DECLARED: "Declared"}


@dataclass(frozen=True, slots=True)
class AboutRow:
    """One thing that a respondent says about who is responding."""

    step: AboutStep
    title: str
    values: tuple[str, ...]
    missing: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One item of the task list."""

    key: str
    title: str
    status: Status
    code: str = ""
    of: str = ""
    """What a title such as ‘The domain as a whole’ is about, for whoever hears links alone."""
    language: str = ""
    """The tag of the language of its title or of what it is about; empty for the page's own."""
    looked_after_by: str = ""
    """The colleague who does, by name, where several write together."""
    is_mine: bool = False
    notes: int = 0


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Items under one heading."""

    title: str
    tasks: tuple[Task, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class TaskList:
    """Everything on the page that a respondent comes back to."""

    about: tuple[AboutRow, ...]
    groups: tuple[TaskGroup, ...]
    chosen: int
    competencies: int
    answered: int
    total: int
    mine: int = 0
    """How many items whoever looks at it looks after, among several colleagues."""


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The competencies of one domain to choose from."""

    key: str
    title: str
    looks_like: str
    language: str
    options: tuple[tuple[str, str, bool, str], ...]
    """(key, code and title, whether it is chosen, the tag of its language)."""


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item with its place among those chosen."""

    item: Item
    domain_title: str
    place: str
    profile: Profile | None
    competency_titles: tuple[tuple[str, str, str], ...]
    """Of a domain, what is in it: (code, title, the tag of its language, empty for its own)."""

    titles_by_key: dict[str, str]
    """Of a profile, the title of each competency."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with its answer in words."""

    question: str
    answer: str
    language: str
    """The tag of the language of the question; empty for the framework's own."""
    answer_language: str
    """That of the answer where it is one of the choices."""
    change: TextChange | None
    """What a suggested wording changes in the present one."""
    was_reworded: bool = False
    """Whether it answers words that were put right since."""


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """What was answered about one item."""

    key: str
    title: str
    language: str
    kind: str
    rows: tuple[AnswerRow, ...]


KINDS = {
    AskedOf.COMPETENCY: "Competency",
    AskedOf.DOMAIN: "Domain as a whole",
    AskedOf.PROFILE: "Position",
    AskedOf.CONSULTATION: "Overall",
}


def about_rows(asking: Asking, respondent: Respondent) -> tuple[AboutRow, ...]:
    """Return what was said about who is responding, page by page."""
    missing = steps_missing(respondent)
    optional = (AboutStep.REGION, AboutStep.INTERESTS, AboutStep.POSITIONS)
    titles = {
        AboutStep.RESPONDING_AS: "Responding as",
        AboutStep.WHO: "Who is responding",
        AboutStep.REGION: "NHS England region",
        AboutStep.INTERESTS: "Interests",
        AboutStep.PUBLISHING: "Publishing",
        AboutStep.POSITIONS: "Positions to comment on",
    }
    return tuple(
        AboutRow(
            step=step,
            title=titles[step],
            values=tuple(_about_values(asking, respondent, step)),
            missing=step in missing,
            optional=step in optional,
        )
        for step in AboutStep
    )


def _about_values(asking: Asking, respondent: Respondent, step: AboutStep) -> Iterable[str]:
    match step:
        case AboutStep.RESPONDING_AS:
            told = [label_of(respondent.responds_as)] if respondent.responds_as else []
        case AboutStep.WHO:
            organisation = respondent.responds_as is RespondsAs.ORGANISATION
            told = [respondent.organisation_name if organisation else ""]
            told.append(label_of(respondent.respondent_class))
            told.append(respondent.role)
            told.append(respondent.gathered if organisation else "")
        case AboutStep.REGION:
            told = [label_of(respondent.region)]
        case AboutStep.INTERESTS:
            told = [INTEREST_WORDS[respondent.interest]] if respondent.interest else []
            told.append(respondent.interests)
        case AboutStep.PUBLISHING:
            told = [label_of(respondent.publish)] if respondent.publish else []
            if respondent.publish is Publish.NAMED:
                told.append(respondent.shown_name)
        case AboutStep.POSITIONS:
            told = [
                title
                for key, title in asking.position_titles.items()
                if key in respondent.positions
            ]
    return [each for each in told if each] or [NOT_SAID]


def task_list(
    asking: Asking, draft: Draft, team: Teamwork | None = None, *, only_mine: bool = False
) -> TaskList:
    """Return the task list of a draft: for a colleague, who looks after what is on it.

    With `only_mine` it lists what that colleague looks after; the numbers stay those of all.
    """
    steps = draft_steps(asking, draft)
    answered, total = answered_in(steps)
    mine = {step.item.key for step in steps if team and team.is_mine(step.item.key)}
    shown = tuple(step for step in steps if step.item.key in mine) if only_mine else steps
    return TaskList(
        about=about_rows(asking, draft.respondent),
        groups=tuple(_groups(asking, shown, team)),
        chosen=len(draft.chosen),
        competencies=len(asking.competency_keys),
        answered=answered,
        total=total,
        mine=len(mine),
    )


def draft_steps(asking: Asking, draft: Draft) -> tuple[Step, ...]:
    """Return everything that a draft is asked about, with statuses."""
    return steps_of(asking, draft.chosen, draft.respondent.positions, draft.answers)


def _groups(asking: Asking, steps: tuple[Step, ...], team: Teamwork | None) -> Iterable[TaskGroup]:
    for domain in asking.framework.domains:
        own = [s for s in steps if domain.key in (s.item.key, s.item.domain_key)]
        if own:
            tasks = tuple(_task(step, team) for step in own)
            yield TaskGroup(domain.title, tasks, asking.language_of(domain.key))
    for asked_of, title in ((AskedOf.PROFILE, "Positions"), (AskedOf.CONSULTATION, "Overall")):
        of_kind = tuple(_task(step, team) for step in steps if step.item.asked_of is asked_of)
        if of_kind:
            yield TaskGroup(title, of_kind)


def _task(step: Step, team: Teamwork | None) -> Task:
    item = step.item
    is_domain = item.asked_of is AskedOf.DOMAIN
    by = team.looked_after.get(item.key) if team else None
    return Task(
        key=item.key,
        title="The domain as a whole" if is_domain else item.title,
        status=step.status,
        code=item.competency.code if item.competency else "",
        of=item.title if is_domain else "",
        language=item.language,
        looked_after_by=by.name if by else "",
        is_mine=bool(team and team.is_mine(item.key)),
        notes=team.notes.get(item.key, 0) if team else 0,
    )


def choice_groups(asking: Asking, chosen: Iterable[str]) -> tuple[ChoiceGroup, ...]:
    """Return the competencies to choose from, by domain."""
    ticked = set(chosen)
    return tuple(
        ChoiceGroup(
            key=domain.key,
            title=domain.title,
            looks_like=domain.looks_like,
            language=asking.language_of(domain.key),
            options=tuple(
                (
                    each.key,
                    f"{each.code} {each.title}",
                    each.key in ticked,
                    asking.language_of(each.key),
                )
                for each in domain.all_competencies()
            ),
        )
        for domain in asking.framework.domains
    )


def item_page(asking: Asking, draft: Draft, item: Item) -> ItemPage:
    """Return what stands above the questions about one item."""
    number, total = place_among_chosen(draft_steps(asking, draft), item.key)
    framework = asking.framework
    domain = next((d for d in framework.domains if d.key in (item.domain_key, item.key)), None)
    profile = next((p for p in framework.profiles if item.key == f"profile.{p.key}"), None)
    places = {
        AskedOf.COMPETENCY: f"{number} of {total} chosen",
        AskedOf.DOMAIN: f"Domain {number} of {total}",
        AskedOf.PROFILE: f"Position {number} of {total} chosen",
        AskedOf.CONSULTATION: "Overall",
    }
    return ItemPage(
        item=item,
        domain_title=domain.title if domain and item.competency else "",
        place=places[item.asked_of],
        profile=profile,
        competency_titles=tuple(_titles(asking, item)),
        titles_by_key={each.key: each.title for each in framework.all_competencies()}
        if profile
        else {},
    )


def _titles(asking: Asking, item: Item) -> Iterable[tuple[str, str, str]]:
    if item.asked_of is AskedOf.DOMAIN:
        for each in asking.framework.domain(item.key).all_competencies():
            yield each.code, each.title, asking.language_of(each.key)


def answered_items(asking: Asking, answers: Iterable[SentAnswer]) -> tuple[AnsweredItem, ...]:
    """Return answers in words, item by item in the order of the list."""
    by_item: dict[str, list[AnswerRow]] = {}
    for answer in answers:
        # Each in the words in which it was asked, whatever language the page is in now, and
        # whatever was put right since.
        asked = asking.as_answered(answer.language, answer.questionnaire_version)
        question = asked.items[answer.key.item].by_key[answer.key]
        row = AnswerRow(
            question=question.text,
            answer=in_words(question, answer.given),
            language=question.language,
            answer_language=question.language if answer.given.choices else "",
            change=change_of(question, answer.given),
            was_reworded=reads_otherwise(asking, answer.key.question, answer.questionnaire_version),
        )
        by_item.setdefault(answer.key.item, []).append(row)
    return tuple(
        AnsweredItem(key, item.title, item.language, KINDS[item.asked_of], tuple(by_item[key]))
        for key, item in asking.items.items()
        if key in by_item
    )
