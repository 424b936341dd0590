"""Several colleagues with a response that they write together."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from frameworks.library import Library
from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import (
    BEFORE,
    DURING,
    a_lead,
    a_respondent,
    create_and_open,
    shipped_details,
)
from webapp.accounts.services import add_organisation
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.respondents import RespondsAs
from webapp.consultations.response import Attempt, Clash, Draft, Member
from webapp.persistence import Session
from webapp.security import tokens

LIBRARY = Library.shipped()
ORGANISATION = "Northmoor Community NHS Trust"
SPEAKING = "culture.speaking-up"
COMMENT = AnswerKey(SPEAKING, "comment")


class Acting(TypedDict):
    """What every service asks of whoever does something."""

    consultation_id: uuid.UUID
    token: str
    now: dt.datetime


@dataclass
class Holder:
    """Somebody with a pass to a response; every step is a call of a service."""

    consultation: Consultation
    token: str
    now: dt.datetime = DURING

    def act(self) -> Acting:
        """Return what every service asks of whoever does something."""
        return {"consultation_id": self.consultation.id, "token": self.token, "now": self.now}

    def find(self, session: Session) -> Draft | None:
        """Return the draft as this person sees it, or None."""
        return services.find_draft(session, consultation_id=self.consultation.id, token=self.token)

    def draft(self, session: Session) -> Draft:
        """Return the draft as this person sees it."""
        draft = self.find(session)
        assert draft is not None
        return draft

    def member(self, session: Session) -> Member:
        """Return who this person is among the colleagues."""
        member = self.draft(session).member
        assert member is not None
        return member

    def code(self, session: Session) -> str:
        """Return the joining code as this person sees it."""
        return services.find_joining(session, self.draft(session), self.token).code

    def answer(self, session: Session, text: str, revision: int = 0) -> tuple[Clash, ...]:
        """Save a comment on one competency."""
        return services.save_answers(
            session,
            consultation_id=self.consultation.id,
            token=self.token,
            asking=services.get_asking(LIBRARY, self.consultation),
            item_key=SPEAKING,
            attempts=[Attempt(COMMENT, Given(text=text), revision)],
            now=self.now,
        )

    def note(self, session: Session, text: str, item_key: str = SPEAKING) -> None:
        """Write a note about an item."""
        services.add_note(
            session,
            consultation_id=self.consultation.id,
            token=self.token,
            item_key=item_key,
            text=text,
            now=self.now,
        )


def an_open_consultation(session: Session, slug: str = "example-region") -> Consultation:
    """Open a consultation of an organisation of its own."""
    by = a_lead()
    owner = add_organisation(session, slug=f"of-{slug}", name=slug, kind="icb", now=BEFORE)
    return create_and_open(
        session,
        organisation_id=owner.id,
        details=shipped_details(slug=slug),
        library=LIBRARY,
        by=by,
        now=BEFORE,
    )


def somebody_alone(
    session: Session, consultation: Consultation, now: dt.datetime = DURING
) -> Holder:
    """Start a response for an organisation, written by one person."""
    token = services.start_draft(session, consultation_id=consultation.id, now=now)
    holder = Holder(consultation, token, now)
    services.save_respondent(
        session,
        consultation_id=consultation.id,
        token=token,
        asking=services.get_asking(LIBRARY, consultation),
        respondent=a_respondent(
            responds_as=RespondsAs.ORGANISATION,
            respondent_class="community",
            organisation_name=ORGANISATION,
            name="",
            positions=(),
        ),
        now=now,
    )
    services.save_choices(
        session,
        consultation_id=consultation.id,
        token=token,
        asking=services.get_asking(LIBRARY, consultation),
        chosen=[SPEAKING, "culture.compassion"],
        now=now,
    )
    return holder


def join(session: Session, lead: Holder, name: str, minutes: int = 1) -> Holder:
    """Let somebody join with the code that a lead sees."""
    now = lead.now + dt.timedelta(minutes=minutes)
    token = services.join_response(
        session,
        consultation_id=lead.consultation.id,
        code=lead.code(session),
        name=name,
        now=now,
    )
    assert token != lead.token
    assert len(tokens.read_code(token)) == tokens.PASS_LENGTH
    return Holder(lead.consultation, token, lead.now)


def a_team(
    session: Session,
    consultation: Consultation,
    names: Iterable[str] = ("Ben Hall", "Cat Ng"),
    now: dt.datetime = DURING,
) -> tuple[Holder, ...]:
    """Make a lead called Asha Rao, and colleagues who joined."""
    lead = somebody_alone(session, consultation, now)
    services.start_together(session, **lead.act(), name="Asha Rao")
    joined = [join(session, lead, name, n) for n, name in enumerate(names, 1)]
    return (lead, *joined)
