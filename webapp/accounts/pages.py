"""What the pages of this room show, as frozen values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from webapp.accounts.people import AccountListed, Invitation, Member, OrganisationValue
from webapp.accounts.roles import ROLE_NAMES
from webapp.jobs import SentMail
from webapp.security import Identity, Permission, Subject, permits
from webapp.web.tasks import StaffTask
from webapp.web.times import LONDON, day_in_words

ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


@dataclass(frozen=True)
class OrganisationCard:
    """An organisation as one person sees it."""

    organisation: OrganisationValue
    roles: tuple[str, ...]
    tasks: tuple[StaffTask, ...]
    manages_members: bool


@dataclass(frozen=True)
class Duty:
    """Something that a person was asked to do for one subject."""

    title: str
    address: str
    asked: str


@dataclass(frozen=True)
class StaffPage:
    """The page after signing in."""

    name: str
    cards: tuple[OrganisationCard, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class RoleShown:
    """A role of a member, with what the button that takes it away needs."""

    role: str
    name: str


@dataclass(frozen=True)
class MemberShown:
    """A member of an organisation, for its administrators."""

    account_id: str
    name: str
    email: str
    is_active: bool
    roles: tuple[RoleShown, ...]


@dataclass(frozen=True)
class Part:
    """Some words of a mail, and where they lead if they are an address."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class MailShown:
    """A sent mail: paragraphs of lines of parts."""

    id: str
    to: str
    subject: str
    sent_at: dt.datetime
    paragraphs: tuple[tuple[tuple[Part, ...], ...], ...]


@dataclass(frozen=True)
class ExampleAccount:
    """An account of the example data that anybody may try."""

    name: str
    email: str
    does: str


def staff_page(
    identity: Identity,
    organisations: Iterable[OrganisationValue],
    invitations: Iterable[Invitation],
    tasks: tuple[StaffTask, ...],
) -> StaffPage:
    """Show somebody what they may do, organisation by organisation, and what they were asked."""
    return StaffPage(
        name=identity.name,
        cards=tuple(organisation_card(identity, each, tasks) for each in organisations),
        duties=tuple(_duty(each) for each in invitations),
    )


def organisation_card(
    identity: Identity, organisation: OrganisationValue, tasks: tuple[StaffTask, ...]
) -> OrganisationCard:
    """Show an organisation with the tasks that the policy permits there."""
    subject = Subject(organisation_id=organisation.id)
    return OrganisationCard(
        organisation=organisation,
        roles=tuple(
            name for role, name in ROLE_NAMES.items() if identity.holds(role, organisation.id)
        ),
        tasks=tuple(each for each in tasks if permits(identity, each.permission, subject)),
        manages_members=permits(identity, Permission.MEMBERS_MANAGE, subject),
    )


def members_shown(members: Iterable[Member]) -> tuple[MemberShown, ...]:
    """Show the members of an organisation."""
    return tuple(
        MemberShown(
            account_id=str(each.account.id),
            name=each.account.name,
            email=each.account.email,
            is_active=each.account.is_active,
            roles=tuple(RoleShown(role.value, ROLE_NAMES[role]) for role in each.roles),
        )
        for each in members
    )


def mails_shown(mails: Iterable[SentMail], url: str) -> tuple[MailShown, ...]:
    """Show mails with every address as a link; those on `url`, our own, as paths."""
    return tuple(
        MailShown(
            id=f"mail-{number}",
            to=sent.mail.to,
            subject=sent.mail.subject,
            sent_at=sent.sent_at,
            paragraphs=tuple(
                tuple(_parts(line, url) for line in paragraph.split("\n"))
                for paragraph in sent.mail.body.strip().split("\n\n")
            ),
        )
        for number, sent in enumerate(mails, start=1)
    )


def example_accounts(accounts: Iterable[AccountListed]) -> tuple[ExampleAccount, ...]:
    """Show which accounts of the example data can be tried, and what each may do."""
    return tuple(
        ExampleAccount(
            name=each.account.name,
            email=each.account.email,
            does="; ".join(
                f"{', '.join(ROLE_NAMES[held.role].lower() for held in here)} at {name}"
                for name, here in groupby(each.held, key=lambda held: held.organisation.name)
            ),
        )
        for each in accounts
        if each.account.is_active and each.held
    )


def _duty(invitation: Invitation) -> Duty:
    participant = invitation.participant
    asked_on = day_in_words(participant.invited_at.astimezone(LONDON).date())
    return Duty(
        title=participant.purpose[:1].upper() + participant.purpose[1:],
        address=participant.destination,
        asked=f"{participant.invited_by}, {invitation.organisation.name}, {asked_on}",
    )


def _parts(line: str, url: str) -> tuple[Part, ...]:
    parts = []
    for text in ADDRESS.split(line):
        if ADDRESS.fullmatch(text):
            own = text == url or text.startswith(f"{url}/")
            parts.append(Part(text, (text.removeprefix(url) or "/") if own else text))
        elif text:
            parts.append(Part(text))
    return tuple(parts)
