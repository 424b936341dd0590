"""What an officer does with responses that come in other ways, page by page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from tests.pages.client import AnyBrowser, Screen

LETTER = {
    "channel": "letter",
    "received_on-day": "23",
    "received_on-month": "11",
    "received_on-year": "2026",
    "note": "The letter is in the blue folder.",
}


@dataclass
class Officer(Generic[AnyBrowser]):
    """A signed-in consultation officer."""

    browser: AnyBrowser
    slug: str = "example-region"

    @property
    def all(self) -> str:
        """The address of the list."""
        return f"/organisations/meadowbank/consultations/{self.slug}/intake"

    def open_list(self) -> Screen:
        """Open the list by way of the consultation."""
        self.browser.open(f"/organisations/meadowbank/consultations/{self.slug}")
        return self.browser.follow("Take in responses that came in other ways")

    def note(
        self, content: bytes = b"", name: str = "", *, status: int = 200, **changes: Any
    ) -> Screen:
        """Note something that came in, with a file where there is content."""
        self.browser.open(f"{self.all}/new")
        values: dict[str, Any] = LETTER | changes
        if content:
            values["file"] = (io.BytesIO(content), name)
        return self.browser.press("Save and go on", values, status=status)

    @property
    def item(self) -> str:
        """The address of the item that this browser is at."""
        return "/".join(self.browser.screen.path.partition("?")[0].split("/")[:7])

    def say_who(self, item: str, **about: Any) -> Screen:
        """Say that it is a governor, and what is told besides."""
        for step, values in {
            "responding-as": {"responds_as": "individual"},
            "who": {"respondent_class": "governor"},
            "publishing": {"publish": "not-at-all"},
            **about,
        }.items():
            self.browser.open(f"{item}/about/{step}")
            self.browser.press("Save and return", values)
        return self.browser.screen

    def choose(self, item: str, *keys: str) -> Screen:
        """Choose competencies."""
        self.browser.open(f"{item}/choose")
        return self.browser.press("Save and return", {"competency": list(keys)})

    def answer(
        self, item: str, key: str, answers: Mapping[str, Any], *, status: int = 200
    ) -> Screen:
        """Type answers about one competency, domain or position."""
        self.browser.open(f"{item}/answers/{key}")
        return self.browser.press("Save and return", dict(answers), status=status)

    def transcribe(self, item: str, words: str = "Say who listens.") -> Screen:
        """Transcribe a whole letter with one comment."""
        self.say_who(item)
        self.choose(item, "culture.speaking-up")
        return self.answer(item, "culture.speaking-up", {"culture.speaking-up:comment": words})

    def finish(self, item: str, *, status: int = 200) -> Screen:
        """Hand over what was transcribed."""
        self.browser.open(item)
        return self.browser.press("Hand over to be checked", status=status)

    def check(self, item: str) -> Screen:
        """Open the page with what came beside what was transcribed."""
        return self.browser.open(f"{item}/check")

    def approve(self, item: str, *, status: int = 200) -> Screen:
        """Take it in."""
        self.check(item)
        return self.browser.press("It is right: take it in", status=status)

    def upload(self, content: bytes, name: str = "responses.csv", *, status: int = 200) -> Screen:
        """Upload a table."""
        self.browser.open(f"{self.all}/imports/new")
        return self.browser.press(
            "Check the table", {"file": (io.BytesIO(content), name)}, status=status
        )
