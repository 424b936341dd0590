"""What is attached to the consultations of the example, and its privacy notice."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.consultations import services
from webapp.consultations.attaching import TEXT, StoredFile
from webapp.consultations.consultation import Actor
from webapp.consultations.editions import DocumentKind
from webapp.files import FileStore
from webapp.persistence import Session

PRIVACY_NOTICE = """The Board Leadership Programme is the controller of the personal data in your \
response. It is an example, and so is everything on this page.

We use your response to decide what the framework says, and to show how we decided. The lawful \
basis is that this is a task in the public interest (Article 6(1)(e) of the UK GDPR).

The team that runs the consultation reads your response. What is published depends on what you \
chose when you sent it. We keep names and contact details for two years after the consultation \
closes, and then erase them.

We may have to disclose what we hold under the Freedom of Information Act 2000. You can ask to see \
your data, to have it corrected or to object to its use: write to board.programme@example.org. You \
can complain to the Information Commissioner’s Office."""

ASSESSMENT = """Equality and health inequalities impact assessment

Board leadership framework, version 1.1

Who could be affected: people who apply for board positions, and those who are members already.

What we looked at: the words of each competency, whether examples suit people with different
experience, and whether anybody needs an adjustment to show what is asked for.

What we found: three behaviours assumed unpaid work in the evening. They were worded anew. Nothing
else was found that makes a position harder to reach for people who share a protected
characteristic.

What we shall do: ask about this in the consultation, and look at it again before deciding.
"""

SUMMARY = """Board leadership framework, version 1.1: a summary

Version 1.1 words several competencies more plainly and adds behaviours and questions where panels
and appraisers asked for them. The domains stay as they are.
"""


def attach_papers(
    session: Session, consultation_id: uuid.UUID, files: FileStore, by: Actor, now: dt.datetime
) -> None:
    """Attach a summary and an impact assessment to a draft."""
    for kind, title, name, text in (
        (DocumentKind.CONSULTATION_DOCUMENT, "Summary of version 1.1", "summary.txt", SUMMARY),
        (
            DocumentKind.IMPACT_ASSESSMENT,
            "Equality and health inequalities impact assessment",
            "impact-assessment.txt",
            ASSESSMENT,
        ),
    ):
        content = text.encode()
        services.attach_document(
            session,
            consultation_id=consultation_id,
            kind=kind,
            title=title,
            file=StoredFile(name, TEXT, files.put(content), len(content)),
            by=by,
            now=now,
        )
