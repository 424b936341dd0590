"""A browser without a browser: it holds cookies, follows redirects and checks every page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from typing_extensions import TypeVar
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.pages.contract import check_page


@dataclass
class Screen:
    """What came back: the answer, and the page where it is one."""

    response: TestResponse
    path: str
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status_code

    @property
    def heading(self) -> str:
        """The words of the one h1."""
        found = self.soup.find("h1")
        return " ".join(found.get_text().split()) if found else ""

    @property
    def text(self) -> str:
        """All words of the main part, single-spaced."""
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ").split())

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary."""
        return [
            " ".join(link.get_text().split())
            for link in self.soup.select(".nhsuk-error-summary__list a")
        ]

    def link(self, words: str) -> str:
        """Return the address of the link with these words; AssertionError if there is none."""
        for link in self.soup.find_all("a", href=True):
            if words in " ".join(link.get_text(" ").split()):
                return str(link["href"])
        raise AssertionError(f"no link “{words}” on {self.path}")

    def form(self, button: str = "") -> Tag:
        """Return the form of the main part, or the one that has a button with these words."""
        main = self.soup.find("main") or self.soup
        assert isinstance(main, Tag)
        for form in main.find_all("form"):
            words = [" ".join(each.get_text().split()) for each in form.find_all("button")]
            if not button or any(button in each for each in words):
                return form
        raise AssertionError(f"no form with the button “{button}” on {self.path}")


@dataclass
class Client:
    """One person's browser on one program; `client.open(path)`, `client.press(button, values)`."""

    app: Flask
    flask: FlaskClient = field(init=False)
    screen: Screen = field(init=False)

    def __post_init__(self) -> None:
        """Make the underlying client."""
        self.flask = self.app.test_client()

    def open(self, path: str, *, status: int = 200) -> Screen:
        """Get a page and follow redirects; the status at the end is asserted."""
        return self._arrive(self.flask.get(path, follow_redirects=True), status)

    def follow(self, words: str) -> Screen:
        """Follow the link with these words on the present page."""
        return self.open(urljoin(self.screen.path, self.screen.link(words)))

    def press(
        self, button: str = "", values: dict[str, Any] | None = None, *, status: int = 200
    ) -> Screen:
        """Fill in the form that has this button, with `values` over what it holds, and send it."""
        form = self.screen.form(button)
        data = filled_in(form)
        for name, value in (values or {}).items():
            data[name] = value if isinstance(value, list) else [value]
        for each in form.find_all("button", attrs={"name": True}):
            if button and button in " ".join(each.get_text().split()):
                data[str(each["name"])] = [str(each.get("value", ""))]
        address = urljoin(self.screen.path, str(form.get("action") or self.screen.path))
        return self.post(address, data, status=status)

    def post(self, path: str, data: dict[str, Any], *, status: int = 200) -> Screen:
        """Post values as they are and follow redirects."""
        sent, kind = _body(data)
        response = self.flask.post(path, data=sent, content_type=kind, follow_redirects=True)
        return self._arrive(response, status)

    def proof(self) -> str:
        """Return a proof of origin for direct posts, taken from the sign-in page."""
        page = BeautifulSoup(self.flask.get("/sign-in").text, "lxml")
        found = page.find("input", attrs={"name": "csrf_token"})
        assert isinstance(found, Tag)
        return str(found["value"])

    def _arrive(self, response: TestResponse, status: int) -> Screen:
        address = urlsplit(response.request.url)
        path = address.path + (f"?{address.query}" if address.query else "")
        html = response.text if response.mimetype == "text/html" else ""
        self.screen = Screen(response, path, BeautifulSoup(html, "lxml"))
        assert response.status_code == status, (
            f"{path} answered {response.status_code}, not {status}: {self.screen.text[:600]}"
        )
        if response.mimetype == "text/html":
            check_page(response, self.screen.soup, path)
        return self.screen


class Browser(Protocol):
    """What page objects ask of a browser: this one, or a real one."""

    screen: Screen

    def open(self, path: str, *, status: int = 200) -> Screen:
        """Go to an address."""

    def follow(self, words: str) -> Screen:
        """Follow the link with these words."""

    def press(
        self, button: str = "", values: dict[str, Any] | None = None, *, status: int = 200
    ) -> Screen:
        """Fill in the form that has this button and send it."""


AnyBrowser = TypeVar("AnyBrowser", bound=Browser, default=Client)
"""The browser of a page object: without a word, the one without a browser."""


def _body(data: dict[str, Any]) -> tuple[Any, str | None]:
    """Return what is sent for values, and its kind where there are files, `(content, name)`."""
    values = MultiDict(data)
    files = {
        name: FileStorage(each[0], filename=each[1])
        for name, each in values.items(multi=True)
        if isinstance(each, tuple)
    }
    if not files:
        return data, None
    # Put together here: the client would leave the file of a large body open.
    for name, file in files.items():
        values.setlist(name, [file])
    boundary, content = encode_multipart(values)
    return content, f"multipart/form-data; boundary={boundary}"


def filled_in(form: Tag) -> dict[str, list[str]]:
    """Return what a browser would send for a form as it stands."""
    data: dict[str, list[str]] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name = control.get("name")
        if not name:
            continue
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            if chosen is not None:
                data.setdefault(str(name), []).append(str(chosen.get("value", "")))
        elif control.get("type") in ("radio", "checkbox"):
            if control.has_attr("checked"):
                data.setdefault(str(name), []).append(str(control.get("value", "on")))
        elif control.name == "textarea":
            # A browser drops the first line break after the opening tag.
            data.setdefault(str(name), []).append(control.get_text().removeprefix("\n"))
        else:
            data.setdefault(str(name), []).append(str(control.get("value", "")))
    return data
