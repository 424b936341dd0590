"""What a lead does with exports, and what is in the files that come of it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from tests.pages.client import Client, Screen
from tests.pages.lead import Lead
from tests.program import Program
from webapp.security import Role

CHOSEN = {"layout": "comments", "file_format": "csv", "which": "counting", "campaigns": "with"}


@dataclass
class Exporter:
    """A signed-in lead who wants tables."""

    program: Program
    browser: Client
    slug: str = "example-region"

    @classmethod
    def of(cls, program: Program) -> Exporter:
        """Return a lead of the program's organisation."""
        return cls(program, program.staff(Role.CONSULTATION_LEAD, "exporter@meadowbank.example"))

    @property
    def index(self) -> str:
        """The address of the list."""
        return f"{Lead(self.browser).one(self.slug)}/exports"

    def ask(self, *, status: int = 200, **changes: Any) -> Screen:
        """Ask for an export and arrive on its page."""
        self.browser.open(f"{self.index}/new")
        return self.browser.press("Make the export", CHOSEN | changes, status=status)

    def make(self, **changes: Any) -> Screen:
        """Ask for an export, let the worker make it, and look at its page."""
        asked = self.ask(**changes)
        self.program.deliver_mail()
        return self.browser.open(asked.path)

    def download(self, screen: Screen) -> bytes:
        """Download what the page of an export offers."""
        response = self.browser.flask.get(screen.link("Download the export"))
        assert response.status_code == 200
        content: bytes = response.data
        return content

    def files(self, **changes: Any) -> dict[str, bytes]:
        """Make an export and return the files in it."""
        return unpacked(self.download(self.make(**changes)))


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    """Return the rows of the JSON Lines in an export."""
    return [
        json.loads(line)
        for name, content in sorted(files.items())
        if name.endswith(".jsonl")
        for line in content.decode().splitlines()
    ]
