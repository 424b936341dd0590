"""What people do with the files of a review, in a browser without a browser."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tests.pages.client import Client, Screen, filled_in
from tests.pages.review import ReviewPages


@dataclass
class ReviewFiles:
    """The files of a review in one person's browser."""

    browser: Client
    path: str

    @classmethod
    def of(cls, pages: ReviewPages) -> ReviewFiles:
        """Return the files of the review that somebody has open."""
        return cls(pages.browser, pages.path.partition("?")[0])

    def open(self, tail: str = "/files", *, status: int = 200) -> Screen:
        """Open the page of files, or another page of the review."""
        return self.browser.open(self.path + tail, status=status)

    def download(self) -> bytes:
        """Take a copy of the form."""
        self.open()
        screen = self.browser.press("Download the form")
        assert screen.response.mimetype == "application/pdf"
        assert screen.response.headers["Content-Disposition"].startswith("attachment")
        return bytes(screen.response.data)

    def bring(self, content: bytes, name: str = "form.pdf", *, status: int = 200) -> Screen:
        """Bring a filled form back."""
        self.open("/bring-back")
        return self._send("See what it would change", content, name, status)

    def attach(self, content: bytes, name: str = "scan.pdf", *, status: int = 200) -> Screen:
        """Attach a form on paper."""
        self.open("/attach")
        return self._send("Attach this file", content, name, status)

    def _send(self, button: str, content: bytes, name: str, status: int) -> Screen:
        form = self.browser.screen.form(button)
        assert form["enctype"] == "multipart/form-data"
        data: dict[str, Any] = filled_in(form)
        data["file"] = [(BytesIO(content), name)]
        return self.browser.post(str(form["action"]), data, status=status)
