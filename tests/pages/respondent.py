"""What a respondent does, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic

from tests.pages.client import AnyBrowser, Screen


@dataclass
class Respondent(Generic[AnyBrowser]):
    """Somebody who responds to one consultation in one browser."""

    browser: AnyBrowser
    slug: str = "example-region"

    @property
    def page(self) -> str:
        """The address of the consultation."""
        return f"/consultations/{self.slug}"

    @property
    def response(self) -> str:
        """The address of the response."""
        return f"{self.page}/response"

    def start(self) -> Screen:
        """Press the button on the page of the consultation."""
        self.browser.open(self.page)
        return self.browser.press("Start now")

    def introduce(self, *, positions: list[str] | None = None, name: str = "") -> Screen:
        """Start, and answer every page about oneself as an individual."""
        press = self.browser.press
        self.start()
        press("Save and continue", {"responds_as": "individual"})
        press("Save and continue", {"respondent_class": "governor"})
        press("Save and continue", {"region": "midlands"})
        press("Save and continue", {"interest": "none"})
        press("Save and continue", {"publish": "named" if name else "unnamed", "name": name})
        return press("Save and continue", {"positions": positions or []})

    def choose(self, *keys: str, domains: tuple[str, ...] = ()) -> Screen:
        """Choose competencies, whole domains, or both."""
        self.browser.open(f"{self.response}/choose")
        return self.browser.press(
            "Save and continue", {"competency": list(keys), "domain": list(domains)}
        )

    def open_list(self) -> Screen:
        """Open the task list."""
        return self.browser.open(self.response)

    def open_item(self, key: str) -> Screen:
        """Open the page of one item."""
        return self.browser.open(f"{self.response}/items/{key}")

    def save(
        self, answers: dict[str, Any], *, button: str = "Save and return to list", status: int = 200
    ) -> Screen:
        """Answer questions of the present page by their names and save it."""
        return self.browser.press(button, answers, status=status)

    def check(self) -> Screen:
        """Open the page that shows everything that would be sent."""
        return self.browser.open(f"{self.response}/check")

    def send(self, *, status: int = 200) -> Screen:
        """Check, and send."""
        self.check()
        return self.browser.press("Send your response", status=status)

    def write(self, comment: str = "Say who listens.") -> Screen:
        """Write a response with one comment, ready to be sent."""
        self.introduce(positions=["provider-chair"], name="Sam Okafor")
        self.choose("culture.speaking-up")
        self.open_item("culture.speaking-up")
        return self.save({"culture.speaking-up:comment": comment})

    def statuses(self) -> dict[str, str]:
        """Return the status of each line of the task list by its words."""
        found = {}
        for line in self.open_list().soup.select(".nhsuk-task-list__item"):
            title = line.select_one(".nhsuk-task-list__link")
            status = line.select_one(".nhsuk-task-list__status")
            assert title is not None
            assert status is not None
            found[" ".join(title.get_text().split())] = " ".join(status.get_text().split())
        return found

    def code(self) -> str:
        """Return the private code on the present page."""
        shown = self.browser.screen.soup.select_one("#private-code")
        assert shown is not None, "no code on this page"
        return shown.get_text().strip()
