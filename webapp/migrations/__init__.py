"""How the tables came to be what they are, and how an older database gets there."""

from webapp.migrations.upgrading import newest_revision, upgrade

__all__ = ["newest_revision", "upgrade"]
