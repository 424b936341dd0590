"""A small library in a folder: a consultation version, a final one, the next consultation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from frameworks.library import Library
from frameworks.model import ChangeKind, Derivation, Framework
from frameworks.writer import write_framework
from tests.factories.frameworks import a_framework

TODAY = dt.date(2026, 5, 1)
PUBLISHED = {
    "1.0.0-beta.1": dt.date(2026, 1, 5),
    "1.0.0": dt.date(2026, 3, 2),
    "1.1.0-beta.1": dt.date(2026, 4, 20),
}


def a_library(folder: Path) -> Library:
    """Publish the three versions into `folder` and return the library."""
    library = Library(folder / "library", today=lambda: TODAY)
    for version, on in PUBLISHED.items():
        library.publish(a_draft(folder, next_version(version)), version, on=on)
    return library


def a_draft(folder: Path, framework: Framework) -> Path:
    """Write a framework to a draft file and return its path."""
    path = folder / "draft.yaml"
    path.write_text(write_framework(framework), encoding="utf-8")
    return path


def next_version(version: str) -> Framework:
    """Make the version that follows: everything unchanged, a final one with a start."""
    first = a_framework()
    if version == first.version:
        return first
    start = None if "-" in version else dt.date(2026, 4, 1)
    return unchanged(first).model_copy(update={"version": version, "effective_from": start})


def unchanged(framework: Framework) -> Framework:
    """Return a framework whose competencies all say that they are unchanged."""
    same = Derivation(change=ChangeKind.UNCHANGED)
    data = framework.model_dump(by_alias=True)
    waiting = list(data["domains"])
    while waiting:
        domain = waiting.pop()
        waiting.extend(domain["domains"])
        domain["competencies"] = [each | {"derivation": same} for each in domain["competencies"]]
    return Framework.model_validate(data)
