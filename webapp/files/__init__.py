"""Files by the digest of their content, and who still needs them."""

from webapp.files.filestore import FileDamaged, FileStore, UnknownFile
from webapp.files.services import (
    delete_unheld,
    forget_unheld,
    hold_file,
    is_held,
    list_held,
    release_file,
)

__all__ = [
    "FileDamaged",
    "FileStore",
    "UnknownFile",
    "delete_unheld",
    "forget_unheld",
    "hold_file",
    "is_held",
    "list_held",
    "release_file",
]
