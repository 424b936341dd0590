"""What views and other rooms ask of reviews."""

from webapp.appraisals.reasons import LONGEST_REASON, ReasonNeeded
from webapp.appraisals.services.addressing import send_link
from webapp.appraisals.services.copies import carried_by, list_carried, record_copy
from webapp.appraisals.services.drafting import Saved, list_drafts, save_answers
from webapp.appraisals.services.freezing import RevisionDamaged
from webapp.appraisals.services.papers import (
    UnknownPaper,
    attach_paper,
    get_paper,
    list_papers,
    remove_paper,
)
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
    Unfinished,
    amend_review,
    approve_review,
    finish_review,
    grant_reading,
    reopen_review,
    share_review,
    withdraw_review,
)
from webapp.appraisals.services.taking import ChangedSincePreview, Choices
from webapp.appraisals.services.transcribing import (
    check_may_check,
    confirm_typed,
    finish_typing,
    list_typed,
    list_typed_sections,
    may_type,
    merge_typed,
    needs_appraisee,
    save_typed,
    send_back,
)
from webapp.appraisals.services.uploads import (
    UnknownUpload,
    discard_upload,
    forget_uploads,
    get_form_taken,
    get_upload,
    is_correction,
    keep_upload,
    list_forms_taken,
    merge_upload,
    take_upload,
)
from webapp.appraisals.store.papers import AttachedAlready, SamePerson
from webapp.appraisals.store.reviews import StartedAlready
from webapp.appraisals.store.uploads import Upload

__all__ = [
    "LONGEST_REASON",
    "LONGEST_REMARK",
    "AttachedAlready",
    "ChangedSincePreview",
    "ChangedSinceSeen",
    "Choices",
    "ReasonNeeded",
    "RemarkTooLong",
    "RevisionDamaged",
    "SamePerson",
    "Saved",
    "StartedAlready",
    "Unfinished",
    "UnknownPaper",
    "UnknownUpload",
    "Upload",
    "amend_review",
    "approve_review",
    "attach_paper",
    "carried_by",
    "check_may_check",
    "confirm_typed",
    "discard_upload",
    "find_review",
    "finish_review",
    "finish_typing",
    "forget_uploads",
    "get_form_taken",
    "get_paper",
    "get_upload",
    "grant_reading",
    "is_correction",
    "keep_upload",
    "list_answers",
    "list_carried",
    "list_drafts",
    "list_events",
    "list_forms_taken",
    "list_papers",
    "list_reviews",
    "list_revisions",
    "list_signed_steps",
    "list_typed",
    "list_typed_sections",
    "may_type",
    "merge_typed",
    "merge_upload",
    "needs_appraisee",
    "record_copy",
    "record_issue",
    "remove_paper",
    "reopen_review",
    "save_answers",
    "save_typed",
    "send_back",
    "send_link",
    "share_review",
    "sign_review",
    "signer",
    "start_review",
    "take_upload",
    "withdraw_review",
]
