"""The empty forms that copies are made from: what is the same for everybody of a position."""

from __future__ import annotations

import datetime as dt

from exports.document import Document, published_day
from exports.documents.review_record import RecordState, make_review_record
from exports.documents.scorecard import make_scorecard
from frameworks.interview import first_of_each, interview_kit, suggest_questions
from frameworks.library import Published
from frameworks.model import AssessAt
from frameworks.review import review_form

USUAL_MOST = 8
"""How many questions a panel asks at most in one sitting."""


class NothingAssessed(ValueError):
    """Nothing is assessed of a position at a stage, so there is nothing to score."""


def blank_appraisal(published: Published, profile_key: str, on: dt.date) -> Document:
    """Return the review form of a position with the signatures that count on a day.

    KeyError for a position that the version does not have.
    """
    return make_review_record(
        review_form(published.framework, profile_key, on),
        state=RecordState.BLANK,
        made_on=published_day(published),
        language=published.framework.language,
    )


def blank_scorecard(
    published: Published,
    profile_key: str,
    stage: AssessAt,
    *,
    organisation: str = "",
    vacancy: str = "",
    most: int | None = None,
) -> Document:
    """Return the scorecard of a position and a stage with the framework's own questions.

    They are one a competency, what is essential and weighs most first: `most`, or eight where
    questions are asked aloud and all of them for an application. Raises NothingAssessed; KeyError
    for a position that the version does not have.
    """
    framework = published.framework
    questions = first_of_each(suggest_questions(framework, profile_key, stage))
    if most is not None or stage is not AssessAt.APPLICATION:
        questions = questions[: most or USUAL_MOST]
    if not questions:
        title = framework.profile(profile_key).title
        raise NothingAssessed(f"nothing is assessed at the stage {stage.value} for {title}")
    return make_scorecard(
        interview_kit(framework, profile_key, stage, questions),
        organisation=organisation,
        vacancy=vacancy,
        made_on=published_day(published),
        language=framework.language,
    )
