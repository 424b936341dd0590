"""What a page about the respondent says, part by part, when two pages were open at once.

A page carries a mark of what it showed of each part. A part that changed elsewhere meanwhile and
that the page changes too is a clash; whatever only one of them changed simply stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from webapp.consultations.respondents import AboutStep, Respondent, RespondsAs

MARK_LENGTH = 16
OF_ORGANISATIONS = ("organisation_name", "respondent_class", "role", "gathered")
OF_INDIVIDUALS = ("respondent_class", "role")
OF_ONE_KIND = ("respondent_class", "name", "organisation_name", "gathered", "publish")
DEPENDS_ON_KIND = (AboutStep.WHO, AboutStep.PUBLISHING)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands or falls together: fields of a respondent, named for the first of them.

    `carried` go with them where they are taken from a page, and say nothing about a clash.
    """

    fields: tuple[str, ...]
    carried: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name under which a page speaks of it."""
        return self.fields[0]

    def of(self, respondent: Respondent) -> tuple[Any, ...]:
        """Return what a respondent says about it."""
        return tuple(getattr(respondent, field) for field in self.fields)

    def mark(self, respondent: Respondent) -> str:
        """Return a mark of what a respondent says about it, to be compared later."""
        said = [
            list(value) if isinstance(value, tuple) else str(value or "")
            for value in self.of(respondent)
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:MARK_LENGTH]

    def taken(self, into: Respondent, sent: Respondent) -> Respondent:
        """Return a respondent with this part of another."""
        fields = self.fields + self.carried
        return replace(into, **{field: getattr(sent, field) for field in fields})


@dataclass(frozen=True, slots=True)
class AboutClash:
    """A part that was changed in two places: both, and the mark of what is saved."""

    part: Part
    saved: Respondent
    sent: Respondent

    @property
    def mark(self) -> str:
        """The mark of what is saved, for the page that shows both."""
        return self.part.mark(self.saved)


def parts_of(
    step: AboutStep, kind: RespondsAs | None, present_kind: RespondsAs | None
) -> tuple[Part, ...]:
    """Return the parts of a page that was made for one kind of respondent.

    Where the respondent has become of another kind meanwhile, the page stands or falls as a whole.
    """
    if step in DEPENDS_ON_KIND and kind is not present_kind:
        fields = OF_ORGANISATIONS if kind is RespondsAs.ORGANISATION else OF_INDIVIDUALS
        return (Part(("responds_as", *(fields if step is AboutStep.WHO else ("publish", "name")))),)
    if step is AboutStep.WHO:
        fields = OF_ORGANISATIONS if kind is RespondsAs.ORGANISATION else OF_INDIVIDUALS
        return tuple(Part((field,)) for field in fields)
    return {
        AboutStep.RESPONDING_AS: (Part(("responds_as",), OF_ONE_KIND),),
        AboutStep.REGION: (Part(("region",)),),
        AboutStep.INTERESTS: (Part(("interest", "interests")),),
        AboutStep.PUBLISHING: (Part(("publish", "name")),),
        AboutStep.POSITIONS: (Part(("positions",)),),
    }[step]


def merged(
    stored: Respondent, sent: Respondent, parts: Iterable[Part], shown: Mapping[str, str]
) -> tuple[Respondent, Sequence[AboutClash]]:
    """Return what is stored with what a page changed, and the parts that were changed elsewhere.

    `shown` has, by the name of each part, the mark of what the page showed.
    """
    result, clashes = stored, []
    for part in parts:
        if part.of(sent) == part.of(stored):
            continue
        was = shown.get(part.name, part.mark(Respondent()))
        if was == part.mark(stored):
            result = part.taken(result, sent)
        elif was != part.mark(sent):
            clashes.append(AboutClash(part, stored, sent))
    return result, tuple(clashes)
