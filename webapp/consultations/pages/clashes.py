"""Two answers to one question from two pages: what is shown, and what somebody decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from frameworks.questions import AnswerKey, Given, OneOf, Question, SomeOf
from frameworks.wording import TextChange, compare_texts
from webapp.consultations.asking import Item
from webapp.consultations.response import Attempt, Clash
from webapp.web.fields import AnswerForm, in_words

SAVED, SENT, BOTH = "saved", "sent", "both"


@dataclass(frozen=True, slots=True)
class Problem:
    """A message beside one question."""

    key: AnswerKey
    message: str


@dataclass(frozen=True, slots=True)
class ClashField:
    """One question with both answers; `errors` and `id` are what an error summary needs."""

    question: Question
    clash: Clash
    saved: str
    sent: str
    change: TextChange
    errors: tuple[str, ...] = ()
    kept: str = ""
    """What was decided so far: SAVED, SENT, BOTH or nothing."""
    together: str = ""
    """Both texts, one after the other to start from, or what somebody made of them."""

    @property
    def name(self) -> str:
        """The name of the answer's field."""
        return str(self.question.key)

    @property
    def id(self) -> str:
        """The id of the first choice."""
        return f"keep-{re.sub(r'[^a-z0-9-]+', '-', self.name)}"

    @property
    def is_text(self) -> bool:
        """Whether the two can be written together into one."""
        return not isinstance(self.question, OneOf | SomeOf)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What somebody decided for each clash; an empty `kept` where a choice is missing."""

    attempts: tuple[Attempt, ...]
    clashes: tuple[Clash, ...]
    kept: Mapping[AnswerKey, str]
    together: Mapping[AnswerKey, str]

    @property
    def undecided(self) -> tuple[AnswerKey, ...]:
        """The clashes for which nothing was chosen."""
        return tuple(key for key, kept in self.kept.items() if not kept)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A message for each clash that is not decided."""
        return tuple(Problem(key, "Select which answer to keep") for key in self.undecided)


def clash_fields(
    item: Item,
    clashes: Sequence[Clash],
    problems: Iterable[Problem] = (),
    settled: Settlement | None = None,
) -> tuple[ClashField, ...]:
    """Return the clashes of a page in the order of its questions, with what was decided so far."""
    wrong: dict[AnswerKey, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.key, []).append(problem.message)
    by_key = {clash.key: clash for clash in clashes}
    return tuple(
        _field(question, by_key[key], tuple(wrong.get(key, ())), settled)
        for key, question in item.by_key.items()
        if key in by_key
    )


def read_settlement(item: Item, posted: MultiDict[str, str]) -> Settlement:
    """Return what was decided on a page of clashes; names that are not asked are left out."""
    attempts: list[Attempt] = []
    clashes: list[Clash] = []
    kept: dict[AnswerKey, str] = {}
    together: dict[AnswerKey, str] = {}
    for key in item.by_key:
        name = str(key)
        if f"revision:{name}" not in posted:
            continue
        revision = _number(posted[f"revision:{name}"])
        answers = {
            SAVED: _given(posted, SAVED, name),
            SENT: _given(posted, SENT, name),
            BOTH: Given(text=posted.get(f"both:{name}", "")),
        }
        clashes.append(Clash(key, answers[SAVED], answers[SENT], revision))
        together[key] = answers[BOTH].text
        wanted = posted.get(f"keep:{name}", "")
        kept[key] = wanted if wanted in answers else ""
        if kept[key]:
            attempts.append(Attempt(key, answers[wanted], revision))
    return Settlement(tuple(attempts), tuple(clashes), kept, together)


def problems_of(form: AnswerForm) -> tuple[Problem, ...]:
    """Return what is wrong with what was decided, such as a text that became too long."""
    return tuple(Problem(each.question.key, message) for each in form for message in each.errors)


def _field(
    question: Question, clash: Clash, errors: tuple[str, ...], settled: Settlement | None
) -> ClashField:
    saved, sent = in_words(question, clash.saved), in_words(question, clash.sent)
    together = "\n\n".join(text for text in (saved, sent) if text)
    return ClashField(
        question,
        clash,
        saved,
        sent,
        compare_texts(saved, sent),
        errors,
        settled.kept.get(clash.key, "") if settled else "",
        settled.together.get(clash.key, together) if settled else together,
    )


def _given(posted: MultiDict[str, str], which: str, name: str) -> Given:
    return Given(
        choices=tuple(posted.getlist(f"{which}-choice:{name}")),
        text=posted.get(f"{which}-text:{name}", ""),
    )


def _number(typed: str) -> int:
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0
