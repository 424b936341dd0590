"""What the team of the example has done with the responses to its closed consultation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from webapp.campaigns import services as campaigns
from webapp.campaigns.campaign import Decided, DecisionKind
from webapp.campaigns.finding import find_at_once
from webapp.consultations.consultation import Actor
from webapp.consultations.redacting import Passage, Reason, Span, places_of
from webapp.extracts.extract import FileFormat, Layout, Options
from webapp.extracts.services import request_extract
from webapp.operations.example.first_round import Team
from webapp.operations.example.responding import Responding
from webapp.operations.example.voices.people import LEADS_TO_SOMEBODY
from webapp.publication import services as publication
from webapp.publication.marking import cut_of
from webapp.publication.ruling import NotedCut, Outcome, Verdict
from webapp.publication.suggesting import suggest
from webapp.web.paging import Part

NAME = "Safe voices"
RULED = 40
"""How many responses were looked at by a moderator."""

CHECKED = 30
"""How many of those by a second one too."""

MINUTE = dt.timedelta(minutes=1)


def look_after(responding: Responding, team: Team, now: dt.datetime) -> None:
    """Moderate the first responses, review campaigns and ask for an export."""
    moderate(responding, team, now - dt.timedelta(hours=8))
    review_campaigns(responding, team.lead, now - dt.timedelta(hours=5))
    options = Options(Layout.COMMENTS, FileFormat.XLSX)
    request_extract(responding.session, responding.consultation.id, options, by=team.lead, now=now)


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
        campaigns.decide(session, group, decided, by=by, now=now + revision * MINUTE)


def moderate(responding: Responding, team: Team, now: dt.datetime) -> None:
    """Rule on the responses with personal details and on the first others.

    Most rulings were looked at by a second person, one was sent back, and some still wait.
    """
    session, consultation_id = responding.session, responding.consultation.id
    first = publication.list_to_moderate(session, consultation_id, 1)
    waiting = list(first.rows)
    for page in range(2, Part(1, publication.IN_A_QUEUE, first.total).of + 1):
        waiting += publication.list_to_moderate(session, consultation_id, page).rows
    waiting.sort(key=lambda each: -each.suggestions)
    for place, queued in enumerate(islice(waiting, RULED)):
        reference = queued.waiting.reference
        _propose(responding, team, reference, now + place * MINUTE)
        if place < CHECKED:
            _look(responding, team, reference, place, now + (place + 60) * MINUTE)


def _propose(responding: Responding, team: Team, reference: str, at: dt.datetime) -> None:
    session, consultation_id = responding.session, responding.consultation.id
    case = publication.find_case(session, consultation_id, reference)
    if case is None:
        raise LookupError(reference)
    passages = [each for each in case.passages if not each.is_about_sender]
    suggested = [
        NotedCut(cut_of(passage, Span(found.start, found.end, Reason.PERSONAL)))
        for passage in passages
        for found in suggest(passage.text)
    ]
    publication.propose_ruling(
        session,
        consultation_id=consultation_id,
        reference=reference,
        seen=0,
        outcome=Outcome.PUBLISH,
        cuts=[*suggested, *(cut for passage in passages for cut in _read_out(passage))],
        accepted=len(suggested),
        by=team.moderator,
        now=at,
    )


def _read_out(passage: Passage) -> Iterator[NotedCut]:
    """Yield what no rule finds, because only a reader knows that it leads to somebody."""
    for words, is_of_others in LEADS_TO_SOMEBODY:
        reason = Reason.SOMEBODY_ELSE if is_of_others else Reason.PERSONAL
        for start, end in places_of(passage.text, words):
            yield NotedCut(cut_of(passage, Span(start, end, reason)))


def _look(responding: Responding, team: Team, reference: str, place: int, at: dt.datetime) -> None:
    send_back = place == CHECKED - 1
    publication.look_at_ruling(
        responding.session,
        consultation_id=responding.consultation.id,
        reference=reference,
        number=1,
        verdict=Verdict.SENT_BACK if send_back else Verdict.APPROVED,
        reason="Please look again: is this somebody whom colleagues would know?"
        if send_back
        else "",
        by=team.second_moderator,
        now=at,
    )
