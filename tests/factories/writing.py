"""A consultation that is open, and somebody who writes a response to it, by services alone."""

from __future__ import annotations

import datetime as dt
import uuid

from frameworks.library import Library
from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import (
    BEFORE,
    DURING,
    SECRETS,
    a_lead,
    a_respondent,
    open_created,
    shipped_details,
)
from webapp.accounts.services import add_organisation
from webapp.consultations import services
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.response import Attempt, Clash, Draft, Receipt
from webapp.persistence import Session

LIBRARY = Library.shipped()
LEAD = a_lead()
SPEAKING = "culture.speaking-up"
COMMENT = AnswerKey(SPEAKING, "comment")
ACTION = AnswerKey(SPEAKING, "action")


def organisation(session: Session, slug: str) -> uuid.UUID:
    """Add an organisation."""
    return add_organisation(session, slug=slug, name=slug.title(), kind="icb", now=BEFORE).id


def a_draft_consultation(session: Session, **changes: object) -> Consultation:
    """Create a consultation of an organisation of its own."""
    written = shipped_details(**changes)
    return services.create_consultation(
        session,
        organisation_id=organisation(session, f"of-{written.slug}"),
        details=written,
        library=LIBRARY,
        by=LEAD,
        now=BEFORE,
    )


def open_it(session: Session, created: Consultation, now: dt.datetime = BEFORE) -> Consultation:
    """Open a consultation."""
    return open_created(session, created, LIBRARY, LEAD, now)


def an_open_consultation(session: Session, slug: str = "example-region") -> Consultation:
    """Create a consultation and open it."""
    return open_it(session, a_draft_consultation(session, slug=slug))


def asking_of(consultation: Consultation) -> Asking:
    """Return what a consultation asks."""
    return services.get_asking(LIBRARY, consultation)


class Writer:
    """A respondent who writes one response; every step is a call of a service."""

    def __init__(
        self, session: Session, consultation: Consultation, now: dt.datetime = DURING
    ) -> None:
        self.session, self.consultation, self.now = session, consultation, now
        self.asking = asking_of(consultation)
        self.token = services.start_draft(session, consultation_id=consultation.id, now=now)
        self.key = self.key_of(self.draft.id)

    @staticmethod
    def key_of(draft_id: uuid.UUID) -> str:
        return services.submission_key(SECRETS[0], draft_id)

    @property
    def draft(self) -> Draft:
        draft = services.find_draft(
            self.session, consultation_id=self.consultation.id, token=self.token
        )
        assert draft is not None
        return draft

    def introduce(self, **changes: object) -> None:
        services.save_respondent(
            self.session,
            consultation_id=self.consultation.id,
            token=self.token,
            asking=self.asking,
            respondent=a_respondent(**changes),
            now=self.now,
        )

    def choose(self, *keys: str) -> None:
        services.save_choices(
            self.session,
            consultation_id=self.consultation.id,
            token=self.token,
            asking=self.asking,
            chosen=keys,
            now=self.now,
        )

    def answer(self, key: AnswerKey, given: Given, revision: int = 0) -> tuple[Clash, ...]:
        return services.save_answers(
            self.session,
            consultation_id=self.consultation.id,
            token=self.token,
            asking=self.asking,
            item_key=key.item,
            attempts=[Attempt(key, given, revision)],
            now=self.now,
        )

    def write_everything(self) -> None:
        self.introduce()
        self.choose(SPEAKING)
        self.answer(COMMENT, Given(text="Say who listens."))

    def send(self, **changes: object) -> Receipt:
        values: dict[str, object] = {
            "slug": self.consultation.slug,
            "token": self.token,
            "key": self.key,
            "library": LIBRARY,
            "secrets": SECRETS,
            "now": self.now,
        }
        return services.submit_response(self.session, **(values | changes))  # type: ignore[arg-type]  # Any of them.
