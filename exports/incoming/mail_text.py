"""What an e-mail says: who sent it, when, about what, and its words."""

from __future__ import annotations

import email
import email.policy
import html
import re
from email.message import EmailMessage

from exports.forms.filled import FileRefused, Reason
from exports.incoming.source_kinds import readable

LONGEST = 200_000
SHOWN_HEADERS = ("From", "To", "Date", "Subject")


def mail_text(content: bytes) -> str:
    """Return an e-mail as text, with what it carries named at its end; raises FileRefused."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        head = [f"{name}: {message[name]}" for name in SHOWN_HEADERS if message[name]]
        body = _body(message)
        attached = [each.get_filename() or "a file" for each in message.iter_attachments()]
    # The library of the language has no error of its own for each way to be malformed.
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise FileRefused(
            Reason.NO_SUCH_KIND,
            "This email cannot be read. Print it as a PDF, and attach that.",
        ) from error
    tail = [f"Attached to the email, and not shown here: {', '.join(attached)}"] if attached else []
    return readable("\n\n".join(filter(None, ("\n".join(head), body, *tail))))[:LONGEST]


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = str(part.get_content())
    return _words_of(text) if part.get_content_subtype() == "html" else text


def _words_of(page: str) -> str:
    """Return the words of a page: for reading beside the e-mail itself, which is kept whole."""
    page = re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>", " ", page[: 4 * LONGEST])
    page = re.sub(r"(?i)<(br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>", "\n", page)
    words = html.unescape(re.sub(r"<[^>]*>", "", page))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in words.splitlines()))
