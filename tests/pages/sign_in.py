"""Signing in and out, coming in by a personal link, and the page of sent mail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.pages.client import Client, Screen


@dataclass
class SignIn:
    """What somebody does to sign in."""

    browser: Client

    def ask(self, email: str, *, wanted: str = "", status: int = 200) -> Screen:
        """Ask for the mail, having come from the page `wanted`."""
        self.browser.open("/sign-in" + (f"?next={wanted}" if wanted else ""))
        return self.browser.press("Send me an email", {"email": email}, status=status)

    def type_code(self, code: str, *, status: int = 200) -> Screen:
        """Type a code where sign-in began."""
        self.browser.open("/sign-in/code")
        return self.browser.press("Sign in", {"code": code}, status=status)

    def use_link(self, path: str, *, status: int = 200) -> Screen:
        """Open the link of a mail and press its button."""
        self.browser.open(path)
        return self.browser.press("Sign in", status=status)

    def sign_out(self) -> Screen:
        """Press the button in the header."""
        form = self.browser.screen.soup.select_one("header form")
        assert form is not None, "nobody is signed in on this page"
        proof = form.select_one("input[name=csrf_token]")
        assert proof is not None
        return self.browser.post(str(form["action"]), {"csrf_token": proof["value"]})

    @property
    def is_signed_in(self) -> bool:
        """Whether the staff page lets this browser in."""
        return self.browser.open("/staff").heading == "Your work"


def code_in(body: str) -> str:
    """Return the short code that a mail holds."""
    found = re.search(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$", body, re.MULTILINE)
    assert found, "the mail holds no code"
    return found[0]


@dataclass
class Members:
    """What an administrator does with the people of an organisation."""

    browser: Client
    organisation: str

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"/organisations/{self.organisation}/members"

    def open(self, *, status: int = 200) -> Screen:
        """Open the page."""
        return self.browser.open(self.path, status=status)

    def add(self, email: str, name: str, role: str, *, status: int = 200) -> Screen:
        """Give a person a role."""
        self.open()
        values = {"email": email, "name": name, "role": role}
        return self.browser.press("Give the role", values, status=status)

    def remove(self, role: str, name: str, *, status: int = 200) -> Screen:
        """Take a role away, by the names that the page shows."""
        self.open()
        return self.browser.press(f"Remove the role of {role} from {name}", status=status)

    def rows(self) -> list[list[str]]:
        """Return name, address and roles of everybody, as the page shows them."""
        self.open()
        return [
            [
                " ".join(row.select("td")[0].get_text(" ").split()),
                " ".join(row.select("td")[1].get_text(" ").split()),
                ", ".join(each.get_text() for each in row.select("td form > span")),
            ]
            for row in self.browser.screen.soup.select("#members tbody tr")
        ]
