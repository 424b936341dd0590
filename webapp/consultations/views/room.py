"""The room that the views of consultations register with, and what respondents' views share."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from werkzeug.datastructures import MultiDict

from webapp.consultations import services
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import ConsultationNotOpen, NoDraft, NotTheLead
from webapp.consultations.opening import Phase, State
from webapp.consultations.response import Draft
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.room import Room
from webapp.web.tasks import ConsultationTask, StaffTask, TaskGroup
from webapp.web.visit import BEGUN_PREFIX, Visit

READ = Permission.CONSULTATION_READ
WRITE = Permission.RESPONSE_WRITE
MANAGE = Permission.CONSULTATION_MANAGE
FOLLOW = Permission.CONSULTATION_FOLLOW
OF_RESPONSE = "/consultations/<slug>/response"

room = Room(
    "consultations",
    "webapp.consultations.views",
    tasks=(
        StaffTask(
            FOLLOW,
            "Consultations",
            "Where each consultation stands, and what waits for you in it",
            "consultations.lead_index",
        ),
        ConsultationTask(
            MANAGE,
            TaskGroup.RUN,
            "Prepare the consultation",
            "consultations.edit",
            phases=("draft",),
        ),
        ConsultationTask(
            MANAGE,
            TaskGroup.RUN,
            "Preview the consultation",
            "consultations.preview",
            phases=("draft", "coming", "open", "closed"),
        ),
        ConsultationTask(
            MANAGE,
            TaskGroup.RUN,
            "Share the preview by a link",
            "consultations.preview_links",
            phases=("draft",),
        ),
        ConsultationTask(
            MANAGE,
            TaskGroup.RUN,
            "Open the consultation",
            "consultations.confirm_opening",
            phases=("draft",),
        ),
        ConsultationTask(
            MANAGE,
            TaskGroup.RUN,
            "Move the closing later",
            "consultations.confirm_extending",
            phases=("coming", "open"),
        ),
        ConsultationTask(
            MANAGE,
            TaskGroup.RUN,
            "Put right what is shown or asked",
            "consultations.revise",
            phases=("coming", "open"),
        ),
        ConsultationTask(
            MANAGE,
            TaskGroup.RUN,
            "Close the consultation early",
            "consultations.confirm_closing",
            phases=("coming", "open"),
        ),
        ConsultationTask(
            FOLLOW,
            TaskGroup.RECORD,
            "Count what was chosen, question by question",
            "consultations.tally",
            phases=("open", "closed"),
        ),
        ConsultationTask(
            Permission.RESPONSE_DECIDE,
            TaskGroup.RESPONSES,
            "Decide about responses",
            "consultations.responses",
            waiting=services.count_waiting,
        ),
    ),
)

Args = ParamSpec("Args")


@dataclass(frozen=True, slots=True)
class Responding:
    """The draft that a browser is writing, with what it is about."""

    consultation: Consultation
    asking: Asking
    token: str
    draft: Draft
    is_open: bool

    @property
    def is_led(self) -> bool:
        """Whether this browser's holder decides about the response."""
        return self.draft.is_led


def published(visit: Visit, slug: str) -> Consultation:
    """Return a consultation that was opened at some time, or raise NotFound."""
    found = services.find_consultation(visit.session, slug)
    if found is None or found.state is State.DRAFT:
        raise NotFound
    return found


def cookie_name(slug: str) -> str:
    """Return the name, in the signed cookie, of the token of a draft."""
    return f"{BEGUN_PREFIX}{slug}"


def language_cookie(slug: str) -> str:
    """Return the name, in the signed cookie, of the language chosen for a consultation."""
    return f"language:{slug}"


def chosen_language(visit: Visit, slug: str) -> str | None:
    """Return the language that was chosen in this browser, empty for the framework's own.

    None where nobody chose.
    """
    language = visit.cookie.get(language_cookie(slug))
    return None if language is None else str(language)


def take_pace(visit: Visit, slug: str) -> None:
    """Count a request of whoever holds a pass, never of an address; raises TooFast."""
    token = visit.cookie.get(cookie_name(slug))
    if token:
        visit.pace.take(str(token))


def find_responding(visit: Visit, consultation: Consultation) -> Responding | None:
    """Return the draft of this browser, also after the consultation closed, or None."""
    token = str(visit.cookie.get(cookie_name(consultation.slug), ""))
    draft = services.find_draft(visit.session, consultation_id=consultation.id, token=token)
    if draft is None:
        return None
    language = chosen_language(visit, consultation.slug)
    if language is None:
        language = draft.language
    return Responding(
        consultation=consultation,
        asking=services.get_asking(visit.library, consultation, language),
        token=token,
        draft=draft,
        is_open=consultation.phase(visit.now) is Phase.OPEN,
    )


def with_draft(
    view: Callable[Concatenate[Visit, Responding, Args], Reply],
) -> Callable[..., Reply]:
    """Give a view the draft of this browser, and answer for it where there is none.

    Where a post comes too late, what was typed is shown so that nobody loses it. Raises TooFast
    where more comes from one holder of a pass than people can cause.
    """

    def serve(visit: Visit, slug: str, *args: Args.args, **kwargs: Args.kwargs) -> Reply:
        take_pace(visit, slug)
        consultation = published(visit, slug)
        responding = find_responding(visit, consultation)
        if responding is None:
            if visit.is_post:
                return not_saved(visit, consultation, sent=True)
            return SeeOther.to("consultations.about", slug=slug, response="none")
        try:
            return view(visit, responding, *args, **kwargs)
        except NoDraft:
            return not_saved(visit, consultation, sent=True)
        except ConsultationNotOpen:
            return not_saved(visit, consultation, sent=False)

    functools.update_wrapper(serve, view)  # A route is named for its view.
    return serve


def for_the_lead(
    view: Callable[Concatenate[Visit, Responding, Args], Reply],
) -> Callable[Concatenate[Visit, Responding, Args], Reply]:
    """Let only the lead among several colleagues use a view, and tell the others so.

    It stands under `with_draft`. What a colleague typed is shown, so that nobody loses it.
    """

    def serve(
        visit: Visit, responding: Responding, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> Reply:
        if responding.is_led:
            # Somebody else may have become the lead since this browser's draft was read.
            with contextlib.suppress(NotTheLead):
                return view(visit, responding, *args, **kwargs)
        return not_the_lead(visit, responding)

    functools.update_wrapper(serve, view)  # A route is named for its view.
    return serve


def not_the_lead(visit: Visit, responding: Responding) -> Page:
    """Return the page that tells a colleague who decides, with what was typed in it."""
    return Page.of(
        "consultations/for_the_lead.html",
        status=403,
        consultation=responding.consultation,
        lead=services.lead_of(visit.session, responding.draft.id),
        typed=typed_words(visit),
    )


def number_typed(form: MultiDict[str, str], name: str) -> int:
    """Return a number that a page put into its form; 0 where it was tampered with."""
    typed = form.get(name, "")
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed, re.ASCII) else 0


def typed_words(visit: Visit) -> tuple[str, ...]:
    """Return what somebody wrote on the form that was posted, without keys and proofs."""
    typed = (value for name, value in visit.form.items(multi=True) if name != "csrf_token")
    # Keys of options have no blanks; what somebody wrote nearly always has.
    return tuple(value for value in typed if any(each.isspace() for each in value.strip()))


def not_saved(visit: Visit, consultation: Consultation, *, sent: bool) -> Page:
    """Return the page that says why a post came too late, with what was typed in it."""
    token = str(visit.cookie.get(cookie_name(consultation.slug), ""))
    way = services.find_way(visit.session, token)
    return Page.of(
        "consultations/not_saved.html",
        status=410,
        consultation=consultation,
        was_sent=sent,
        # A pass that leads nowhere was replaced by another, or its holder was taken off.
        is_taken_back=bool(token) and (way is None or way.has_left),
        typed=typed_words(visit),
    )
