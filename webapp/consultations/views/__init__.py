"""The pages of consultations: for everybody, for respondents and for leads."""

from webapp.consultations.views import (
    about_you,
    answers,
    lead,
    lead_states,
    leaving,
    public,
    returning,
    sending,
)
from webapp.consultations.views.room import room

__all__ = [
    "about_you",
    "answers",
    "lead",
    "lead_states",
    "leaving",
    "public",
    "returning",
    "room",
    "sending",
]
