"""How the tables came to be what they are, and how an older database gets there."""

from webapp.migrations.upgrading import known_revisions, newest_revision, upgrade

__all__ = ["known_revisions", "newest_revision", "upgrade"]
