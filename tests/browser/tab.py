"""A real browser, driven as the journeys drive theirs, that checks every page it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from tests.pages.client import Screen
from tests.pages.contract import check_page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 10_000
"""Milliseconds after which something that should be on a page is missing from it."""

MOST_PAINTED = 3000
"""Elements of a page above which the contrast of each takes too long to work out."""

AXE = Axe()
SOUND: set[tuple[int, int]] = set()
"""Shape and width of the pages that axe has nothing against, so that it reads each shape once."""

ANY_VALUE = ("href", "src", "action", "id", "for", "name", "value", "content", "aria-describedby")
OVERFLOWING = """() => {
  const limit = document.documentElement.clientWidth;
  const scrollsItself = each => each !== document.body
    && each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX !== "visible";
  const wide = [...document.querySelectorAll("body *")].filter(each => {
    const around = each.parentElement.closest(".bm-table-scroll, .bm-document table");
    return each.getBoundingClientRect().right > limit + 1 && !(around && scrollsItself(around));
  });
  return document.documentElement.scrollWidth > limit
    ? (wide.length ? wide : [document.body]).slice(0, 3).map(each => each.outerHTML.slice(0, 160))
    : [];
}"""


@dataclass
class Tab:
    """One tab on a program; what it does, a person could do with a mouse."""

    page: Page
    url: str
    scripts: bool = True
    """Whether pages may run scripts; axe is one, so it needs them."""
    screen: Screen = field(init=False)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the browser complains about."""
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._got)

    def open(self, path: str, *, status: int = 200) -> Screen:
        """Go to an address of the program; the status at the end is asserted."""
        response = self.page.goto(urljoin(self.url, path))
        assert response is not None
        return self._arrive(response, status)

    def follow(self, words: str) -> Screen:
        """Click the first link with these words."""
        return self.click(self.page.locator("a", has_text=words).first)

    def press(
        self, button: str = "", values: dict[str, Any] | None = None, *, status: int = 200
    ) -> Screen:
        """Fill in the form that has this button, by the names of its controls, and click it."""
        form = self.form(button)
        for name, value in (values or {}).items():
            self.fill(form, name, value)
        found = form.locator("button", has_text=button) if button else form.locator("button")
        return self.click(found.first, status=status)

    def form(self, button: str = "") -> Locator:
        """Return the form of the main part that has a button with these words."""
        with_button = self.page.locator("main form").filter(
            has=self.page.locator("button", has_text=button)
        )
        return with_button.first

    def fill(self, form: Locator, name: str, value: Any) -> None:
        """Type, tick or choose; a list of values ticks exactly these boxes."""
        controls = form.locator(f'[name="{name}"]:not([type=hidden])')
        kind = controls.first.get_attribute("type")
        if kind == "radio":
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            wanted = value if isinstance(value, list) else [value]
            for box in controls.all():
                box.set_checked(box.get_attribute("value") in wanted)
        elif kind == "file":
            content, file_name = value
            controls.first.set_input_files(
                {"name": file_name, "mimeType": "", "buffer": content.read()}
            )
        elif controls.first.evaluate("each => each.tagName") == "SELECT":
            controls.first.select_option(value)
        else:
            controls.first.fill(value)

    def click(self, what: Locator, *, status: int = 200) -> Screen:
        """Click something that leads to a page."""
        with self.page.expect_navigation() as arrival:
            what.click()
        return self._arrive(arrival.value, status)

    def download(self, what: Locator) -> bytes:
        """Click something that leads to a file, and return the file."""
        with self.page.expect_download() as arrival:
            what.click()
        return arrival.value.path().read_bytes()

    @contextmanager
    def arriving(self, *, status: int = 200) -> Iterator[None]:
        """Check the page that what is done inside leads to."""
        with self.page.expect_navigation() as arrival:
            yield
        self._arrive(arrival.value, status)

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium repeats a status such as 422 there, which is asserted anyway.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"a request to another site: {request.url}")

    def _got(self, response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 400 and kind not in ("document", "fetch"):
            self.complaints.append(f"{response.status} for {response.url}")

    def _arrive(self, response: Response | None, status: int) -> Screen:
        assert response is not None
        self.page.wait_for_load_state()
        address = urlsplit(response.url)
        path = address.path + (f"?{address.query}" if address.query else "")
        answer = TestResponse(
            [response.body()],
            str(response.status),
            Headers(response.all_headers()),
            EnvironBuilder(path).get_request(),
        )
        html = answer.text if answer.mimetype == "text/html" else ""
        self.screen = Screen(answer, path, BeautifulSoup(html, "lxml"))
        assert response.status == status, (
            f"{path} answered {response.status}, not {status}: {self.screen.text[:600]}"
        )
        self.check()
        return self.screen

    def check(self) -> None:
        """Hold the present page to the contract, to axe and to the width of the window."""
        path = self.screen.path
        check_page(self.screen.response, self.screen.soup, path)
        assert not self.complaints, f"{path}: {self.complaints}"
        wide = self.page.evaluate(OVERFLOWING)
        assert not wide, f"{path} scrolls sideways because of {wide}"
        made = (shape(self.screen.soup), self.page.evaluate("innerWidth"))
        if self.scripts and made not in SOUND:
            results = AXE.run(self.page, options=self._axe_options())
            assert results.violations_count == 0, f"{path}: {results.generate_report()}"
            SOUND.add(made)

    def _axe_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
        if self.page.locator("*").count() > MOST_PAINTED:
            # Half a minute for a whole framework on one page, whose colours are those of the
            # pages of its parts.
            options["rules"] = {"color-contrast": {"enabled": False}}
        return options


def shape(soup: BeautifulSoup) -> int:
    """Return a number for a page's mark-up, whatever its words, addresses and ids."""
    return hash(
        tuple(
            (
                tag.name,
                bool(tag.get_text().strip()),
                *sorted(
                    (name, "" if name in ANY_VALUE else str(value))
                    for name, value in tag.attrs.items()
                ),
            )
            for tag in soup.find_all(True)
        )
    )
