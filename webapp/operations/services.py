"""Look at the installation."""

from __future__ import annotations

import datetime as dt
from weakref import WeakKeyDictionary

from frameworks.library import Library
from webapp.operations.health import Health
from webapp.persistence import Session, answers

VERDICT_HOLDS = dt.timedelta(seconds=30)
_verdicts: WeakKeyDictionary[Library, tuple[dt.datetime, bool]] = WeakKeyDictionary()


def examine_health(session: Session, library: Library, now: dt.datetime) -> Health:
    """See whether the database answers and no published framework file was changed."""
    return Health(database=answers(session), library=_is_whole(library, now))


def _is_whole(library: Library, now: dt.datetime) -> bool:
    # Anybody may ask as often as they like, and reading every file takes a while.
    known = _verdicts.get(library)
    if known is not None and dt.timedelta(0) <= now - known[0] < VERDICT_HOLDS:
        return known[1]
    is_whole = not library.verify()
    _verdicts[library] = (now, is_whole)
    return is_whole
