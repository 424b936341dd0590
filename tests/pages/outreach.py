"""What an officer does in the log of who was told, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic

from tests.pages.client import AnyBrowser, Screen

LOG = "/organisations/meadowbank/consultations/example-region/outreach"
TOLD = {
    "kind": "organisation",
    "audience": "Riverside NHS Trust",
    "audience_class": "acute",
    "way": "letter",
    "told_on-day": "20",
    "told_on-month": "11",
    "told_on-year": "2026",
    "reached": "1",
    "note": "Addressed to the chair.",
}
"""A letter of three days before the test's clock."""

LIST = {name: TOLD[name] for name in TOLD if name.startswith(("audience_c", "way", "told_on"))}


@dataclass
class OutreachLog(Generic[AnyBrowser]):
    """Somebody signed in who keeps the log of one consultation."""

    browser: AnyBrowser
    path: str = LOG

    def open(self, view: str = "") -> Screen:
        """Open the log, or another of its pages."""
        return self.browser.open(f"{self.path}{view}")

    def add(self, *, status: int = 200, **changes: Any) -> Screen:
        """Add an entry."""
        self.open("/new")
        return self.browser.press("Add the entry", TOLD | changes, status=status)

    def open_entry(self, audience: str = "Riverside NHS Trust") -> Screen:
        """Open an entry by who was told."""
        self.open()
        return self.browser.follow(audience)

    def correct(self, audience: str, /, *, status: int = 200, **changes: Any) -> Screen:
        """Correct an entry."""
        self.open_entry(audience)
        self.browser.follow("Correct it")
        reason = {"reason": "The name was misspelt."}
        return self.browser.press("Save the correction", reason | changes, status=status)

    def strike(self, audience: str, reason: str, *, status: int = 200) -> Screen:
        """Strike an entry out."""
        self.open_entry(audience)
        self.browser.follow("Strike it out")
        return self.browser.press("Strike it out", {"reason": reason}, status=status)

    def paste(self, *names: str, status: int = 200, **changes: Any) -> Screen:
        """Paste a list, up to the page that shows what was read."""
        self.open("/list")
        typed = {"names": "\r\n".join(names)}
        return self.browser.press("Check the list", LIST | typed | changes, status=status)

    def row(self, words: str) -> str:
        """Return the words of the row of the present page that begins with these."""
        for row in self.browser.screen.soup.select("tbody tr"):
            heading = row.select_one("th > span:last-child")
            if heading is not None and " ".join(heading.get_text().split()).startswith(words):
                cells = row.select("td > span:last-child")
                return " | ".join(" ".join(cell.get_text().split()) for cell in cells)
        raise AssertionError(f"no row “{words}” on {self.browser.screen.path}")
