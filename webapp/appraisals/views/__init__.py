"""The pages of reviews."""

from webapp.appraisals.views import (
    blank,
    drafting,
    files,
    overview,
    papers,
    people,
    records,
    signing,
    starting,
    steps,
    transcribing,
    uploads,
)
from webapp.appraisals.views.room import room

__all__ = [
    "blank",
    "drafting",
    "files",
    "overview",
    "papers",
    "people",
    "records",
    "room",
    "signing",
    "starting",
    "steps",
    "transcribing",
    "uploads",
]
