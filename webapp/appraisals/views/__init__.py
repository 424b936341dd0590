"""The pages of reviews."""

from webapp.appraisals.views import (
    blank,
    drafting,
    overview,
    people,
    records,
    signing,
    starting,
    steps,
)
from webapp.appraisals.views.room import room

__all__ = [
    "blank",
    "drafting",
    "overview",
    "people",
    "records",
    "room",
    "signing",
    "starting",
    "steps",
]
