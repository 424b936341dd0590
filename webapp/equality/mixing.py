"""The job that counts forms in groups, and afterwards destroys what could open the old ones."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.equality import services
from webapp.equality.key_files import KeyFiles
from webapp.jobs import Handler, JobContext


def mix(context: JobContext, payload: Mapping[str, str]) -> None:
    """Mix the forms that wait; safe to repeat, and to be killed anywhere."""
    key_files = KeyFiles(context.settings.home)
    with context.database.writing() as session:
        services.mix_forms(session, key_files, context.now)
    # Only now is it certain that nothing is sealed with the old keys.
    with context.database.writing() as session:
        services.destroy_keys(session, key_files)
    context.database.empty_log()


HANDLERS: Mapping[str, Handler] = {services.MIX: mix}
"""What the worker does for each kind of job of this room."""
