"""Who may do what; no web, no database."""

from webapp.security.permissions import (
    Identity,
    Membership,
    Participation,
    Permission,
    Relation,
    Role,
    Subject,
)
from webapp.security.policy import POLICY, permits

__all__ = [
    "POLICY",
    "Identity",
    "Membership",
    "Participation",
    "Permission",
    "Relation",
    "Role",
    "Subject",
    "permits",
]
