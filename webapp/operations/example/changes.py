"""What was changed in the open consultation of the example, and what the public was told."""

from __future__ import annotations

import datetime as dt

from frameworks.library import Library
from webapp.consultations import services
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.revising import Revision
from webapp.persistence import Session

LATER_VERSION = "1.0.1"
NOTICE = (
    "The question on how necessary a competency is could be read in two ways. It now says at what "
    "moment somebody should have it. Answers that were given before still count, and are shown "
    "apart. You need not answer again, and you can change your answer if you want to."
)
LONGER_BY = dt.timedelta(days=7)
WHY_LONGER = (
    "A question was put right after the consultation had opened, so everybody has a week more."
)


def change_while_open(
    session: Session, consultation: Consultation, library: Library, by: Actor, now: dt.datetime
) -> None:
    """Ask a later version of the questionnaire since yesterday, and move the closing later."""
    changed_at = now - dt.timedelta(hours=20)
    before = services.get_consultation(session, consultation.id)
    revised = services.revise_consultation(
        session,
        consultation_id=before.id,
        revision=before.revision,
        change=Revision(NOTICE, LATER_VERSION, before.details.privacy_notice),
        library=library,
        by=by,
        now=changed_at,
    )
    services.extend_consultation(
        session,
        consultation_id=revised.id,
        closes_at=revised.details.period.closes_at + LONGER_BY,
        reason=WHY_LONGER,
        by=by,
        now=changed_at + dt.timedelta(minutes=30),
    )
