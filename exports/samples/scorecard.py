"""Sample scorecards: an interview, a shortlisting and a stakeholder group."""

from __future__ import annotations

import datetime as dt

from exports.documents.scorecard import Scorecard, make_scorecard
from exports.samples.framework import sample_framework
from frameworks.interview import ChosenQuestion, interview_kit, suggest_questions
from frameworks.model import AssessAt


def sample(stage: AssessAt = AssessAt.INTERVIEW) -> Scorecard:
    """Return a card for a chair; its last question covers two competencies at once."""
    framework = sample_framework()
    both = ChosenQuestion(
        text="Where did fairness and the pressure to perform pull in different directions?",
        competencies=("culture.fairness", "governance.constructive-challenge"),
    )
    suggested = suggest_questions(framework, "provider-chair", stage)
    return make_scorecard(
        interview_kit(framework, "provider-chair", stage, (*suggested, both)),
        organisation="Fairwater Hospitals NHS Foundation Trust",
        vacancy="FW-2026-014 Chair of the trust",
        made_on=dt.date(2026, 3, 2),
    )
