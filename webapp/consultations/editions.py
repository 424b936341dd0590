"""What respondents are shown at a moment, as one numbered whole with the digest of each part."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from frameworks.digest import texts_digest
from webapp.consultations.consultation import Details


class DocumentKind(StrEnum):
    """What an attached file is to a consultation."""

    CONSULTATION_DOCUMENT = "consultation-document"
    IMPACT_ASSESSMENT = "impact-assessment"
    SUPPORTING = "supporting"


KIND_LABELS = {
    DocumentKind.CONSULTATION_DOCUMENT: "Consultation document",
    DocumentKind.IMPACT_ASSESSMENT: "Impact assessment",
    DocumentKind.SUPPORTING: "Supporting document",
}


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """A file that is attached to a consultation; `sha256` is of its bytes, 64 digits.

    `first_edition` is None while the consultation is a draft, `last_edition` while it is shown.
    """

    id: uuid.UUID
    kind: DocumentKind
    title: str
    file_name: str
    media_type: str
    sha256: str
    size: int
    added_at: dt.datetime
    first_edition: int | None = None
    last_edition: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that respondents were shown from a moment on; never changed afterwards.

    `texts` are the words of the consultation by field, `documents` the attached files by title
    with their digests. `notice` is what the public was told about the change; empty for the first.
    """

    number: int
    shown_from: dt.datetime
    notice: str
    texts: dict[str, str]
    texts_digest: str
    privacy_notice_digest: str
    framework_digest: str
    questionnaire_version: str
    questionnaire_digest: str
    documents: tuple[tuple[str, str], ...]
    impact_assessment_digest: str


SHOWN_TEXTS = (
    "title",
    "purpose",
    "open_to_change",
    "not_open_to_change",
    "alternatives",
    "use_of_answers",
    "decided_by",
    "authority",
    "privacy_notice",
    "formats",
    "contact",
)
"""The fields of the details whose words respondents are shown."""


def make_edition(
    details: Details,
    documents: Iterable[AttachedDocument],
    *,
    number: int,
    shown_from: dt.datetime,
    notice: str,
    framework_digest: str,
    questionnaire_digest: str,
) -> Edition:
    """Return what is shown with these details and these documents."""
    shown = tuple(documents)
    texts = {name: getattr(details, name) for name in SHOWN_TEXTS}
    texts["decides_on"] = details.decides_on.isoformat() if details.decides_on else ""
    assessment = [each for each in shown if each.kind is DocumentKind.IMPACT_ASSESSMENT]
    return Edition(
        number=number,
        shown_from=shown_from,
        notice=notice,
        texts=texts,
        texts_digest=texts_digest(texts),
        privacy_notice_digest=texts_digest({"privacy_notice": details.privacy_notice}),
        framework_digest=framework_digest,
        questionnaire_version=details.questionnaire_version,
        questionnaire_digest=questionnaire_digest,
        documents=tuple((each.title, f"sha256:{each.sha256}") for each in shown),
        impact_assessment_digest=f"sha256:{assessment[-1].sha256}" if assessment else "",
    )
