"""Pages for whoever runs an installation."""

from webapp.operations.views import health, retention
from webapp.operations.views.room import room

__all__ = ["health", "retention", "room"]
