"""The rows of consultations, drafts and submissions."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table

from webapp.consultations.models.consultations import (
    ConsultationDocumentRow,
    ConsultationEditionRow,
    ConsultationEventRow,
    ConsultationPreviewRow,
    ConsultationRow,
)
from webapp.consultations.models.drafts import (
    DraftAnswerRow,
    DraftAssignmentRow,
    DraftMemberRow,
    DraftNoteRow,
    DraftPassRow,
    DraftRow,
)
from webapp.consultations.models.submissions import (
    AnswerRow,
    AnswerTextRow,
    RedactedAnswerRow,
    RedactedPersonRow,
    SubmissionEventRow,
    SubmissionPersonRow,
    SubmissionPositionRow,
    SubmissionRecordingRow,
    SubmissionRow,
)
from webapp.persistence import Base

__all__ = [
    "AnswerRow",
    "AnswerTextRow",
    "ConsultationDocumentRow",
    "ConsultationEditionRow",
    "ConsultationEventRow",
    "ConsultationPreviewRow",
    "ConsultationRow",
    "DraftAnswerRow",
    "DraftAssignmentRow",
    "DraftMemberRow",
    "DraftNoteRow",
    "DraftPassRow",
    "DraftRow",
    "RedactedAnswerRow",
    "RedactedPersonRow",
    "SubmissionEventRow",
    "SubmissionPersonRow",
    "SubmissionPositionRow",
    "SubmissionRecordingRow",
    "SubmissionRow",
    "table_of",
]


def table_of(row: type[Base]) -> Table:
    """Return the table of a row, for statements that need no objects."""
    return cast(Table, row.__table__)
