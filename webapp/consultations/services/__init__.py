"""What can be done with consultations, drafts and submissions."""

from webapp.consultations.services.consultations import (
    close_consultation,
    create_consultation,
    edit_consultation,
    find_consultation,
    get_consultation,
    list_consultations,
    list_events,
    list_public_consultations,
    open_consultation,
)
from webapp.consultations.services.counting import count_responses, totals_of
from webapp.consultations.services.drafts import (
    find_draft,
    forget_drafts,
    save_answers,
    save_choices,
    save_respondent,
    start_draft,
)
from webapp.consultations.services.material import (
    consultable_frameworks,
    get_asking,
    get_framework,
    questionnaires,
)
from webapp.consultations.services.submissions import (
    find_receipt,
    submission_key,
    submit_response,
)

__all__ = [
    "close_consultation",
    "consultable_frameworks",
    "count_responses",
    "create_consultation",
    "edit_consultation",
    "find_consultation",
    "find_draft",
    "find_receipt",
    "forget_drafts",
    "get_asking",
    "get_consultation",
    "get_framework",
    "list_consultations",
    "list_events",
    "list_public_consultations",
    "open_consultation",
    "questionnaires",
    "save_answers",
    "save_choices",
    "save_respondent",
    "start_draft",
    "submission_key",
    "submit_response",
    "totals_of",
]
