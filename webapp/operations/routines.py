"""What every worker tidies away from time to time; each may be repeated at will."""

from __future__ import annotations

import datetime as dt

from webapp.accounts.services import forget_expired
from webapp.appraisals.services import forget_uploads
from webapp.bundles.services import forget_old_bundles
from webapp.campaigns.services import plan_searches
from webapp.config import RetentionPeriods
from webapp.consultations.services import forget_drafts
from webapp.equality.services import plan_mixing
from webapp.extracts.services import delete_outdated, forget_old_extracts
from webapp.files import FileStore, forget_unheld
from webapp.intake.services import forget_imports
from webapp.jobs import forget_finished
from webapp.notices.services import tend_lists
from webapp.operations.keeping import keep_to_schedule
from webapp.operations.working import Routine
from webapp.packs.services import forget_old_packs
from webapp.persistence import Session

RETENTION = RetentionPeriods()

ROUTINES: tuple[Routine, ...] = (
    forget_finished,
    forget_expired,
    forget_drafts,
    forget_uploads,
    forget_old_packs,
    forget_old_extracts,
    forget_old_bundles,
    forget_imports,
    plan_mixing,
    tend_lists,
    plan_searches,
)

AFTER_ERASING: tuple[Routine, ...] = (delete_outdated,)
"""What must not keep for an hour what somebody has just erased."""


def routines_for(files: FileStore, periods: RetentionPeriods = RETENTION) -> tuple[Routine, ...]:
    """Return every routine; the last deletes the files that the others no longer need."""

    def keep(session: Session, now: dt.datetime) -> None:
        keep_to_schedule(session, now, periods)

    def forget_files(session: Session, now: dt.datetime) -> None:
        forget_unheld(session, files, now)

    return (*ROUTINES, keep, forget_files)
