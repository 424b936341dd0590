"""A response that is not sent yet, whole, as a Word file for clearance inside an organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from exports.consultation_items import (
    Answers,
    Ask,
    Item,
    Matrix,
    Single,
    competency_item,
    domain_item,
    overall_item,
    profile_item,
)
from exports.consultation_material import Material
from exports.document import Fact
from exports.documents.consultation_form import Invitation
from exports.templating import moment
from exports.word.item_words import write_item
from exports.word.opening import write_citation
from exports.word.sheet import Sheet
from frameworks.wording import compare_texts

NOT_ANSWERED = "Not answered"
_WHOLE = "The domain as a whole"


@dataclass(frozen=True, slots=True)
class DraftPart:
    """What is asked about under one heading, with what was answered."""

    title: str
    items: tuple[Item, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class DraftResponse:
    """All of a draft at a moment."""

    invitation: Invitation
    framework_title: str
    questionnaire: str
    as_of: dt.datetime
    about: tuple[Fact, ...]
    parts: tuple[DraftPart, ...]
    language: str
    citation: str
    digest: str

    @property
    def words(self) -> str:
        """What stands at the head of every page."""
        return f"Draft: not sent. As it was on {moment(self.as_of)}"


def make_draft_response(
    material: Material,
    *,
    invitation: Invitation,
    as_of: dt.datetime,
    about: Sequence[Fact],
    chosen: Collection[str],
    positions: Collection[str],
    answers: Answers,
) -> DraftResponse:
    """Return a draft with everything that its writers are asked, answered or not.

    `chosen` are the keys of competencies, `positions` of profiles; answers about others are not
    part of the response. `as_of` is an aware time.
    """
    framework = material.framework
    known = tuple(each for each in framework.profiles if each.key in positions)
    parts = []
    for domain in framework.domains:
        competencies = [each for each in domain.all_competencies() if each.key in chosen]
        if competencies:
            items = [competency_item(material, each, answers, known) for each in competencies]
            whole = replace(domain_item(material, domain, answers), title=_WHOLE, language="")
            language = material.language_of(domain.key)
            parts.append(DraftPart(domain.title, (*items, whole), language))
    if known:
        asked = tuple(profile_item(material, each, answers) for each in known)
        parts.append(DraftPart("Positions", asked))
    parts.append(DraftPart("Overall", (overall_item(material, answers),)))
    return DraftResponse(
        invitation=invitation,
        framework_title=framework.title,
        questionnaire=material.questionnaire,
        as_of=as_of,
        about=tuple(about),
        parts=tuple(parts),
        language=material.published.framework.language,
        citation=str(material.published.reference),
        digest=material.published.digest,
    )


def draft_file(draft: DraftResponse) -> bytes:
    """Return the draft as a Word file; the same draft gives the same bytes."""
    title = draft.invitation.title
    sheet = Sheet(
        title=f"Draft response: {title}",
        subject=f"Response to a consultation on {draft.citation}",
        language=draft.language,
        made_at=draft.as_of,
    )
    sheet.head(draft.words)
    write_citation(sheet, draft.citation, draft.digest)
    sheet.title(f"Draft response: {title}", draft.words)
    for label, value in (
        ("Consultation by", draft.invitation.organisation),
        ("Closes", moment(draft.invitation.closes_at)),
        ("About", f"{draft.framework_title}, {draft.citation}"),
        ("Questions", draft.questionnaire),
        ("Contact", draft.invitation.contact),
    ):
        sheet.fact(label, value)
    sheet.heading(1, "Who is responding")
    for fact in draft.about:
        sheet.fact(fact.label, fact.value or "Not given")
    for part in draft.parts:
        items = [each for each in part.items if each.asks]
        if items:
            sheet.heading(1, part.title, part.language)
            for item in items:
                write_item(sheet, item)
                _write_answers(sheet, item.asks)
    return sheet.content()


def _write_answers(sheet: Sheet, asks: Sequence[Ask]) -> None:
    for ask in asks:
        if isinstance(ask, Matrix):
            _write_matrix(sheet, ask)
        else:
            _write_single(sheet, ask)


def _write_matrix(sheet: Sheet, asked: Matrix) -> None:
    sheet.question(asked.question, language=asked.language)
    sheet.table(
        asked.question,
        ("Position", "Answer"),
        ((row.position, ", ".join(row.said.labels) or NOT_ANSWERED) for row in asked.rows),
        asked.language,
    )


def _write_single(sheet: Sheet, ask: Single) -> None:
    said = ask.said
    sheet.question(said.question, language=ask.language)
    if said.is_blank:
        sheet.none(NOT_ANSWERED)
    elif said.labels:
        sheet.text(", ".join(said.labels), language=ask.language)
    elif ask.present:
        _write_change(sheet, ask)
    else:
        sheet.text(said.text)


def _write_change(sheet: Sheet, ask: Single) -> None:
    change = compare_texts(ask.present, ask.said.text)
    sheet.heading(3, "Present wording")
    sheet.text(ask.present, "Quote", ask.present_language)
    sheet.heading(3, "Suggested wording")
    sheet.text(ask.said.text, "Quote", ask.present_language)
    sheet.heading(3, "What changes")
    sheet.marked(change.pieces, ask.present_language)
