"""The mails of accounts: their texts, and the jobs that send them.

A secret is made and committed first and mailed then: a mail that cannot be handed on is tried
again with a new secret, and a link that was mailed is always one that the database knows.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from webapp.accounts import services
from webapp.accounts.services.invitations import InvitationLetter
from webapp.accounts.services.members import WelcomeLetter
from webapp.accounts.services.sign_in import SignInLetter
from webapp.jobs import Handler, JobContext, Mail
from webapp.security.tokens import show_code
from webapp.web.times import LONDON, day_in_words, in_words

LONGEST_SUBJECT = 150


def send_sign_in_mail(context: JobContext, payload: Mapping[str, str]) -> None:
    """Mail the link and the code of a sign-in attempt, if its address has an account."""
    attempt_id = uuid.UUID(payload["attempt"])
    with context.database.writing() as session:
        services.forget_expired(session, context.now)
        letter = services.prepare_sign_in_mail(session, attempt_id, context.now)
    if letter is not None:
        context.mailer.send(sign_in_mail(letter, context.settings.url))


def send_invitation_mail(context: JobContext, payload: Mapping[str, str]) -> None:
    """Mail a participant's personal link."""
    participant_id = uuid.UUID(payload["participant"])
    with context.database.writing() as session:
        letter = services.prepare_invitation_mail(session, participant_id, context.now)
    if letter is not None:
        context.mailer.send(invitation_mail(letter, context.settings.url))


def send_welcome_mail(context: JobContext, payload: Mapping[str, str]) -> None:
    """Mail somebody who was given a role in an organisation."""
    account_id, organisation_id = (uuid.UUID(payload[key]) for key in ("account", "organisation"))
    with context.database.reading() as session:
        letter = services.prepare_welcome_mail(session, account_id, organisation_id)
    if letter is not None:
        context.mailer.send(welcome_mail(letter, context.settings.url))


HANDLERS: Mapping[str, Handler] = {
    services.SIGN_IN_MAIL: send_sign_in_mail,
    services.INVITATION_MAIL: send_invitation_mail,
    services.WELCOME_MAIL: send_welcome_mail,
}
"""What the worker does for each kind of job of this room."""


def sign_in_mail(letter: SignInLetter, url: str) -> Mail:
    """Write the mail with a sign-in link and its short code."""
    return Mail(
        letter.email,
        "Sign in to Boardmark",
        f"""Hello {letter.name},

Somebody, we think you, asked to sign in to Boardmark.

Open this link and press the button:

{url}/sign-in/link/{letter.token}

Or type this code on the page where you asked for this email:

{show_code(letter.code)}

Either works once, until {in_words(letter.expires_at)}.

If you did not ask for this, ignore it: without this email nobody can
sign in as you. Do not pass it on.

Boardmark
{url}
""",
    )


def invitation_mail(letter: InvitationLetter, url: str) -> Mail:
    """Write the mail with a participant's personal link."""
    participant = letter.invitation.participant
    organisation = letter.invitation.organisation.name
    asks = f"{participant.invited_by} asks you to {participant.purpose}"
    until = day_in_words(letter.expires_at.astimezone(LONDON).date())
    return Mail(
        participant.email,
        asks if len(asks) <= LONGEST_SUBJECT else f"{asks[: LONGEST_SUBJECT - 1]}…",
        f"""Hello {participant.name},

{participant.invited_by} ({organisation})
asks you to {participant.purpose}.

Open your personal link and press the button:

{url}/join/{letter.token}

You need no account. The link works as often as you need it, until
{until}. It is for you alone: whoever has it can see and do
what you can, so do not pass it on.

If you did not expect this, ignore it, or ask {participant.invited_by}.

Boardmark
{url}
""",
    )


def welcome_mail(letter: WelcomeLetter, url: str) -> Mail:
    """Write the mail to somebody who is new in an organisation."""
    return Mail(
        letter.email,
        f"You can now work for {letter.organisation} in Boardmark"[:LONGEST_SUBJECT],
        f"""Hello {letter.name},

An administrator of {letter.organisation} has given you a role in Boardmark.

There is no password. Sign in with this email address:

{url}/sign-in

If you did not expect this, ignore it, or ask {letter.organisation}.

Boardmark
{url}
""",
    )
