"""What can be done with exports: ask, make, check, cancel, delete, and show that it was done."""

from webapp.extracts.services.asking import (
    HELD_ERASED,
    cancel_extract,
    delete_extract,
    delete_outdated,
    find_extract,
    forget_old_extracts,
    is_outdated,
    list_extracts,
    list_outdated,
    request_extract,
)
from webapp.extracts.services.making import (
    CLEAR_EXTRACT,
    MAKE_EXTRACT,
    Work,
    begin_checking,
    begin_making,
    begin_reading,
    fail_extract,
    finish_extract,
    get_extract,
    note_progress,
    read_responses,
)
from webapp.extracts.services.record import evidence

__all__ = [
    "CLEAR_EXTRACT",
    "HELD_ERASED",
    "MAKE_EXTRACT",
    "Work",
    "begin_checking",
    "begin_making",
    "begin_reading",
    "cancel_extract",
    "delete_extract",
    "delete_outdated",
    "evidence",
    "fail_extract",
    "find_extract",
    "finish_extract",
    "forget_old_extracts",
    "get_extract",
    "is_outdated",
    "list_extracts",
    "list_outdated",
    "note_progress",
    "read_responses",
    "request_extract",
]
