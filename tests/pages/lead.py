"""What a consultation lead does, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic

from tests.pages.client import AnyBrowser, Screen

FILLED = {
    "title": "Board competencies for the example region",
    "slug": "example-region",
    "purpose": "To find out which competencies boards need.",
    "open_to_change": "Every competency and its wording.",
    "not_open_to_change": "That there will be a framework.",
    "use_of_answers": "We publish what we heard and what we changed within 12 weeks.",
    "contact": "boards@meadowbank.example",
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

    def create(self, *, status: int = 200, **changes: Any) -> Screen:
        """Fill in the form for a new consultation and save it."""
        self.browser.open(self.all)
        self.browser.follow("New consultation")
        return self.browser.press("Save", FILLED | changes, status=status)

    def edit(self, slug: str = "example-region", *, status: int = 200, **changes: Any) -> Screen:
        """Change a draft."""
        self.browser.open(f"{self.one(slug)}/edit")
        return self.browser.press("Save", changes, status=status)

    def open(self, slug: str = "example-region", *, status: int = 200) -> Screen:
        """Approve a consultation to open."""
        self.browser.open(self.one(slug))
        self.browser.follow("Open the consultation")
        return self.browser.press("Open this consultation", status=status)

    def close(self, reason: str, slug: str = "example-region", *, status: int = 200) -> Screen:
        """Close a consultation early."""
        self.browser.open(self.one(slug))
        self.browser.follow("Close the consultation early")
        return self.browser.press("Close this consultation", {"reason": reason}, status=status)

    def create_open(self, **changes: Any) -> Screen:
        """Create a consultation and open it."""
        self.create(**changes)
        return self.open(str(changes.get("slug", "example-region")))
