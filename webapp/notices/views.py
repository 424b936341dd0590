"""The pages of lists: coming onto one, leaving it, and what leads send."""

from __future__ import annotations

import contextlib
import uuid
from typing import Any

from webapp.accounts.addresses import mailbox_of
from webapp.accounts.services import find_organisation
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import State
from webapp.consultations.services import find_consultation, get_consultation
from webapp.consultations.subjects import consultation_subject
from webapp.notices import services
from webapp.notices.errors import LinkOver, NobodyListed
from webapp.notices.forms import NoticeForm, SignUpForm
from webapp.notices.notice import Sender
from webapp.notices.services import MAILS_A_DAY, UNCONFIRMED_DAYS
from webapp.notices.tokens import Purpose, is_token
from webapp.persistence import new_id
from webapp.security import Permission
from webapp.web import ConsultationTask, Room, TaskGroup, Visit
from webapp.web.errors import NotFound
from webapp.web.pace import TooFast
from webapp.web.replies import Page, Reply, SeeOther

RECEIVE = Permission.NOTICES_RECEIVE
SEND = Permission.NOTICES_SEND
OF_CONSULTATION = "/consultations/<slug>/notices"
OF_SUBSCRIBER = "/notices/<uuid:subscriber_id>"
OF_LEAD = "/organisations/<organisation>/consultations/<slug>/notices"

room = Room(
    "notices",
    __name__,
    tasks=(
        ConsultationTask(
            SEND,
            TaskGroup.RUN,
            "Send notices to those who asked for them",
            "notices.index",
        ),
    ),
)


@room.get(OF_CONSULTATION, permission=RECEIVE)
def sign_up(visit: Visit, slug: str) -> Reply:
    """Ask for an address."""
    return _sign_up_page(_published(visit, slug), SignUpForm())


@room.post(OF_CONSULTATION, permission=RECEIVE)
def ask(visit: Visit, slug: str) -> Reply:
    """Promise a mail, with the same answer whatever is known of the address."""
    consultation = _published(visit, slug)
    form = SignUpForm.posted(visit.form)
    if not form.validate():
        return _sign_up_page(consultation, form, status=422)
    # The same answer here too: nobody learns what others asked for.
    with contextlib.suppress(TooFast):
        visit.mails.take(mailbox_of(form.email.data))
        services.sign_up(
            visit.session, consultation=consultation, email=form.email.data, now=visit.now
        )
    return SeeOther.to("notices.asked", slug=slug)


@room.get(f"{OF_CONSULTATION}/asked", permission=RECEIVE)
def asked(visit: Visit, slug: str) -> Reply:
    """Say that a mail is on its way."""
    return Page.of(
        "notices/asked.html", consultation=_published(visit, slug), mails_a_day=MAILS_A_DAY
    )


@room.get(f"{OF_SUBSCRIBER}/confirm/<token>", permission=RECEIVE)
def open_confirmation(visit: Visit, subscriber_id: uuid.UUID, token: str) -> Reply:
    """Say what the button does; mail scanners open links, so that changes nothing."""
    _check(visit, Purpose.CONFIRM, subscriber_id, token)
    found = services.find_subscriber(visit.session, subscriber_id)
    if found is None:
        return _over()
    consultation = get_consultation(visit.session, found.consultation_id)
    if found.is_confirmed:
        return _secret("notices/confirmed.html", consultation=consultation)
    return _secret("notices/confirm.html", consultation=consultation, email=found.email)


@room.post(f"{OF_SUBSCRIBER}/confirm/<token>", permission=RECEIVE)
def confirm(visit: Visit, subscriber_id: uuid.UUID, token: str) -> Reply:
    """Put the address on the list."""
    _check(visit, Purpose.CONFIRM, subscriber_id, token)
    try:
        services.confirm(visit.session, subscriber_id, visit.now)
    except LinkOver:
        return _over()
    return SeeOther.to("notices.open_confirmation", subscriber_id=subscriber_id, token=token)


@room.get(f"{OF_SUBSCRIBER}/stop/<token>", permission=RECEIVE)
def open_stopping(visit: Visit, subscriber_id: uuid.UUID, token: str) -> Reply:
    """Say what the button does, or that it was done."""
    _check(visit, Purpose.STOP, subscriber_id, token)
    found = services.find_subscriber(visit.session, subscriber_id)
    if found is None:
        return _secret("notices/stopped.html")
    consultation = get_consultation(visit.session, found.consultation_id)
    return _secret("notices/stop.html", consultation=consultation, email=found.email)


@room.post(f"{OF_SUBSCRIBER}/stop/<token>", permission=RECEIVE)
def stop(visit: Visit, subscriber_id: uuid.UUID, token: str) -> Reply:
    """Erase the address."""
    _check(visit, Purpose.STOP, subscriber_id, token)
    services.stop(visit.session, subscriber_id, visit.now)
    return SeeOther.to("notices.open_stopping", subscriber_id=subscriber_id, token=token)


@room.get(OF_LEAD, permission=SEND, subject=consultation_subject)
def index(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show how many are on the list, never who, and what was sent."""
    about = _about(visit, organisation, slug)
    consultation: Consultation = about["consultation"]
    return Page.of(
        "notices/index.html",
        listed=services.count_listed(visit.session, consultation.id),
        notices=services.list_notices(visit.session, consultation.id),
        done=visit.query.get("done", ""),
        **about,
    )


@room.get(f"{OF_LEAD}/new", permission=SEND, subject=consultation_subject)
def write(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask what to tell everybody."""
    return _write_page(visit, _about(visit, organisation, slug), NoticeForm())


@room.post(f"{OF_LEAD}/new", permission=SEND, subject=consultation_subject)
def preview(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show the mail as it will be, or the form again."""
    about = _about(visit, organisation, slug)
    form = NoticeForm.posted(visit.form)
    if visit.form.get("step") == "change":
        return _write_page(visit, about, form)
    if not form.validate():
        return _write_page(visit, about, form, status=422)
    consultation: Consultation = about["consultation"]
    return Page.of(
        "notices/preview.html",
        form=form,
        notice_id=new_id(),
        listed=services.count_listed(visit.session, consultation.id),
        **about,
    )


@room.post(OF_LEAD, permission=SEND, subject=consultation_subject)
def send(visit: Visit, organisation: str, slug: str) -> Reply:
    """Send a notice to everybody on the list, once however often this is posted."""
    about = _about(visit, organisation, slug)
    form = NoticeForm.posted(visit.form)
    if not form.validate():
        return _write_page(visit, about, form, status=422)
    consultation: Consultation = about["consultation"]
    try:
        services.send_notice(
            visit.session,
            notice_id=_notice_id(visit),
            consultation_id=consultation.id,
            subject=form.subject.data,
            text=form.text.data,
            by=_sender(visit),
            now=visit.now,
        )
    except NobodyListed as error:
        form.subject.errors = [f"{error}: there is nobody to send this to"]
        return _write_page(visit, about, form, status=409)
    return SeeOther.to("notices.index", organisation=organisation, slug=slug, done="sent")


def _published(visit: Visit, slug: str) -> Consultation:
    found = find_consultation(visit.session, slug)
    if found is None or found.state is State.DRAFT:
        raise NotFound
    return found


def _check(visit: Visit, purpose: Purpose, subscriber_id: uuid.UUID, token: str) -> None:
    if not is_token(token, visit.settings.secret_keys, purpose, subscriber_id):
        raise NotFound


def _secret(template: str, **context: Any) -> Page:
    return Page.of(template, **context).at_secret_address()


def _over() -> Page:
    return Page.of("notices/over.html", status=410, days=UNCONFIRMED_DAYS)


def _sign_up_page(consultation: Consultation, form: Any, *, status: int = 200) -> Page:
    return Page.of("notices/sign_up.html", status=status, consultation=consultation, form=form)


def _about(visit: Visit, organisation: str, slug: str) -> dict[str, Any]:
    owner = find_organisation(visit.session, organisation)
    found = find_consultation(visit.session, slug)
    if owner is None or found is None:
        raise NotFound
    return {"organisation": owner, "consultation": found}


def _write_page(visit: Visit, about: dict[str, Any], form: Any, *, status: int = 200) -> Page:
    listed = services.count_listed(visit.session, about["consultation"].id)
    return Page.of("notices/write.html", status=status, form=form, listed=listed, **about)


def _sender(visit: Visit) -> Sender:
    if visit.identity.account_id is None:
        raise NotFound
    return Sender(visit.identity.account_id, visit.identity.name)


def _notice_id(visit: Visit) -> uuid.UUID:
    try:
        return uuid.UUID(visit.form.get("notice", ""))
    except ValueError:
        return new_id()
