"""What people do on the pages of a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic

from tests.pages.client import AnyBrowser, Screen

START_DETAILS = {
    "appraisee_name": "Jo Hall",
    "appraisee_email": "jo.hall@example.org",
    "from_on-day": "1",
    "from_on-month": "4",
    "from_on-year": "2026",
    "until_on-day": "31",
    "until_on-month": "3",
    "until_on-year": "2027",
}


@dataclass
class ReviewPages(Generic[AnyBrowser]):
    """A review in one person's browser, from starting it to its file."""

    browser: AnyBrowser
    path: str = ""

    def start(self, position: str, organisation: str = "meadowbank", **details: str) -> Screen:
        """Start a review of Jo Hall in a position, and remember where it is."""
        self.browser.open(f"/organisations/{organisation}/reviews")
        self.browser.follow("Start a review")
        if "choose a framework" in self.browser.screen.heading:
            self.browser.follow("Board leadership")
        self.browser.follow(position)
        screen = self.browser.press("Start the review", self._details(details))
        self.path = screen.path
        return screen

    def _details(self, details: dict[str, str]) -> dict[str, str]:
        form = self.browser.screen.form("Start the review")
        asked = {str(each.get("name")) for each in form.find_all("input")}
        values = START_DETAILS | details
        for name in sorted(asked):
            if name.startswith("signatory-") and name not in values:
                values[name] = "sam.reed@example.org" if name.endswith("-email") else "Sam Reed"
        return values

    def open(self, tail: str = "", *, status: int = 200) -> Screen:
        """Open the review, or one of its pages."""
        return self.browser.open(self.path + tail, status=status)

    def write(self, section: str, values: dict[str, Any], *, status: int = 200) -> Screen:
        """Write in a section and go back to the review."""
        self.open()
        self.browser.follow(section)
        return self.browser.press("Save and go back to the review", values, status=status)

    def write_everything(self) -> None:
        """Write all that signing needs, with no more than that."""
        self.open()
        for link in self.browser.screen.soup.select("a.nhsuk-task-list__link"):
            address = str(link["href"])
            if "/sections/domain." in address:
                key = address.rpartition("/sections/domain.")[2]
                self.browser.open(address)
                self.browser.press("Save", {f"{key}:assessment": f"Strong on {key}."})
        self.write("Feedback", {"feedback:summary": "Nine were asked and seven answered."})
        self.write(
            "Objectives for the coming year",
            {
                "objectives.1:objective": "Halve the gap in appointments from shortlisting.",
                "objectives.1:measure": "A relative likelihood below 1.2.",
                "objectives.1:by-day": "31",
                "objectives.1:by-month": "3",
                "objectives.1:by-year": "2028",
                "objectives.1:equality": "yes",
            },
        )
        self.write("Development plan", {"development.1:need": "Finance across the system."})
        self.write(
            "Fit and proper person",
            {
                "fit-and-proper:confirmed-on-day": "1",
                "fit-and-proper:confirmed-on-month": "3",
                "fit-and-proper:confirmed-on-year": "2027",
            },
        )

    def press(
        self, button: str, values: dict[str, Any] | None = None, *, status: int = 200
    ) -> Screen:
        """Press a button of the review's own page."""
        self.open()
        return self.browser.press(button, values, status=status)

    def sign(self, remark: str = "") -> Screen:
        """Read the record and sign it."""
        self.open()
        self.browser.follow("Read and sign")
        return self.browser.press("Sign", {"remark": remark, "agreed": "y"})

    def download(self, number: int = 1) -> bytes:
        """Take a copy of a revision and return the file."""
        self.open(f"/revisions/{number}")
        screen = self.browser.press("Download this revision (PDF)")
        assert screen.response.mimetype == "application/pdf"
        return bytes(screen.response.data)
