"""What views and other rooms ask of reviews."""

from webapp.appraisals.services.addressing import send_link
from webapp.appraisals.services.drafting import Saved, list_drafts, save_answers
from webapp.appraisals.services.freezing import RevisionDamaged
from webapp.appraisals.services.reading import (
    find_review,
    list_answers,
    list_events,
    list_reviews,
    list_revisions,
    list_signed_steps,
    record_issue,
)
from webapp.appraisals.services.signatures import (
    LONGEST_REMARK,
    ChangedSinceSeen,
    RemarkTooLong,
    sign_review,
    signer,
)
from webapp.appraisals.services.starting import start_review
from webapp.appraisals.services.steps import (
    LONGEST_REASON,
    ReasonNeeded,
    Unfinished,
    amend_review,
    approve_review,
    finish_review,
    grant_reading,
    reopen_review,
    share_review,
    withdraw_review,
)
from webapp.appraisals.store.reviews import StartedAlready

__all__ = [
    "LONGEST_REASON",
    "LONGEST_REMARK",
    "ChangedSinceSeen",
    "ReasonNeeded",
    "RemarkTooLong",
    "RevisionDamaged",
    "Saved",
    "StartedAlready",
    "Unfinished",
    "amend_review",
    "approve_review",
    "find_review",
    "finish_review",
    "grant_reading",
    "list_answers",
    "list_drafts",
    "list_events",
    "list_reviews",
    "list_revisions",
    "list_signed_steps",
    "record_issue",
    "reopen_review",
    "save_answers",
    "send_link",
    "share_review",
    "sign_review",
    "signer",
    "start_review",
    "withdraw_review",
]
