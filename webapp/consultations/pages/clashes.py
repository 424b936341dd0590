"""Two answers to one question from two pages: what is shown, and what somebody decided."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from werkzeug.datastructures import MultiDict

from frameworks.questions import AnswerKey, Given, OneOf, Question, Rewording, SomeOf
from frameworks.rewording import change_of
from frameworks.wording import TextChange, compare_texts
from webapp.consultations.asking import Item
from webapp.consultations.response import Attempt, Clash, Draft
from webapp.web.fields import AnswerForm
from webapp.web.fields import in_words as answer_in_words
from webapp.web.times import in_words

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
    wordings: tuple[tuple[str, TextChange], ...] = ()
    """What each of two suggested wordings changes in the present one, where it does."""
    saved_by: str = ""
    """The colleague who saved the other one; empty where it was saved from the same hands."""
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
    def who_saved(self) -> str:
        """Who saved the other answer, and when, in words."""
        by = f" by {self.saved_by}" if self.saved_by else ""
        return f"Saved{by} on {in_words(self.clash.at)}" if self.clash.at else f"Saved{by} already"

    @property
    def nothing(self) -> str:
        """What stands where there is no answer."""
        return "The present wording" if isinstance(self.question, Rewording) else "No answer"

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
    names: Mapping[uuid.UUID, str] = MappingProxyType({}),
) -> tuple[ClashField, ...]:
    """Return the clashes of a page in the order of its questions, with what was decided so far.

    `names` are those of colleagues who write together, without whoever looks at the page.
    """
    wrong: dict[AnswerKey, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.key, []).append(problem.message)
    by_key = {clash.key: clash for clash in clashes}
    return tuple(
        _field(question, by_key[key], tuple(wrong.get(key, ())), settled, names)
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


def known_again(clashes: Iterable[Clash], draft: Draft) -> tuple[Clash, ...]:
    """Return clashes that a page sent back, with who saved the other answer while that stands."""
    return tuple(
        replace(clash, by=saved.member_id, at=saved.changed_at)
        if (saved := draft.by_key.get(clash.key)) and saved.revision == clash.revision
        else clash
        for clash in clashes
    )


def _field(
    question: Question,
    clash: Clash,
    errors: tuple[str, ...],
    settled: Settlement | None,
    names: Mapping[uuid.UUID, str],
) -> ClashField:
    saved, sent = answer_in_words(question, clash.saved), answer_in_words(question, clash.sent)
    together = "\n\n".join(text for text in (saved, sent) if text)
    changes = (
        ("What the saved one changes", change_of(question, clash.saved)),
        ("What the one that was just sent changes", change_of(question, clash.sent)),
    )
    return ClashField(
        question,
        clash,
        saved,
        sent,
        compare_texts(saved, sent),
        tuple((title, change) for title, change in changes if change),
        names.get(clash.by, "") if clash.by else "",
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
