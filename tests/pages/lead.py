"""What a consultation lead does, page by page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Generic

from tests.pages.client import AnyBrowser, Screen

NEW = {
    "title": "Board competencies for the example region",
    "slug": "example-region",
    "framework": "board-leadership@1.1.0-beta.1",
    "questionnaire": "competency-consultation@1.0.0",
    "opens_on-day": "23",
    "opens_on-month": "11",
    "opens_on-year": "2026",
    "opens_time": "9am",
    "closes_on-day": "5",
    "closes_on-month": "2",
    "closes_on-year": "2027",
    "closes_time": "5pm",
}
"""A consultation that is open from half an hour before the test's clock for over ten weeks."""

SECTIONS: dict[str, dict[str, str]] = {
    "about": {
        "purpose": "To find out which competencies boards need.",
        "open_to_change": "Every competency and its wording.",
        "not_open_to_change": "That there will be a framework.",
        "alternatives": "To keep version 1.0, which boards find hard to read.",
    },
    "answers": {
        "use_of_answers": "We publish what we heard and what we changed within 12 weeks.",
        "decided_by": "The board of Meadowbank NHS Trust",
        "decides_on-day": "30",
        "decides_on-month": "6",
        "decides_on-year": "2027",
    },
    "privacy": {
        "privacy_notice": "Meadowbank NHS Trust holds what you send for as long as it needs it."
    },
    "contact": {
        "formats": "Ask for large print, Easy Read or another language.",
        "contact": "boards@meadowbank.example",
    },
    "authority": {"authority": "Robin Achebe, Director of Workforce"},
}
FILLED = NEW | {name: value for fields in SECTIONS.values() for name, value in fields.items()}
"""Everything that a lead types, by field."""

LEAVE = {
    "confirmed": "y",
    "authorised_on-day": "20",
    "authorised_on-month": "11",
    "authorised_on-year": "2026",
}
ASSESSMENT = b"Equality impact assessment: nobody is worse off."


@dataclass
class Lead(Generic[AnyBrowser]):
    """A signed-in consultation lead."""

    browser: AnyBrowser
    organisation: str = "meadowbank"

    @property
    def all(self) -> str:
        """The address of the list."""
        return f"/organisations/{self.organisation}/consultations"

    def one(self, slug: str = "example-region") -> str:
        """Return the address of one consultation."""
        return f"{self.all}/{slug}"

    def begin(self, *, status: int = 200, **changes: Any) -> Screen:
        """Fill in the form for a new consultation and save it."""
        self.browser.open(self.all)
        self.browser.follow("New consultation")
        typed = {name: changes.get(name, value) for name, value in NEW.items()}
        return self.browser.press("Save and continue", typed, status=status)

    def create(self, *, status: int = 200, **changes: Any) -> Screen:
        """Begin a consultation, complete every section and come back to its page."""
        screen = self.begin(status=status, **changes)
        if status != 200:
            return screen
        slug = str(changes.get("slug", NEW["slug"]))
        for section, fields in SECTIONS.items():
            typed = {name: changes.get(name, value) for name, value in fields.items()}
            self.edit(section, slug, **typed)
        self.attach(slug)
        return self.browser.open(self.one(slug))

    def edit(
        self, section: str, slug: str = "example-region", *, status: int = 200, **changes: Any
    ) -> Screen:
        """Change a section of a draft."""
        self.browser.open(f"{self.one(slug)}/edit/{section}")
        return self.browser.press("Save", changes, status=status)

    def attach(
        self,
        slug: str = "example-region",
        content: bytes = ASSESSMENT,
        name: str = "assessment.txt",
        *,
        title: str = "Equality impact assessment",
        kind: str = "impact-assessment",
        status: int = 200,
    ) -> Screen:
        """Attach a document to a draft."""
        self.browser.open(f"{self.one(slug)}/documents")
        typed = {"title": title, "kind": kind, "file": (io.BytesIO(content), name)}
        return self.browser.press("Attach the document", typed, status=status)

    def open(self, slug: str = "example-region", *, status: int = 200, **changes: Any) -> Screen:
        """Confirm that leave was given, and approve a consultation to open."""
        self.browser.open(self.one(slug))
        self.browser.follow("Open the consultation")
        return self.browser.press("Open this consultation", LEAVE | changes, status=status)

    def share(self, slug: str = "example-region") -> str:
        """Make a link to the preview of a draft, and return its address on this site."""
        self.browser.open(f"{self.one(slug)}/preview-links")
        screen = self.browser.press("Make a link")
        shown = screen.soup.select_one("#preview-link")
        assert shown is not None
        address = str(shown.get("value") or shown.get_text()).strip()
        return f"/previews/{address.rpartition('/')[2]}"

    def extend(self, reason: str, *, status: int = 200, **changes: Any) -> Screen:
        """Move the closing to 5 March 2027, or to what is given."""
        self.browser.open(self.one())
        self.browser.follow("Move the closing later")
        typed = {"closes_on-month": "3", "reason": reason} | changes
        return self.browser.press("Move the closing", typed, status=status)

    def close(self, reason: str, slug: str = "example-region", *, status: int = 200) -> Screen:
        """Close a consultation early."""
        self.browser.open(self.one(slug))
        self.browser.follow("Close the consultation early")
        return self.browser.press("Close this consultation", {"reason": reason}, status=status)

    def create_open(self, **changes: Any) -> Screen:
        """Create a consultation and open it."""
        self.create(**changes)
        return self.open(str(changes.get("slug", "example-region")))

    def put_right(
        self, notice: str, slug: str = "example-region", *, status: int = 200, **changes: Any
    ) -> Screen:
        """Fill in what is to be put right, the questionnaire if not told, and see what changes."""
        self.browser.open(self.one(slug))
        self.browser.follow("Put right what is shown or asked")
        values = {"questionnaire": "1.0.1", "notice": notice} | changes
        return self.browser.press("See what changes", values, status=status)

    def confirm_revision(self, *, status: int = 200) -> Screen:
        """Confirm what the page shows before and after."""
        return self.browser.press("Show this from now on", status=status)
