"""Pages that fail in every way that a page can, and some that write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from exports.worker import DocumentFailed, DocumentTooLarge, PressBusy
from webapp.accounts.services import add_organisation
from webapp.persistence import DatabaseBusy
from webapp.security import Permission, Subject
from webapp.web.errors import Conflict, Forbidden, Gone, NotFound
from webapp.web.pace import Crowded, TooFast
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.room import Room
from webapp.web.visit import Desk, FileSent, Visit

ANYONE = Permission.CATALOGUE_READ
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

FAILURES: dict[str, tuple[Callable[[], Exception], int]] = {
    "forbidden": (Forbidden, 403),
    "missing": (NotFound, 404),
    "conflict": (lambda: Conflict("Jo Hall saved this first."), 409),
    "gone": (lambda: Gone("The consultation is over."), 410),
    "large": (lambda: DocumentTooLarge("The document is too large."), 413),
    "defect": (lambda: ZeroDivisionError("planted"), 500),
    "unprinted": (lambda: DocumentFailed("planted"), 500),
    "locked": (lambda: DatabaseBusy("planted"), 503),
    "queued": (PressBusy, 503),
    "fast": (lambda: TooFast(7), 429),
    "crowded": (Crowded, 503),
}


def planted_room() -> Room:
    """Return a room whose pages fail as they are asked to."""
    # A package with a file of its own, which Flask looks for.
    room = Room("planted", "tests.planted")

    @room.get("/planted/fail/<how>", permission=ANYONE)
    def fail(visit: Visit, how: str) -> Reply:
        make, _ = FAILURES[how]
        raise make()

    @room.post("/planted/add/<how>", permission=ANYONE)
    def add(visit: Visit, how: str) -> Reply:
        name = visit.form.get("name", "Planted")
        add_organisation(visit.session, slug="planted", name=name, kind="other", now=NOW)
        match how:
            case "refused":
                return Page.of("accounts/signed_out.html", status=422, still=False)
            case "unrenderable":
                return Page.of("accounts/staff.html")
            case failure if failure in FAILURES:
                make, _ = FAILURES[failure]
                raise make()
            case _:
                return SeeOther.to("catalogue.home")

    @room.get("/planted/write", permission=ANYONE)
    def write_on_get(visit: Visit) -> Reply:
        add_organisation(visit.session, slug="planted", name="P", kind="other", now=NOW)
        return SeeOther.to("catalogue.home")

    @room.get("/planted/hidden/<int:number>", permission=Permission.MEMBERS_MANAGE, subject=_third)
    def hidden(visit: Visit, number: int) -> Reply:
        return SeeOther.to("catalogue.home")

    @room.post("/planted/hidden", permission=Permission.STAFF_HOME)
    def send_hidden(visit: Visit) -> Reply:
        return SeeOther.to("catalogue.home")

    @room.post("/planted/file", permission=ANYONE, takes_file=weighed)
    def take_file(visit: Visit) -> Reply:
        raise Conflict(str(visit.sent))

    @room.post("/planted/hidden-file", permission=Permission.STAFF_HOME, takes_file=unlooked)
    def take_hidden_file(visit: Visit) -> Reply:
        return SeeOther.to("catalogue.home")

    return room


def weighed(desk: Desk, sent: FileSent | None) -> str:
    """Say what was sent; the database is free meanwhile."""
    with desk.database.writing():
        return "No file." if sent is None else f"{sent.name}: {len(sent.content)} bytes."


def unlooked(desk: Desk, sent: FileSent | None) -> None:
    """Fail the test: a file of somebody who may not send it is not looked at."""
    raise AssertionError("looked at")


def _third(visit: Visit, number: int) -> Subject | None:
    return Subject() if number == 3 else None
