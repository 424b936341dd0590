"""Look at the installation."""

from __future__ import annotations

from frameworks.library import Library
from webapp.operations.health import Health
from webapp.persistence import Session, answers


def examine_health(session: Session, library: Library) -> Health:
    """See whether the database answers and no published framework file was changed."""
    return Health(database=answers(session), library=not library.verify())
