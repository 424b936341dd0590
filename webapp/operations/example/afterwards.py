"""What became of some responses of the example, so that there is something to decide about."""

from __future__ import annotations

import datetime as dt

from webapp.consultations.consultation import Actor
from webapp.consultations.respondents import Interest, Publish, Respondent, RespondsAs
from webapp.consultations.services import (
    change_permission,
    decide,
    start_replacement,
    withdraw_response,
)
from webapp.consultations.submissions import SURGE, Decision
from webapp.consultations.traps import FILLED_IN
from webapp.operations.example.responding import Responding
from webapp.operations.example.responses import ExampleResponse, Said

CHAIR = "provider-chair"

WITH_INTERESTS = ExampleResponse(
    Respondent(
        responds_as=RespondsAs.ORGANISATION,
        respondent_class="search-firm",
        region="national",
        publish=Publish.NAMED,
        organisation_name="Harrow Lane Board Search",
        gathered="Written by two partners from forty appointments since 2021.",
        role="Partner",
        interest=Interest.DECLARED,
        interests="We are paid to find candidates for the positions that these profiles describe.",
        positions=(CHAIR,),
    ),
    (
        Said("culture.compassion", "clarity", "mostly-clear"),
        Said("culture.compassion", "action", "reword"),
        Said(
            "culture.compassion",
            "wording",
            text="I lead with compassion: I listen to understand, I say plainly what is hard, and "
            "I act so that people are cared for.",
        ),
        Said(
            "culture.compassion",
            "comment",
            text="Candidates describe feelings where panels need conduct. Say what somebody does.",
        ),
        Said("consultation", "overall", "with-small-changes"),
    ),
)
HELD = ExampleResponse(
    Respondent(
        responds_as=RespondsAs.INDIVIDUAL,
        respondent_class="patient",
        region="north-west",
        publish=Publish.UNNAMED,
    ),
    (
        Said("quality.patient-voice", "action", "keep"),
        Said(
            "quality.patient-voice",
            "comment",
            text="I fill in forms with a program that reads the screen to me. Please make sure "
            "that boards hear people like me as well.",
        ),
    ),
)
IN_A_SURGE = ExampleResponse(
    Respondent(
        responds_as=RespondsAs.INDIVIDUAL,
        respondent_class="nhs-staff",
        region="london",
        publish=Publish.UNNAMED,
    ),
    (
        Said("culture.well-being", "clarity", "very-clear"),
        Said("culture.well-being", "comment", text="Our union’s newsletter sent me here."),
    ),
)
REPLACED = ExampleResponse(
    Respondent(
        responds_as=RespondsAs.INDIVIDUAL,
        respondent_class="board-member",
        region="midlands",
        publish=Publish.NAMED,
        name="Oluwaseun Adeyinka",
        role="Non-executive director",
        interest=Interest.NONE,
        positions=(CHAIR,),
    ),
    (
        Said("governance.chairing", "necessity", "essential", position=CHAIR),
        Said("governance.chairing", "clarity", "mostly-clear"),
        Said("governance.chairing", "comment", text="Say that a chair ends meetings on time."),
    ),
)
WITHDRAWN = ExampleResponse(
    Respondent(
        responds_as=RespondsAs.INDIVIDUAL,
        respondent_class="other-individual",
        region="",
        publish=Publish.NOT_AT_ALL,
    ),
    (Said("finance.value", "comment", text="Sent too soon."),),
)
IN_TIME = ExampleResponse(
    Respondent(
        responds_as=RespondsAs.INDIVIDUAL,
        respondent_class="governor",
        region="south-west",
        publish=Publish.UNNAMED,
        positions=(CHAIR,),
    ),
    (
        Said("governance.chairing", "necessity", "essential", position=CHAIR),
        Said("governance.chairing", "action", "keep"),
    ),
)
LATE = ExampleResponse(
    Respondent(
        responds_as=RespondsAs.ORGANISATION,
        respondent_class="governors",
        region="south-west",
        publish=Publish.NAMED,
        organisation_name="Council of Governors of Northmoor University Hospitals",
        gathered="Agreed at the council’s meeting.",
        positions=(CHAIR,),
    ),
    (
        Said("governance.chairing", "necessity", "essential", position=CHAIR),
        Said(
            "governance.chairing",
            "comment",
            text="A chair of a foundation trust chairs the governors too: two meetings, two roles.",
        ),
    ),
)


def change_minds(responding: Responding, now: dt.datetime) -> None:
    """Send responses that are held, replaced, withdrawn or allowed less than at first."""
    session, hour = responding.session, dt.timedelta(hours=1)
    interested = responding.send(responding.write(WITH_INTERESTS, now), now + hour)
    change_permission(session, code=interested.code, publish=Publish.UNNAMED, now=now + 2 * hour)
    responding.send(responding.write(HELD, now), now + hour, FILLED_IN)
    for minutes in range(3):
        at = now + dt.timedelta(minutes=minutes)
        responding.send(responding.write(IN_A_SURGE, at), at + hour, SURGE)
    first = responding.send(responding.write(REPLACED, now), now + hour)
    again = start_replacement(
        session, code=first.code, library=responding.library, now=now + 2 * hour
    )
    responding.send(again, now + 3 * hour)
    regretted = responding.send(responding.write(WITHDRAWN, now), now + hour)
    withdraw_response(session, code=regretted.code, now=now + 2 * hour)


def come_late(responding: Responding, by: Actor, now: dt.datetime) -> None:
    """Send one response in time, and lodge two late: one was declined, one waits."""
    closed_at = responding.consultation.ends_at
    before, after = closed_at - dt.timedelta(days=2), closed_at + dt.timedelta(days=1)
    responding.send(responding.write(IN_TIME, before), before + dt.timedelta(hours=1))
    waiting = responding.write(LATE, before)
    too_late = responding.write(IN_A_SURGE, before)
    responding.lodge(
        waiting, "The council of governors met the day after the consultation closed.", after
    )
    declined = responding.lodge(too_late, "I forgot.", after)
    decide(
        responding.session,
        consultation_id=responding.consultation.id,
        reference=declined.reference,
        decision=Decision.DECLINE,
        reason="The reason that was given is none that we said we would accept.",
        by=by,
        now=now,
    )
