"""What a consultation still needs before it may be opened, each with the section that mends it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from webapp.consultations.consultation import Details
from webapp.consultations.editions import AttachedDocument, DocumentKind

GAP = re.compile(r"\[[^\[\]\n]+\]")
"""What the starting text of a privacy notice leaves to the organisation: words in brackets."""


class Section(StrEnum):
    """A part of what a lead prepares, one page each, in the order of the list."""

    ABOUT = "about"
    ASKED = "asked"
    WHEN = "when"
    ANSWERS = "answers"
    DOCUMENTS = "documents"
    PRIVACY = "privacy"
    CONTACT = "contact"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something without which a consultation does not open, and where to add it."""

    section: Section
    what: str


_NEEDED = (
    ("title", Section.ABOUT, "A title"),
    ("purpose", Section.ABOUT, "What is consulted on, and why"),
    ("open_to_change", Section.ABOUT, "What can change"),
    ("not_open_to_change", Section.ABOUT, "What cannot change"),
    ("alternatives", Section.ABOUT, "The realistic alternatives, and why they are not preferred"),
    ("use_of_answers", Section.ANSWERS, "How answers will be used"),
    ("decided_by", Section.ANSWERS, "Who decides after the consultation"),
    ("decides_on", Section.ANSWERS, "When they decide"),
    ("privacy_notice", Section.PRIVACY, "A privacy notice"),
    ("formats", Section.CONTACT, "How people get it in another format or language"),
    ("contact", Section.CONTACT, "A contact for questions"),
    ("authority", Section.AUTHORITY, "Who gives leave to open, by name and role"),
)


def is_begun(section: Section, details: Details) -> bool:
    """Say whether anything is written in a section of texts; a title and an address always are."""
    names = [name for name, of, _ in _NEEDED if of is section and name != "title"]
    return not names or any(not _is_empty(details, name) for name in names)


def missing_to_open(
    details: Details,
    documents: Collection[AttachedDocument],
    now: dt.datetime,
    *,
    material_problem: str = "",
) -> tuple[Missing, ...]:
    """Return everything that keeps a draft from being opened now, in the order of the sections.

    `material_problem` says why the framework or the questionnaire cannot be consulted on.
    """
    found = [Missing(section, what) for name, section, what in _NEEDED if _is_empty(details, name)]
    if material_problem:
        found.append(Missing(Section.ASKED, material_problem))
    found.extend(Missing(Section.WHEN, each) for each in _problems_of_dates(details, now))
    if all(each.kind is not DocumentKind.IMPACT_ASSESSMENT for each in documents):
        found.append(Missing(Section.DOCUMENTS, "An impact assessment, as a file"))
    found.extend(
        Missing(Section.PRIVACY, f"Your own words in the privacy notice in place of “{gap}”")
        for gap in dict.fromkeys(GAP.findall(details.privacy_notice))
    )
    order = list(Section)
    return tuple(sorted(found, key=lambda each: order.index(each.section)))


def _is_empty(details: Details, name: str) -> bool:
    value = getattr(details, name)
    return value is None or not str(value).strip()


def _problems_of_dates(details: Details, now: dt.datetime) -> tuple[str, ...]:
    problems = []
    if details.period.closes_at <= now:
        problems.append("A closing date that has not passed")
    elif details.decides_on and details.decides_on <= details.period.closes_at.date():
        problems.append("A date of the decision that is after the closing date")
    return tuple(problems)
