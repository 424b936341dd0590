"""Load the example through the same services that people use, so that it obeys every rule."""

from __future__ import annotations

import datetime as dt

from frameworks.library import Library
from webapp.accounts.services import list_organisations
from webapp.config import Settings
from webapp.operations.example.consultation import hold_consultation
from webapp.operations.example.crowd import WHOLE
from webapp.operations.example.people import gather
from webapp.operations.example.reviews import hold_reviews
from webapp.operations.example.vacancy import open_vacancies
from webapp.persistence import Session


def has_data(session: Session) -> bool:
    """Say whether anything was set up here, so that an example would be out of place."""
    return bool(list_organisations(session))


def load_example(
    session: Session,
    library: Library,
    settings: Settings,
    now: dt.datetime,
    *,
    responses: int = WHOLE,
) -> None:
    """Fill an empty database, in the caller's transaction.

    The closed consultation gets so many `responses`; tests to which that makes no difference take
    fewer.
    Raises UnknownVersion where the library lacks the board-leadership framework.
    """
    people = gather(session, now)
    hold_consultation(session, library, people, settings, now, responses=responses)
    open_vacancies(session, library, people, now)
    hold_reviews(session, library, people, now)
