"""The job that takes in a large import, a slice at a time; each slice may be tried again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from webapp.intake import services
from webapp.jobs import Handler, JobContext


def take_import(context: JobContext, payload: Mapping[str, str]) -> None:
    """Take in the next slice of an import; what was done before is not done again."""
    with context.database.writing() as session:
        services.take_slice(
            session,
            import_id=uuid.UUID(payload["import"]),
            after=int(payload["after"]),
            library=context.library,
            now=context.now,
        )


HANDLERS: Mapping[str, Handler] = {services.TAKE_IMPORT: take_import}
"""What the worker does for each kind of job of this room."""
