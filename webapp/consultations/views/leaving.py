"""Leaving a response to go on later: its code, its link, a mail, and what this device keeps."""

from __future__ import annotations

from webapp.accounts.addresses import mailbox_of
from webapp.consultations import services
from webapp.consultations.errors import TooManyMails
from webapp.consultations.forms.returning import ReturnMailForm
from webapp.consultations.returning import find_place, shown_code
from webapp.consultations.views.room import (
    OF_RESPONSE,
    WRITE,
    Responding,
    cookie_name,
    published,
    room,
    with_draft,
)
from webapp.web.pace import TooFast
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import SHARED_DEVICE, Visit

DONE = ("mail", "code", "codes", "device")
"""What was just done, as the address of the page says it."""

MAILBOX_FULL = (
    "Many emails went to this address within the last hour. "
    "Keep the code or the link above, or try again in an hour"
)


@room.get(f"{OF_RESPONSE}/return", permission=WRITE)
@with_draft
def save_for_later(visit: Visit, responding: Responding) -> Reply:
    """Show how to come back to a response, and until when."""
    return _later_page(visit, responding, ReturnMailForm(), visit.query.get("at", ""))


@room.post(f"{OF_RESPONSE}/return/code", permission=WRITE)
@with_draft
def new_code(visit: Visit, responding: Responding) -> Reply:
    """Put a new code in the place of the one that this browser holds."""
    ends_others = visit.form.get("others") == "end"
    secret = services.renew_pass(
        visit.session,
        consultation_id=responding.consultation.id,
        token=responding.token,
        ends_others=ends_others,
        now=visit.now,
    )
    reply = _back(visit, responding, "codes" if ends_others else "code")
    return reply.remembering(cookie_name(responding.consultation.slug), secret)


@room.post(f"{OF_RESPONSE}/return/mail", permission=WRITE)
@with_draft
def mail_link(visit: Visit, responding: Responding) -> Reply:
    """Have a link mailed; the answer is the same whatever the address."""
    form = ReturnMailForm.posted(visit.form)
    at = visit.form.get("at", "")
    if not form.validate():
        return _later_page(visit, responding, form, at, status=422)
    place = find_place(responding.asking, responding.draft, at)
    try:
        services.ask_for_mail(
            visit.session,
            consultation_id=responding.consultation.id,
            token=responding.token,
            email=form.email.data or "",
            place=at if place else responding.draft.place,
            now=visit.now,
        )
        # Anybody can begin many responses; the last word, so that no other refusal counts here.
        visit.mails.take(mailbox_of(form.email.data or ""))
    except (TooManyMails, TooFast) as error:
        form.email.errors = [MAILBOX_FULL if isinstance(error, TooFast) else str(error)]
        return _later_page(visit, responding, form, at, status=422)
    return _back(visit, responding, "mail")


@room.post(f"{OF_RESPONSE}/device", permission=WRITE)
@with_draft
def set_device(visit: Visit, responding: Responding) -> Reply:
    """Remember whether others use this device too."""
    reply = _back(visit, responding, "device")
    return reply.remembering(SHARED_DEVICE, visit.form.get("shared") == "yes")


@room.get(f"{OF_RESPONSE}/forget", permission=WRITE)
@with_draft
def forget(visit: Visit, responding: Responding) -> Reply:
    """Show the code once more before this device forgets it."""
    return Page.of(
        "consultations/return_forget.html",
        consultation=responding.consultation,
        code=shown_code(responding.token),
    )


@room.post(f"{OF_RESPONSE}/forget", permission=WRITE)
def forget_here(visit: Visit, slug: str) -> Reply:
    """Take the way into a response from this browser; the response itself stays.

    The page comes at once and not by a redirect, so that only a post makes a browser delete the
    texts that it kept.
    """
    consultation = published(visit, slug)
    page = Page.of("consultations/return_forgotten.html", consultation=consultation)
    return page.forgetting(cookie_name(slug))


def _back(visit: Visit, responding: Responding, done: str) -> SeeOther:
    at = visit.form.get("at", "")
    values = {"at": at} if find_place(responding.asking, responding.draft, at) else {}
    slug = responding.consultation.slug
    return SeeOther.to("consultations.save_for_later", slug=slug, done=done, **values)


def _later_page(
    visit: Visit, responding: Responding, form: ReturnMailForm, at: str, status: int = 200
) -> Page:
    place = find_place(responding.asking, responding.draft, at)
    done = visit.query.get("done", "")
    return Page.of(
        "consultations/return_later.html",
        status=status,
        consultation=responding.consultation,
        is_open=responding.is_open,
        code=shown_code(responding.token),
        url=visit.settings.url,
        at=at if place else "",
        place=place,
        readable_until=responding.consultation.ends_at + services.KEPT_AFTER_CLOSING,
        mails_left=services.mails_left(visit.session, responding.draft),
        member=responding.draft.member,
        form=form,
        done=done if done in DONE else "",
    )
