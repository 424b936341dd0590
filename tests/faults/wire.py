"""A browser over the network that does what people do when a page does not come: try again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from tests.pages.client import Screen, filled_in

PATIENCE = 120.0
"""Seconds for which somebody tries to get an answer."""

FORM = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-Fetch-Site": "same-origin",
}


class NoAnswer(Exception):
    """Nothing came back, however often it was tried."""


@dataclass(frozen=True)
class Answer:
    """What came back whole: nothing that was cut off is an answer."""

    method: str
    path: str
    status: int
    headers: Headers
    body: bytes

    @property
    def is_acknowledged_send(self) -> bool:
        """Whether this tells somebody that their response was sent."""
        to_receipt = "/receipts/" in self.headers.get("Location", "")
        return self.path.endswith("/response/send") and self.status == 303 and to_receipt

    @property
    def is_acknowledged_save(self) -> bool:
        """Whether this tells somebody that what they said about an item is saved."""
        return self.method == "POST" and "/response/items/" in self.path and self.status == 303


def nothing(_: Any) -> None:
    """Take no notice."""


@dataclass
class WireBrowser:
    """One person's browser, which keeps a connection, cookies and what was typed."""

    port: int
    heard: Callable[[Answer], None] = nothing
    """Is told of every answer that came, before anything is made of it."""
    about_to_hear: Callable[[str], None] = nothing
    """Is told the path of every post that was written, before its answer is read."""
    reloads: int = 0
    """How often a page that is not there is loaded again."""
    cookies: dict[str, str] = field(default_factory=dict)
    screen: Screen = field(init=False)
    _connection: HTTPConnection | None = None

    def open(self, path: str, *, status: int = 200) -> Screen:
        """Go to an address; the status at the end is asserted."""
        return self._go("GET", path, b"", status)

    def follow(self, words: str) -> Screen:
        """Follow the link with these words."""
        return self.open(urljoin(self.screen.path, self.screen.link(words)))

    def press(
        self, button: str = "", values: dict[str, Any] | None = None, *, status: int = 200
    ) -> Screen:
        """Fill in the form that has this button and send it."""
        address, body = self.filled(button, values or {})
        return self.send(address, body, status=status)

    def filled(self, button: str, values: dict[str, Any]) -> tuple[str, bytes]:
        """Return where the form that has this button goes, and what it would send."""
        form = self.screen.form(button)
        data = filled_in(form)
        for name, value in values.items():
            data[name] = value if isinstance(value, list) else [value]
        for each in form.find_all("button", attrs={"name": True}):
            if button and button in " ".join(each.get_text().split()):
                data[str(each["name"])] = [str(each.get("value", ""))]
        address = urljoin(self.screen.path, str(form.get("action") or self.screen.path))
        return address, urlencode(data, doseq=True).encode()

    def send(self, path: str, body: bytes, *, status: int = 200) -> Screen:
        """Post a body as it is and follow where that leads."""
        return self._go("POST", path, body, status)

    def exchange(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Ask once and again until a whole answer comes, always with the same body."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = self._ask(method, path, body)
            except (OSError, HTTPException):
                self.hang_up()
                time.sleep(0.1)
                continue
            if answer.status != 503:
                return answer
            time.sleep(0.2)
        raise NoAnswer(path)

    def _go(self, method: str, path: str, body: bytes, status: int) -> Screen:
        answer = self.exchange(method, path, body)
        while answer.status == 303:
            path = answer.headers["Location"]
            answer = self.exchange("GET", path)
        for _ in range(self.reloads):
            if answer.status != 404:
                break
            time.sleep(0.1)
            answer = self.exchange("GET", path)
        address = urlsplit(path)
        shown = address.path + (f"?{address.query}" if address.query else "")
        response = TestResponse(
            [answer.body],
            str(answer.status),
            answer.headers,
            EnvironBuilder(shown).get_request(),
        )
        self.screen = Screen(response, shown, BeautifulSoup(answer.body, "lxml"))
        assert answer.status == status, (
            f"{path} answered {answer.status}, not {status}: {self.screen.text[:400]}"
        )
        return self.screen

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            self._connection.request(method, path, body, headers | FORM)
            self.about_to_hear(path)
        else:
            self._connection.request(method, path, headers=headers)
        response = self._connection.getresponse()
        content = response.read()
        self._remember(response)
        answer = Answer(method, path, response.status, Headers(response.getheaders()), content)
        self.heard(answer)
        return answer

    def _remember(self, response: HTTPResponse) -> None:
        for text in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(text).items():
                if morsel.value:
                    self.cookies[name] = morsel.coded_value
                else:
                    self.cookies.pop(name, None)

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None
