"""What stands on a receipt about its sender, and what is wrong with a response not sent."""

from __future__ import annotations

from dataclasses import dataclass

from exports.document import Fact
from webapp.consultations.asking import Asking
from webapp.consultations.errors import ConsultationError, RespondentMissing
from webapp.consultations.pages.respondent import about_rows
from webapp.consultations.respondents import AboutStep, Respondent

MISSING = {
    AboutStep.RESPONDING_AS: "Say how you are responding",
    AboutStep.WHO: "Say who is responding",
    AboutStep.PUBLISHING: "Say what we may publish",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is missing, as an error summary needs it."""

    id: str
    errors: tuple[str, ...]


def faults_of(error: ConsultationError) -> tuple[Fault, ...]:
    """Return what must be done before a response can be sent."""
    if isinstance(error, RespondentMissing):
        return tuple(Fault(f"about-{step}", (MISSING[step],)) for step in error.steps)
    return (Fault("answers", ("Answer at least one question before you send your response",)),)


def respondent_facts(asking: Asking, respondent: Respondent) -> tuple[Fact, ...]:
    """Return what was said about who is responding, as a receipt prints it."""
    return tuple(Fact(row.title, "; ".join(row.values)) for row in about_rows(asking, respondent))
