"""What every worker tidies away from time to time; each may be repeated at will."""

from __future__ import annotations

from webapp.accounts.services import forget_expired
from webapp.consultations.services import forget_drafts
from webapp.jobs import forget_finished
from webapp.operations.working import Routine

ROUTINES: tuple[Routine, ...] = (forget_finished, forget_expired, forget_drafts)
