"""A row for each comment, in the columns in which comments are worked through.

Standards bodies and guideline committees use much the same ones: a number, who it is from, what it
is about, of which type it is, the comment, the change proposed, and room for the answer. What the
same person chose about the same thing stands beside, since a comment seldom says it again.
"""

from __future__ import annotations

from collections.abc import Iterator

from exports.tables.writing import Column
from frameworks.questionnaire import CONSULTATION_ITEM
from frameworks.questions import Rewording
from webapp.consultations.asking import Asking
from webapp.extracts.extract import Options
from webapp.extracts.layouts import STANDING, WHO, Cells, Questions, about, names_of
from webapp.extracts.said import SaidAnswer, SaidResponse
from webapp.extracts.words import labels_of, yes_or_no

_ABOUT = (
    Column("item", "Item"),
    Column("code", "Code"),
    Column("title", "Competency, domain or position"),
    Column("position", "For the position"),
    Column("question", "Question", is_prose=True),
)
_SAID = (
    Column("type", "Type of comment"),
    Column("comment", "Comment", is_prose=True),
    Column("present_wording", "Present wording", is_prose=True),
    Column("suggested_wording", "Suggested wording", is_prose=True),
    Column("chosen", "What they chose about this", is_prose=True),
)
_FOR_THE_TEAM = (
    Column("team_response", "Team’s response", is_prose=True),
    Column("disposition", "Decision"),
)
_PROOF = (
    Column("redacted", "Words taken out"),
    Column("language", "Language of the question"),
    Column("citation", "Citation"),
    Column("item_digest", "Digest of the item"),
    Column("question_key", "Question key"),
    Column("questionnaire", "Questionnaire"),
    Column("answer", "Answer"),
)


class CommentsLayout:
    """Makes a row of every answer that has words."""

    def __init__(self, asking: Asking, options: Options) -> None:
        """Take what was asked, and what was chosen for the export."""
        self._questions = Questions(asking)
        self._asking = asking.own
        self._columns = (
            Column("number", "Number"),
            Column("response", "Response"),
            Column("received", "Received"),
            *names_of(options),
            *WHO,
            *_ABOUT,
            *_SAID,
            *_FOR_THE_TEAM,
            *STANDING,
            *_PROOF,
        )
        self._number = 0

    def columns(self, version: str) -> tuple[Column, ...]:
        """Return the columns, the same for every version."""
        return self._columns

    def rows(self, response: SaidResponse) -> Iterator[tuple[str, Cells]]:
        """Yield a row for each comment of a response; numbers go on through all files."""
        common = about(response)
        for answer in self._questions.in_order(response.answers):
            if answer.text.strip():
                self._number += 1
                # With noughts in front it sorts as text, which every cell is.
                number = f"{self._number:07}"
                cells = {**common, "number": number, **self._comment(answer, response)}
                yield self._questions.version_of(answer), cells

    def _comment(self, answer: SaidAnswer, response: SaidResponse) -> dict[str, str]:
        key, asked = answer.key, self._questions.asked_in(answer.version)
        item, question = self._questions.item(answer), self._questions.question(answer)
        rewords = isinstance(question, Rewording)
        answered = self._questions.as_answered(answer) if rewords else None
        return {
            "item": key.item,
            "code": item.competency.code if item and item.competency else "",
            "title": item.title if item else "",
            "position": asked.position_titles.get(key.position, key.position),
            "question": question.text if question else key.question,
            "type": _type(answer, rewords=rewords),
            "comment": "" if rewords else answer.text,
            "present_wording": answered.present if isinstance(answered, Rewording) else "",
            "suggested_wording": answer.text if rewords else "",
            "chosen": self._chosen(answer, response),
            "redacted": yes_or_no(answer.is_redacted),
            "language": answer.language or self._asking.framework.language,
            "citation": f"{self._asking.framework.reference}#{key.item}",
            "item_digest": answer.item_digest,
            "question_key": str(key),
            "questionnaire": str(asked.questionnaire.reference),
            "answer": str(answer.id),
        }

    def _chosen(self, answer: SaidAnswer, response: SaidResponse) -> str:
        """Return what was chosen about the same item, for the same position where it has one."""
        position = answer.key.position
        beside = [
            each
            for each in response.answers
            if each.choices
            and each.key.item == answer.key.item
            and (not position or each.key.position in ("", position))
        ]
        lines = []
        for each in self._questions.in_order(beside):
            question = self._questions.question(each)
            asked = question.text if question else each.key.question
            lines.append(f"{asked} {labels_of(question, each.choices)}")
        return "\n".join(lines)


def _type(answer: SaidAnswer, *, rewords: bool) -> str:
    if rewords:
        return "Suggested wording"
    return "General comment" if answer.key.item == CONSULTATION_ITEM else "Comment"
