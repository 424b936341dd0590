"""What the team of the example has done with the responses to its closed consultation."""

from __future__ import annotations

import datetime as dt

from webapp.campaigns import services as campaigns
from webapp.campaigns.campaign import Decided, DecisionKind
from webapp.campaigns.finding import find_at_once
from webapp.consultations.consultation import Actor
from webapp.operations.example.responding import Responding

NAME = "Safe voices"


def review_campaigns(responding: Responding, by: Actor, now: dt.datetime) -> None:
    """Find the campaigns, name the largest and confirm it; the other is left to be looked at."""
    session, consultation = responding.session, responding.consultation
    find_at_once(session, responding.library, consultation, by=by, now=now)
    largest = campaigns.list_campaigns(session, consultation.id)[0]
    seen = "The same text was on the website of a group that asked people to send it."
    for revision, decided in enumerate(
        (
            Decided(DecisionKind.CAMPAIGN, 0, seen),
            Decided(DecisionKind.NAMED, 1, "It is what the group calls itself.", NAME),
        )
    ):
        group = campaigns.get_campaign(session, consultation.id, largest.number)
        campaigns.decide(session, group, decided, by=by, now=now + dt.timedelta(minutes=revision))
