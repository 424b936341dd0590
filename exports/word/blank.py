"""The blank consultation as a Word file, with room to answer."""

from __future__ import annotations

from exports.consultation_items import Ask, Item, Matrix, Single
from exports.documents.consultation_form import ConsultationForm
from exports.templating import moment
from exports.word.item_words import write_item
from exports.word.opening import write_citation, write_invitation
from exports.word.sheet import Sheet

_REWORD = "The present wording is above. Write here how you would word it instead."
_LINE, _LINES = 10, 40
"""How high the room for a line and for paragraphs is at the least, in millimetres."""


def blank_consultation(form: ConsultationForm) -> bytes:
    """Return the form as a Word file; the same form gives the same bytes."""
    sheet = Sheet(
        title=f"Response form: {form.title}",
        subject=f"Consultation on {form.citation}",
        language=form.language,
        made_at=form.invitation.opens_at,
    )
    write_citation(sheet, form.citation, form.digest)
    sheet.title(form.title, f"Response form. Closes on {moment(form.invitation.closes_at)}")
    write_invitation(sheet, form.invitation, f"{form.framework_title}, {form.citation}")
    sheet.heading(1, "How to answer")
    sheet.text(
        "You can leave out any question, and answer only about the competencies and positions that"
        " you want to answer about. Tick a box by clicking on it or with a pen. A box for words"
        " grows as you type. Please write nothing about a person who could be recognised."
    )
    sheet.text(
        f"Send this form back so that it arrives before {moment(form.invitation.closes_at)}, to:"
        f" {form.invitation.contact}"
    )
    sheet.heading(1, "About you")
    for part in form.about:
        sheet.heading(2, part.title)
        if part.guidance:
            sheet.text(part.guidance)
        _write_asks(sheet, part.asks)
    for domain in form.domains:
        sheet.heading(1, domain.title, domain.whole.language)
        if domain.looks_like:
            sheet.text(domain.looks_like, language=domain.whole.language)
        for item in domain.competencies:
            _write_item(sheet, item)
        if domain.whole.asks:
            sheet.heading(2, f"The domain as a whole: {domain.title}")
            _write_asks(sheet, domain.whole.asks)
    if any(each.asks for each in form.positions):
        sheet.heading(1, "Positions")
        for item in form.positions:
            _write_item(sheet, item)
    if form.overall.asks:
        sheet.heading(1, form.overall.title)
        _write_asks(sheet, form.overall.asks)
    return sheet.content()


def _write_item(sheet: Sheet, item: Item) -> None:
    write_item(sheet, item)
    _write_asks(sheet, item.asks)


def _write_asks(sheet: Sheet, asks: tuple[Ask, ...]) -> None:
    for ask in asks:
        if isinstance(ask, Matrix):
            _write_matrix(sheet, ask)
        else:
            _write_single(sheet, ask)


def _write_single(sheet: Sheet, ask: Single) -> None:
    said = ask.said
    if ask.present:
        sheet.question(said.question, language=ask.language)
        sheet.hint(_REWORD)
    else:
        sheet.question(said.question, said.hint, ask.language)
    if said.choices:
        sheet.options([each.label for each in said.choices], ask.language)
    else:
        sheet.room(f"Room for your answer: {said.question}", _LINES if ask.is_lengthy else _LINE)


def _write_matrix(sheet: Sheet, asked: Matrix) -> None:
    sheet.question(asked.question, asked.hint, asked.language)
    if asked.is_compact:
        sheet.hint("Tick one in each row, for the positions that you know.")
        head = ("Position", *asked.labels)
        sheet.boxes(asked.question, head, (row.position for row in asked.rows), asked.language)
        return
    sheet.hint("Tick one for each position that you know.")
    for row in asked.rows:
        sheet.question(row.position, language=asked.language)
        sheet.options(asked.labels, asked.language)
