"""The pages of responses that come in other ways than the website."""

from webapp.intake.views import arriving, checking, importing, transcribing
from webapp.intake.views.room import room

__all__ = ["arriving", "checking", "importing", "room", "transcribing"]
