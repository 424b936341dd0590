"""What a review is started with, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from frameworks.model import Accountability, Framework
from webapp.appraisals.signing import third_persons

LONGEST_PERIOD = dt.timedelta(days=3 * 366)


class StartRefused(Exception):
    """A review cannot be started like this; `problems` are (field, sentence)."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        """Take everything that is wrong at once."""
        super().__init__(" ".join(sentence for _, sentence in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Named:
    """A person by name and e-mail address, the address as it is stored."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Start:
    """What is asked for; `appraiser` is None where whoever asks appraises themself."""

    review_id: uuid.UUID
    organisation_id: uuid.UUID
    framework: Framework
    digest: str
    profile_key: str
    from_on: dt.date
    until_on: dt.date
    appraisee: Named
    appraiser: Named | None = None
    signatories: Mapping[str, Named] = field(default_factory=dict)


def rule_for(framework: Framework, profile_key: str, on: dt.date) -> Accountability:
    """Return who signs for a position on a day; raises StartRefused where nobody is named."""
    rule = framework.profile(profile_key).accountable_on(on)
    if rule is None:
        raise StartRefused(
            (
                "",
                "This version names nobody who signs for this position today: choose another",
            )
        )
    return rule


def check_start(start: Start, rule: Accountability, appraiser: Named) -> None:
    """Raise StartRefused with everything that keeps a review from being started."""
    problems = (*_period(start), *_people(start, rule, appraiser))
    if problems:
        raise StartRefused(*problems)


def _period(start: Start) -> Iterator[tuple[str, str]]:
    if start.until_on < start.from_on:
        yield ("until_on", "The end of the period must be on or after its start")
    elif start.until_on - start.from_on > LONGEST_PERIOD:
        yield ("until_on", "The period must be three years or shorter")


def _people(start: Start, rule: Accountability, appraiser: Named) -> Iterator[tuple[str, str]]:
    if appraiser.email == start.appraisee.email:
        yield ("appraisee_email", "Nobody appraises themselves: enter another person’s address")
    taken = {appraiser.email, start.appraisee.email}
    for step in third_persons(rule):
        person = start.signatories.get(step.key)
        name = signatory_field(step.key)
        if person is None:
            yield (f"{name}-name", f"Enter who signs as “{step.title}”")
        elif person.email in taken:
            yield (
                f"{name}-email",
                f"Enter somebody for “{step.title}” who is not named in this review yet",
            )
        else:
            taken.add(person.email)


def signatory_field(step_key: str) -> str:
    """Return the stem of the form fields for the person who signs a step."""
    return f"signatory-{step_key}"
