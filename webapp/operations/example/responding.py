"""How the people of the example write and send what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from frameworks.library import Library
from frameworks.questions import AnswerKey, Given
from webapp.config import Settings
from webapp.consultations.consultation import Consultation
from webapp.consultations.response import Attempt, Receipt
from webapp.consultations.services import (
    find_draft,
    get_asking,
    lodge_response,
    save_answers,
    save_choices,
    save_respondent,
    start_draft,
    submission_key,
    submit_response,
)
from webapp.operations.example.responses import ExampleResponse, Said
from webapp.persistence import Session


@dataclass(frozen=True)
class Responding:
    """One consultation that people of the example respond to."""

    session: Session
    consultation: Consultation
    library: Library
    settings: Settings

    def write(self, response: ExampleResponse, now: dt.datetime) -> str:
        """Write a response and return the secret with which it can be sent."""
        asking = get_asking(self.library, self.consultation)
        token = start_draft(self.session, consultation_id=self.consultation.id, now=now)
        save_respondent(
            self.session,
            consultation_id=self.consultation.id,
            token=token,
            asking=asking,
            respondent=response.respondent,
            now=now,
        )
        save_choices(
            self.session,
            consultation_id=self.consultation.id,
            token=token,
            asking=asking,
            chosen=[key for key in asking.competency_keys if key in response.items],
            now=now,
        )
        for item, said in groupby(sorted(response.said, key=_item), key=_item):
            save_answers(
                self.session,
                consultation_id=self.consultation.id,
                token=token,
                asking=asking,
                item_key=item,
                attempts=[_attempt(each) for each in said],
                now=now + dt.timedelta(minutes=9),
            )
        return token

    def send(self, token: str, now: dt.datetime, *held_for: str) -> Receipt:
        """Send what was written."""
        return submit_response(
            self.session,
            slug=self.consultation.slug,
            token=token,
            key=self._key(token),
            library=self.library,
            secrets=self.settings.secret_keys,
            now=now,
            held_for=held_for,
        )

    def lodge(self, token: str, reason: str, now: dt.datetime) -> Receipt:
        """Lodge what was written after the consultation closed."""
        return lodge_response(
            self.session,
            slug=self.consultation.slug,
            token=token,
            key=self._key(token),
            reason=reason,
            library=self.library,
            secrets=self.settings.secret_keys,
            now=now,
        )

    def _key(self, token: str) -> str:
        draft = find_draft(self.session, consultation_id=self.consultation.id, token=token)
        if draft is None:
            raise LookupError("a response of the example was not written")
        return submission_key(self.settings.secret_keys[0], draft.id)


def _item(said: Said) -> str:
    return said.item


def _attempt(said: Said) -> Attempt:
    choices = (said.choice,) if said.choice else ()
    key = AnswerKey(said.item, said.question, said.position)
    return Attempt(key, Given(choices=choices, text=said.text))
