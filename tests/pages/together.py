"""What colleagues do who write one organisation's response, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from tests.factories.together import ORGANISATION
from tests.pages.client import AnyBrowser, Screen
from tests.pages.respondent import Respondent


@dataclass
class Colleague(Respondent[AnyBrowser], Generic[AnyBrowser]):
    """One of several people who write a response, in a browser of their own."""

    name: str = "Asha Rao"

    @property
    def team(self) -> str:
        """The address of the page about who works on it."""
        return f"{self.response}/together"

    def introduce_organisation(self) -> Screen:
        """Start, and answer every page about the organisation."""
        press = self.browser.press
        self.start()
        press("Save and continue", {"responds_as": "organisation"})
        press(
            "Save and continue",
            {"organisation_name": ORGANISATION, "respondent_class": "community"},
        )
        press("Save and continue", {"region": "midlands"})
        press("Save and continue", {"interest": "none"})
        press("Save and continue", {"publish": "named"})
        return press("Save and continue", {"positions": []})

    def lead(self) -> Screen:
        """Begin to work with colleagues, as their lead."""
        self.browser.open(self.team)
        return self.browser.press("Get a joining code", {"name": self.name})

    def joining_code(self) -> str:
        """Return the joining code as the lead sees it, or nothing."""
        shown = self.browser.open(self.team).soup.select_one("#joining-code")
        return shown.get_text().strip() if shown else ""

    def join(self, code: str, *, status: int = 200) -> Screen:
        """Open the link with a joining code and join."""
        self.browser.open(f"{self.page}/join/{code}")
        return self.browser.press("Join", {"name": self.name}, status=status)

    def give(self, shares: dict[str, str], *, status: int = 200) -> Screen:
        """Say who looks after items: names by item key, nothing for nobody."""
        screen = self.browser.open(f"{self.team}/items")
        values = {f"who:{key}": option(screen, key, name) for key, name in shares.items()}
        return self.browser.press("Save", values, status=status)

    def note(self, key: str, text: str, *, status: int = 200) -> Screen:
        """Write a note about an item."""
        self.browser.open(f"{self.response}/notes/{key}")
        return self.browser.press("Save the note", {"text": text}, status=status)

    def ask(self, words: str, of: str) -> Screen:
        """Follow one of the lead's links about a colleague."""
        self.browser.open(self.team)
        return self.browser.follow(f"{words} {'to ' if 'Hand' in words else ''}{of}")

    def hints(self) -> dict[str, str]:
        """Return the hint of each line of the task list by its words, empty where it has none."""
        found = {}
        for line in self.browser.screen.soup.select(".nhsuk-task-list__item"):
            title, hint = (
                line.select_one(f".nhsuk-task-list__{part}") for part in ("link", "hint")
            )
            assert title is not None
            found[" ".join(title.get_text().split())] = hint.get_text().strip() if hint else ""
        return found


def option(screen: Screen, key: str, name: str) -> str:
    """Return the value of a colleague in the choice for an item; nothing for nobody."""
    if not name:
        return ""
    for each in screen.soup.select(f"select[name='who:{key}'] option"):
        if each.get_text().removesuffix(" (you)") == name:
            return str(each["value"])
    raise AssertionError(f"{name} cannot be chosen for {key}")


def a_team(
    make_browser: Callable[[], AnyBrowser], *names: str, keys: tuple[str, ...]
) -> tuple[Colleague[AnyBrowser], ...]:
    """Return a lead who chose competencies, and colleagues who joined, each in their browser."""
    lead = Colleague(make_browser(), name="Asha Rao")
    lead.introduce_organisation()
    lead.choose(*keys)
    lead.lead()
    code = lead.joining_code()
    others = [Colleague(make_browser(), name=name) for name in names]
    for each in others:
        each.join(code)
    return (lead, *others)
