"""The mails of consultations: their texts, and the jobs that send them.

The way into a response is made and committed first and mailed then, so that a link which was
mailed is always one that the database knows. The address is in the job alone, and goes with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from urllib.parse import quote

from webapp.consultations import services
from webapp.jobs import Handler, JobContext, Mail
from webapp.web.times import in_words

LONGEST_SUBJECT = 150


def send_return_mail(context: JobContext, payload: Mapping[str, str]) -> None:
    """Mail a way back into a response, unless it was sent meanwhile."""
    member = payload["member"]
    with context.database.writing() as session:
        letter = services.prepare_return_mail(
            session,
            draft_id=uuid.UUID(payload["draft"]),
            member_id=uuid.UUID(member) if member else None,
            place=payload["place"],
            now=context.now,
        )
    if letter is not None:
        context.mailer.send(return_mail(letter, payload["email"], context.settings.url))


HANDLERS: Mapping[str, Handler] = {services.RETURN_MAIL: send_return_mail}
"""What the worker does for each kind of job of this room."""


def return_mail(letter: services.ReturnLetter, email: str, url: str) -> Mail:
    """Write the mail with the way back into a response."""
    title = "".join(each for each in letter.title if each.isprintable())
    subject = f"Go on with your response: {title}"
    link = f"{url}/consultations/{quote(letter.slug, safe='')}/return/{letter.code}"
    return Mail(
        email,
        subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…",
        f"""Hello,

Somebody, we think you, is writing a response to

{title}

and asked for this email, to go on with it later or on another device.
Open this link and press the button:

{link}

Or type this return code on {url}/return

{letter.code}

You can change and send the response until {in_words(letter.closes_at)}.
The link works as often as you need it until then. Whoever has it can
read and change the response, so do not pass it on.

We have not kept your email address. If you did not ask for this,
ignore it.

Boardmark
{url}
""",
    )
