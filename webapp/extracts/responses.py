"""A row for each response, with a column for every question about every item and position."""

from __future__ import annotations

from collections.abc import Iterator

from exports.tables.writing import Column
from frameworks.questions import Question
from webapp.consultations.asking import Asking
from webapp.extracts.extract import Options
from webapp.extracts.layouts import STANDING, WHO, Cells, Questions, about, names_of
from webapp.extracts.said import SaidAnswer, SaidResponse
from webapp.extracts.words import labels_of, yes_or_no

_UNKNOWN = Column("unknown", "Answers to what this version did not ask")
_FACTS = (
    Column("redacted", "Words taken out"),
    Column("language", "Language"),
    Column("answered", "Questions answered"),
    Column("also_in", "Also in the files of other versions"),
    Column("framework", "Framework"),
    Column("questionnaire", "Questionnaire"),
)


class ResponsesLayout:
    """Makes a row of every response, in the file of every version of which it answers questions.

    A response without any answer stands in the file of the newest version.
    """

    def __init__(self, asking: Asking, options: Options) -> None:
        """Take what was asked, and what was chosen for the export."""
        self._questions = Questions(asking)
        self._asking = asking.own
        self._first = (
            Column("response", "Response"),
            Column("received", "Received"),
            *names_of(options),
            *WHO,
            *STANDING,
            *_FACTS,
        )

    def columns(self, version: str) -> tuple[Column, ...]:
        """Return the columns of a version: a heading has the words of a question and its key."""
        asked = self._questions.asked_in(version)
        questions = [each for item in asked.items.values() for each in item.questions]
        return (
            *self._first,
            *(Column(str(each.key), f"{each.text} [{each.key}]") for each in questions),
            _UNKNOWN,
        )

    def rows(self, response: SaidResponse) -> Iterator[tuple[str, Cells]]:
        """Yield the row of a response for each version that it answers."""
        by_version: dict[str, list[SaidAnswer]] = {}
        for answer in response.answers:
            by_version.setdefault(self._questions.version_of(answer), []).append(answer)
        versions = list(by_version) or [self._questions.versions[-1]]
        for version in versions:
            yield version, self._row(response, version, by_version.get(version, []), versions)

    def _row(
        self,
        response: SaidResponse,
        version: str,
        answers: list[SaidAnswer],
        versions: list[str],
    ) -> Cells:
        cells = about(response)
        unknown = []
        for answer in answers:
            question = self._questions.question(answer)
            said = _said(question, answer)
            if question is None:
                unknown.append(f"{answer.key}: {said}")
            else:
                cells[str(answer.key)] = said
        asked = self._questions.asked_in(version)
        return cells | {
            "redacted": yes_or_no(any(each.is_redacted for each in answers)),
            "language": response.language or self._asking.framework.language,
            "answered": str(len(answers)),
            "also_in": ", ".join(each for each in versions if each != version),
            "framework": str(self._asking.framework.reference),
            "questionnaire": str(asked.questionnaire.reference),
            _UNKNOWN.key: "\n".join(unknown),
        }


def _said(question: Question | None, answer: SaidAnswer) -> str:
    parts = (labels_of(question, answer.choices), answer.text)
    return "\n".join(each for each in parts if each)
