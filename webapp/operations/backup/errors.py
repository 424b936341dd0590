"""What may go wrong with a backup, said in one line."""

from __future__ import annotations


class BackupFailed(Exception):
    """A backup cannot be made, or cannot be restored; nothing was changed."""


class StillRunning(BackupFailed):
    """A server or worker of this installation runs."""
