"""The closed consultation of the example, to which very many people responded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from frameworks.questions import AnswerKey, Given
from webapp.consultations.consultation import Actor
from webapp.consultations.respondents import Channel
from webapp.consultations.services import (
    decide,
    record_response,
    start_replacement,
    withdraw_response,
)
from webapp.consultations.submissions import SURGE, Decision
from webapp.consultations.traps import FILLED_IN
from webapp.operations.example.crowd import Fate, Voice, crowd
from webapp.operations.example.responding import Responding

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Team:
    """Who looks after the responses."""

    lead: Actor
    officer: Actor
    moderator: Actor
    second_moderator: Actor


def hear_everybody(responding: Responding, team: Team, number: int, now: dt.datetime) -> None:
    """Have so many people respond, and what becomes of some responses happen to them."""
    for place, voice in enumerate(crowd(number)):
        at = _moment(responding, voice, place)
        if voice.channel is not Channel.WEB:
            _take_in(responding, team, voice, place, at, now)
        elif voice.fate in (Fate.LATE, Fate.ADMITTED_LATE):
            _lodge(responding, team, voice, place, now)
        else:
            _send(responding, voice, at)


def _moment(responding: Responding, voice: Voice, place: int) -> dt.datetime:
    """Return when somebody sends: between breakfast and bedtime, within the period."""
    opens_at, ends_at = (
        responding.consultation.details.period.opens_at,
        responding.consultation.ends_at,
    )
    at = opens_at + (ends_at - opens_at) * voice.at
    if at.hour < 6:
        at += 5 * HOUR
    at = at.replace(minute=place * 37 % 60, second=place * 11 % 60, microsecond=0)
    return min(max(at, opens_at + HOUR), ends_at - HOUR)


def _send(responding: Responding, voice: Voice, at: dt.datetime) -> None:
    token = responding.write(voice.response, at - HOUR / 2)
    held_for = {Fate.HELD: (FILLED_IN,), Fate.IN_A_SURGE: (SURGE,)}.get(voice.fate, ())
    receipt = responding.send(token, at, *held_for)
    if voice.fate is Fate.REPLACED:
        again = start_replacement(
            responding.session, code=receipt.code, library=responding.library, now=at
        )
        responding.send(again, at + HOUR / 4)
    elif voice.fate is Fate.WITHDRAWN:
        withdraw_response(responding.session, code=receipt.code, now=at + HOUR / 4)


def _lodge(responding: Responding, team: Team, voice: Voice, place: int, now: dt.datetime) -> None:
    closed_at = responding.consultation.ends_at
    token = responding.write(voice.response, closed_at - DAY)
    reason = "I was in hospital until the day before, and could not finish in time."
    receipt = responding.lodge(token, reason, closed_at + DAY + place * dt.timedelta(minutes=1))
    if voice.fate is Fate.ADMITTED_LATE:
        decide(
            responding.session,
            consultation_id=responding.consultation.id,
            reference=receipt.reference,
            decision=Decision.ADMIT,
            reason="Illness is a reason that we said we would accept.",
            by=team.lead,
            now=now,
        )


def _take_in(
    responding: Responding,
    team: Team,
    voice: Voice,
    place: int,
    at: dt.datetime,
    now: dt.datetime,
) -> None:
    """Take in what came on paper, which a second person compared with it."""
    record_response(
        responding.session,
        consultation_id=responding.consultation.id,
        respondent=voice.response.respondent,
        answers={
            AnswerKey(each.item, each.question, each.position): Given(
                choices=(each.choice,) if each.choice else (), text=each.text
            )
            for each in voice.response.said
        },
        channel=voice.channel,
        received_at=at,
        key=f"example {place}",
        library=responding.library,
        taken_in_by=team.officer,
        checked_by=team.lead,
        now=min(at + 2 * DAY, now),
    )
