"""What a moderator does, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic

from tests.pages.client import AnyBrowser, Screen


@dataclass
class Moderator(Generic[AnyBrowser]):
    """A signed-in member of staff who may moderate responses."""

    browser: AnyBrowser
    organisation: str = "meadowbank"
    slug: str = "example-region"

    @property
    def all(self) -> str:
        """The address of what waits to be moderated."""
        return f"/organisations/{self.organisation}/consultations/{self.slug}/moderation"

    def one(self, reference: str) -> str:
        """Return the address of a response before moderators."""
        return f"{self.all}/{reference}"

    def queue(self) -> list[str]:
        """Return the references of what waits to be moderated, in the order of the page."""
        return self._references(self.browser.open(self.all))

    def second_looks(self) -> list[str]:
        """Return the references of the rulings that wait for a second person."""
        return self._references(self.browser.open(f"{self.all}/second-look"))

    def open(self, reference: str, *, status: int = 200) -> Screen:
        """Open a response."""
        return self.browser.open(self.one(reference), status=status)

    def key(self, title: str) -> str:
        """Return the key of the passage whose heading has these words."""
        for heading in self.browser.screen.soup.select("[id^=passage-]"):
            if title in heading.get_text():
                return str(heading["id"]).removeprefix("passage-")
        raise AssertionError(f"no passage “{title}” on {self.browser.screen.path}")

    def take_out(
        self,
        words: str,
        title: str,
        reason: str = "personal",
        *,
        which: str = "all",
        note: str = "",
        status: int = 200,
    ) -> Screen:
        """Take words out of the passage with a title."""
        key = self.key(title)
        typed = {f"words-{key}": words, f"reason-{key}": reason, f"which-{key}": which}
        return self.browser.press("Take them out", {**typed, f"note-{key}": note}, status=status)

    def propose(
        self,
        outcome: str = "publish",
        note: str = "",
        *,
        status: int = 200,
        values: dict[str, Any] | None = None,
    ) -> Screen:
        """Propose a ruling as it stands on the page, leaving each suggestion that is undecided."""
        form = self.browser.screen.form("Propose this ruling")
        names = {
            str(each["name"])
            for each in form.find_all("input", type="radio")
            if str(each["name"]).startswith("suggestion-")
        }
        decided = {str(each["name"]) for each in form.find_all("input", type="radio", checked=True)}
        left = dict.fromkeys(names - decided, "leave")
        return self.browser.press(
            "Propose this ruling",
            {**left, "outcome": outcome, "note": note, **(values or {})},
            status=status,
        )

    def rule(self, reference: str, outcome: str = "publish", note: str = "") -> Screen:
        """Open a response and propose a ruling that takes nothing out."""
        self.open(reference)
        return self.propose(outcome, note)

    def look(
        self, reference: str, verdict: str = "approved", reason: str = "", *, status: int = 200
    ) -> Screen:
        """Open a response whose ruling waits, and decide as a second person."""
        self.open(reference)
        return self.browser.press(
            "Record this decision", {"verdict": verdict, "reason": reason}, status=status
        )

    def open_original(self, reason: str = "A complaint came.", *, status: int = 200) -> Screen:
        """Open the response of the present page as it was written."""
        return self.browser.press("Open it as it was written", {"reason": reason}, status=status)

    @staticmethod
    def _references(screen: Screen) -> list[str]:
        return [each.get_text(strip=True) for each in screen.soup.select("tbody th a")]
