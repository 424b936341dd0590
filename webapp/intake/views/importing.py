"""Tables of responses: how they look, uploading one, the second person's look, taking it in."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exports.forms.filled import FileRefused, Reason
from exports.incoming.answer_rows import TableRow
from exports.incoming.file_names import shown_name
from webapp.consultations.subjects import consultation_subject
from webapp.intake import services
from webapp.intake.columns import COLUMNS
from webapp.intake.forms.arrivals import FileForm
from webapp.intake.forms.reasons import ReasonForm
from webapp.intake.imports import Import, ImportState
from webapp.intake.items import ItemMoved, OwnWork
from webapp.intake.pages import imports as pages
from webapp.intake.services import SentTable
from webapp.intake.subjects import import_subject
from webapp.intake.table_notes import Mistake
from webapp.intake.table_reading import read_responses
from webapp.intake.template_files import codes_csv, template_xlsx
from webapp.intake.views.room import IMPORTS, OF_IMPORT, TAKE_IN, Place, actor, place_of, room
from webapp.web.errors import Conflict, Forbidden, NotFound
from webapp.web.replies import FileReply, Page, Reply, SeeOther
from webapp.web.visit import Desk, FileSent, Visit

LARGEST = 10_000_000
MOST_LISTED = 200
"""How many mistakes a page lists; whoever makes more has one mistake many times."""

A_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class LookedTable:
    """A table that was read into rows."""

    sent: SentTable
    rows: Sequence[TableRow]


def looked_at(desk: Desk, sent: FileSent | None) -> LookedTable | FileRefused | None:
    """Read the rows of a file, in a process that can come to no harm."""
    if sent is None:
        return None
    try:
        if len(sent.content) > LARGEST:
            raise FileRefused(
                Reason.TOO_LARGE, "This file is larger than 10 MB: send the table in parts."
            )
        rows = desk.examiner.read_table(sent.content)
    except FileRefused as refused:
        return refused
    digest = hashlib.sha256(sent.content).hexdigest()
    return LookedTable(SentTable(shown_name(sent.name), digest), rows)


@room.get(f"{IMPORTS}/new", permission=TAKE_IN, subject=consultation_subject)
def new_import(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask for a table, and say how it looks."""
    return _upload_page(place_of(visit, organisation, slug), FileForm())


@room.post(f"{IMPORTS}/new", permission=TAKE_IN, subject=consultation_subject, takes_file=looked_at)
def upload(visit: Visit, organisation: str, slug: str) -> Reply:
    """Keep a table without mistakes, or say everything that is wrong with it."""
    place = place_of(visit, organisation, slug)
    form, looked = FileForm(visit.form), visit.sent
    if looked is None:
        form.file.errors = ["Choose the table to import"]
        return _upload_page(place, form, status=422)
    if isinstance(looked, FileRefused):
        form.refuse(looked)
        return _upload_page(place, form, status=422)
    table = read_responses(
        looked.rows,
        place.asking,
        opens_at=place.consultation.details.period.opens_at,
        now=visit.now,
    )
    if table.mistakes:
        return _upload_page(place, form, table.mistakes, status=422)
    import_id = services.keep_import(
        visit.session,
        consultation_id=place.consultation.id,
        sent=looked.sent,
        responses=table.responses,
        by=actor(visit),
        now=visit.now,
    )
    return SeeOther.to("intake.one_import", import_id=import_id, done="kept", **place.address)


@room.get(f"{IMPORTS}/template.xlsx", permission=TAKE_IN, subject=consultation_subject)
def template(visit: Visit, organisation: str, slug: str) -> Reply:
    """Hand out an empty table with a sheet of the codes of this consultation."""
    place = place_of(visit, organisation, slug)
    return FileReply(template_xlsx(place.asking), XLSX, f"Responses {slug}.xlsx")


@room.get(f"{IMPORTS}/codes.csv", permission=TAKE_IN, subject=consultation_subject)
def codes(visit: Visit, organisation: str, slug: str) -> Reply:
    """Hand out the codes of this consultation as a table."""
    place = place_of(visit, organisation, slug)
    return FileReply(codes_csv(place.asking).encode(), "text/csv", f"Codes {slug}.csv")


@room.get(OF_IMPORT, permission=TAKE_IN, subject=import_subject)
def one_import(visit: Visit, organisation: str, slug: str, import_id: uuid.UUID) -> Reply:
    """Show what a table says and what taking it in would do."""
    place = place_of(visit, organisation, slug)
    found = services.get_import(visit.session, place.consultation.id, import_id)
    return _import_page(visit, place, found, ReasonForm())


@room.get(f"{OF_IMPORT}/responses/<int:number>", permission=TAKE_IN, subject=import_subject)
def imported_response(
    visit: Visit, organisation: str, slug: str, import_id: uuid.UUID, number: int
) -> Reply:
    """Show everything that one response of a table says."""
    place = place_of(visit, organisation, slug)
    found = services.get_import(visit.session, place.consultation.id, import_id)
    if not 1 <= number <= found.responses:
        raise NotFound
    responses = services.list_responses(visit.session, found, after=number - 1, most=1)
    if not responses:
        return SeeOther.to("intake.one_import", import_id=import_id, **place.address)
    return Page.of(
        "intake/imported_response.html",
        found=found,
        number=number,
        shown=pages.shown_response(place.asking, responses[0]),
        **place.context,
    )


@room.post(f"{OF_IMPORT}/take", permission=TAKE_IN, subject=import_subject)
def take_import(visit: Visit, organisation: str, slug: str, import_id: uuid.UUID) -> Reply:
    """Take in what somebody else uploaded."""
    place = place_of(visit, organisation, slug)
    try:
        services.take_import(
            visit.session,
            import_id=import_id,
            library=visit.library,
            by=actor(visit),
            now=visit.now,
        )
    except OwnWork as own:
        raise Forbidden(str(own)) from None
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    return SeeOther.to("intake.one_import", import_id=import_id, done="taken", **place.address)


@room.post(f"{OF_IMPORT}/discard", permission=TAKE_IN, subject=import_subject)
def discard_import(visit: Visit, organisation: str, slug: str, import_id: uuid.UUID) -> Reply:
    """Throw a table away that waits."""
    place = place_of(visit, organisation, slug)
    found = services.get_import(visit.session, place.consultation.id, import_id)
    form: ReasonForm = ReasonForm.posted(visit.form)
    if not form.validate() and found.state is ImportState.WAITING:
        return _import_page(visit, place, found, form, status=422)
    try:
        services.discard_import(
            visit.session,
            import_id=import_id,
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    return SeeOther.to("intake.one_import", import_id=import_id, done="discarded", **place.address)


def _upload_page(
    place: Place, form: FileForm, mistakes: Sequence[Mistake] = (), status: int = 200
) -> Page:
    if mistakes:
        count = len(mistakes)
        form.file.errors = [
            f"The table has {count:,} mistakes: they are listed below, and nothing was kept"
            if count > 1
            else f"The table has a mistake, and nothing was kept. {mistakes[0]}"
        ]
    return Page.of(
        "intake/new_import.html",
        status=status,
        form=form,
        mistakes=tuple(str(each) for each in mistakes[:MOST_LISTED]),
        mistakes_number=len(mistakes),
        columns=COLUMNS,
        groups=pages.code_groups(place.asking),
        **place.context,
    )


def _import_page(
    visit: Visit, place: Place, found: Import, form: ReasonForm, status: int = 200
) -> Page:
    return Page.of(
        "intake/import.html",
        status=status,
        form=form,
        done=visit.query.get("done", ""),
        is_mine=found.uploaded_by_id == visit.identity.account_id,
        **_what_it_holds(visit, found),
        **place.context,
    )


def _what_it_holds(visit: Visit, found: Import) -> dict[str, Any]:
    typed = visit.query.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    shown: tuple[pages.ListedResponse, ...] = ()
    tally = None
    if found.state in (ImportState.WAITING, ImportState.TAKING):
        tally = services.tally_import(visit.session, found)
    if found.state is ImportState.WAITING:
        shown = pages.listed_responses(
            services.list_responses(visit.session, found, after=after, most=A_PAGE)
        )
    state, colour = pages.STATE_WORDS[found.state]
    last = shown[-1].number if shown else after
    return {
        "found": found,
        "state": state,
        "colour": colour,
        "tally": tally,
        "responses": shown,
        "before": max(after - A_PAGE, 0) if after else None,
        "after": last if last < found.responses and shown else None,
    }
