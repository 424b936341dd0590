"""The mails that say what will be erased."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from webapp.accounts.services import get_organisation, list_members
from webapp.consultations.services import get_consultation
from webapp.jobs import Handler, JobContext, Mail
from webapp.operations.keeping import WARNING_MAIL
from webapp.retention.schedule import schedule
from webapp.retention.services import list_warnings
from webapp.security import Role
from webapp.web.times import day_in_words

LONGEST_SUBJECT = 200


def send_warning(context: JobContext, payload: Mapping[str, str]) -> None:
    """Tell one administrator; nobody where the warning was taken back or the role has gone."""
    consultation_id, account_id = uuid.UUID(payload["consultation"]), uuid.UUID(payload["account"])
    with context.database.reading() as session:
        consultation = get_consultation(session, consultation_id)
        organisation = get_organisation(session, consultation.organisation_id)
        warned = [
            each.erased_from
            for each in list_warnings(session)
            if (each.class_key, each.subject_id) == (payload["class"], consultation_id)
        ]
        addresses = [
            each.account.email
            for each in list_members(session, organisation.id)
            if each.account.id == account_id and Role.ADMINISTRATOR in each.roles
        ]
    named = {each.key: each.name for each in schedule(context.settings.retention)}
    page = f"{context.settings.url}/organisations/{organisation.slug}/retention/{consultation.slug}"
    for address in addresses if warned else ():
        context.mailer.send(
            warning_mail(address, consultation.title, named[payload["class"]], warned[0], page)
        )


HANDLERS: Mapping[str, Handler] = {WARNING_MAIL: send_warning}


def warning_mail(
    to: str, consultation: str, what: str, erased_from: dt.datetime, page: str
) -> Mail:
    """Write the mail that announces what is erased, and when."""
    day = day_in_words(erased_from.date())
    # A title may have letters that nobody sees, with which the mail would never be sent.
    title = "".join(each for each in " ".join(consultation.split()) if each.isprintable())
    return Mail(
        to=to,
        subject=f"Erased on {day}: {what} in “{title}”"[:LONGEST_SUBJECT],
        body=(
            f"On {day} this will be erased by itself:\n\n"
            f"{what}\n“{consultation}”\n\n"
            "It cannot be brought back. What people chose stays, and so do the counts and the "
            "record of what was decided.\n\n"
            "If it has to be kept, for example for a court or an inquiry, place a hold:\n"
            f"{page}\n\n"
            "Otherwise there is nothing for you to do.\n"
        ),
    )
