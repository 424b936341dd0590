"""A sample of every document, for tests and pictures; the module is named like its document."""

from __future__ import annotations

from exports.document import Document
from exports.documents.consultation_form import Size
from exports.documents.review_record import RecordState
from exports.samples import (
    booklet,
    consultation_form,
    person_specification,
    receipt,
    review_record,
    scorecard,
)
from frameworks.model import AssessAt


def samples() -> dict[str, Document]:
    """Return every sample by name, with the variants that look different."""
    cards = {f"scorecard-{stage.value}": scorecard.sample(stage) for stage in AssessAt}
    records = {f"review-{state.value}": review_record.sample(state) for state in RecordState}
    return {
        "booklet": booklet.sample(),
        "person-specification": person_specification.sample(),
        "receipt": receipt.sample(),
        "consultation-form": consultation_form.sample(),
        "consultation-form-large": consultation_form.sample(Size.LARGE),
        **cards,
        **records,
    }
