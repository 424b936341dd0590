"""What counts as an email address, a name and a slug, and which addresses are the same."""

from __future__ import annotations

import re

from webapp.accounts.errors import NotValid

LONGEST_EMAIL = 254
LONGEST_NAME = 120
LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60


def same_email(typed: str) -> str:
    """Return the form of an address in which it is stored and compared.

    Raises NotValid where it is no address that a mail could be sent to.
    """
    email = typed.strip().casefold()
    local, _, host = email.rpartition("@")
    usable = (
        len(email) <= LONGEST_EMAIL
        and LOCAL.fullmatch(local)
        and all(LABEL.fullmatch(label) for label in host.split("."))
    )
    if not usable:
        raise NotValid("Enter an email address in the correct format, such as name@example.org")
    return email


def mailbox_of(typed: str) -> str:
    """Return the address of the mailbox that a mail would lie in: `sam+trust@…` is `sam@…`.

    Raises NotValid.
    """
    local, _, host = same_email(typed).rpartition("@")
    return f"{local.partition('+')[0] or local}@{host}"


def person_name(typed: str) -> str:
    """Return a name without blanks at its ends; raises NotValid where none can be shown."""
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NotValid(f"Enter a name of 1 to {LONGEST_NAME} characters")
    return name


def checked_slug(typed: str) -> str:
    """Return a slug; raises NotValid where it could not stand in an address."""
    if len(typed) > LONGEST_SLUG or not SLUG.fullmatch(typed):
        raise NotValid(
            f"'{typed}' cannot stand in an address: "
            "use lower-case letters, digits and single hyphens, such as north-trust"
        )
    return typed


def one_line(typed: str) -> str:
    """Return a text as one line that can stand in a mail's subject."""
    joined = " ".join(typed.split())
    return "".join(character for character in joined if character.isprintable())
