"""Consultations, what they ask, and responses to them, to be changed one part at a time."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from frameworks.digest import framework_digest, questionnaire_digest
from frameworks.library import Library
from frameworks.model import Framework
from frameworks.questionnaire import Questionnaire
from tests.factories.frameworks import a_framework, a_questionnaire
from webapp.consultations import services
from webapp.consultations.asking import Asking
from webapp.consultations.attaching import StoredFile
from webapp.consultations.consultation import Actor, Consultation, Details
from webapp.consultations.editions import DocumentKind
from webapp.consultations.opening import Period
from webapp.consultations.respondents import Publish, Respondent, RespondsAs
from webapp.persistence import Session, new_id

OPENS = dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 8, 3, 16, tzinfo=dt.UTC)
BEFORE = OPENS - dt.timedelta(days=7)
DURING = OPENS + dt.timedelta(days=7)
AFTER = CLOSES + dt.timedelta(days=1)
SECRETS = ("a secret of at least thirty-two characters",)


def an_asking(
    framework: Framework | None = None, questionnaire: Questionnaire | None = None
) -> Asking:
    """Bind the example framework and questionnaire, or others."""
    framework = framework or a_framework()
    questionnaire = questionnaire or a_questionnaire()
    return Asking(
        framework,
        questionnaire,
        framework_digest(framework),
        questionnaire_digest(questionnaire),
    )


def consultation_details(**changes: Any) -> Details:
    """Make the details of a nine-week consultation on the example framework."""
    values: dict[str, Any] = {
        "title": "Board competencies for the example region",
        "slug": "example-region",
        "purpose": "To find out which competencies boards need.",
        "open_to_change": "Every competency and its wording.",
        "not_open_to_change": "That there will be a framework.",
        "use_of_answers": "We publish what we heard and what we changed within 12 weeks.",
        "contact": "boards@example.org",
        "framework_slug": "board-example",
        "framework_version": "1.0.0-beta.1",
        "questionnaire_slug": "example-consultation",
        "questionnaire_version": "1.0.0",
        "period": Period(OPENS, CLOSES),
        "alternatives": "To keep version 1.0, which boards find hard to read.",
        "decided_by": "The board of the example region",
        "authority": "Robin Achebe, Director of Workforce",
        "privacy_notice": "The example region holds what you send for as long as it needs it.",
        "formats": "Ask for large print, Easy Read or another language.",
    }
    values |= changes
    closes_on = values["period"].closes_at.date()
    return Details(**{"decides_on": closes_on + dt.timedelta(days=90), **values})


def shipped_details(**changes: Any) -> Details:
    """Make details of a consultation on the framework that ships with the program."""
    shipped = {
        "framework_slug": "board-leadership",
        "framework_version": "1.1.0-beta.1",
        "questionnaire_slug": "competency-consultation",
        "questionnaire_version": "1.0.0",
    }
    return consultation_details(**(shipped | changes))


def attach_assessment(
    session: Session, consultation_id: uuid.UUID, by: Actor, now: dt.datetime
) -> None:
    """Attach an impact assessment to a draft; its file is in no store."""
    content = b"Nobody is worse off."
    services.attach_document(
        session,
        consultation_id=consultation_id,
        kind=DocumentKind.IMPACT_ASSESSMENT,
        title="Equality and health inequalities impact assessment",
        file=StoredFile(
            "assessment.txt", "text/plain", hashlib.sha256(content).hexdigest(), len(content)
        ),
        by=by,
        now=now,
    )


def open_created(
    session: Session, created: Consultation, library: Library, by: Actor, now: dt.datetime
) -> Consultation:
    """Make a draft fit to open, and open it."""
    attach_assessment(session, created.id, by, now)
    return services.open_consultation(
        session,
        consultation_id=created.id,
        revision=created.revision,
        library=library,
        by=by,
        now=now,
        authorised_on=now.date(),
    )


def create_and_open(
    session: Session,
    *,
    organisation_id: uuid.UUID,
    details: Details,
    library: Library,
    by: Actor,
    now: dt.datetime,
) -> Consultation:
    """Create a consultation, make it fit to open, and open it."""
    created = services.create_consultation(
        session,
        organisation_id=organisation_id,
        details=details,
        library=library,
        by=by,
        now=now,
    )
    return open_created(session, created, library, by, now)


def a_respondent(**changes: Any) -> Respondent:
    """Make an individual of whom everything is known that must be."""
    values: dict[str, Any] = {
        "responds_as": RespondsAs.INDIVIDUAL,
        "respondent_class": "governor",
        "region": "midlands",
        "publish": Publish.NAMED,
        "name": "Sam Okafor",
        "positions": ("provider-chair",),
    }
    return Respondent(**(values | changes))


def a_lead() -> Actor:
    """Make a consultation lead as services know one."""
    return Actor(new_id(), "Ada Lindqvist")
