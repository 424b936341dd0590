"""The pages of consultations: for everybody, for respondents and for leads."""

from webapp.consultations.views import (
    about_you,
    answers,
    deciding,
    formats,
    joining,
    language,
    lead,
    lead_states,
    leaving,
    members,
    notes,
    public,
    receipts,
    returning,
    sending,
    task_list,
    together,
)
from webapp.consultations.views.room import room

__all__ = [
    "about_you",
    "answers",
    "deciding",
    "formats",
    "joining",
    "language",
    "lead",
    "lead_states",
    "leaving",
    "members",
    "notes",
    "public",
    "receipts",
    "returning",
    "room",
    "sending",
    "task_list",
    "together",
]
