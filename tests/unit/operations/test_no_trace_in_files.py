"""What was erased is in no stored file: no export, no letter that came, nothing typed of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from exports.incoming.source_kinds import SourceKind
from exports.worker import Press
from frameworks.questions import Given
from tests.conftest import KINDS
from tests.factories.accounts import add_person
from tests.factories.consultations import CLOSES, DURING
from tests.factories.installations import Installation, an_installation
from tests.factories.writing import (
    COMMENT,
    LIBRARY,
    SPEAKING,
    Writer,
    an_open_consultation,
    asking_of,
)
from tests.unit.operations.canaries import Canaries
from tests.unit.operations.test_no_trace import DAY, LATER, PERIODS, files_of, filler, settle
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.respondents import Channel, Publish
from webapp.consultations.response import Attempt
from webapp.extracts.extract import FileFormat, Layout, Options
from webapp.extracts.making import HANDLERS
from webapp.extracts.services import delete_outdated, request_extract
from webapp.files import forget_unheld
from webapp.intake import services as intake
from webapp.intake.items import Arrival
from webapp.intake.services import SentSource
from webapp.jobs import JobContext, Lane, Mail, run_next
from webapp.operations.keeping import keep_to_schedule
from webapp.persistence import Database, Session, new_id

MUCH_LATER = CLOSES + 800 * DAY
OLA = Actor(new_id(), "Ola")
OF_A_RESPONSE = ("name", "comment")
OF_A_LETTER = ("letter", "note", "transcribed")


class NoPost:
    def send(self, mail: Mail) -> None:
        raise AssertionError(mail)


def do_jobs(installation: Installation, database: Database, now: dt.datetime) -> None:
    """Let a worker do what waits, in both lanes."""
    press = Press(processes=1)
    context = JobContext(
        database,
        NoPost(),
        installation.settings,
        now,
        library=LIBRARY,
        press=press,
        clock=lambda: now,
        still_working=lambda: None,
    )
    for lane in Lane:
        while run_next(context, HANDLERS, lane):
            pass
    press.close()


def respond(session: Session, consultation: Consultation, canaries: Canaries) -> str:
    writer = Writer(session, consultation)
    writer.introduce(publish=Publish.NAMED, name=canaries.make("name"))
    writer.choose(SPEAKING)
    writer.answer(COMMENT, Given(text=canaries.make("comment") + filler(3000)))
    return writer.send().code


def take_in(
    session: Session, installation: Installation, consultation: Consultation, canaries: Canaries
) -> None:
    """Note a letter with its file, and transcribe a part of it."""
    letter = canaries.make("letter")
    note = canaries.make("note") + filler(3000)
    item_id = intake.add_item(
        session,
        installation.files,
        consultation_id=consultation.id,
        arrival=Arrival(Channel.LETTER, DURING, True, note=note, words=note),
        sent=SentSource("letter.txt", letter.encode(), SourceKind.TEXT, letter),
        read=None,
        by=OLA,
        now=DURING,
    )
    asking = asking_of(consultation)
    intake.save_choices(
        session, item_id=item_id, asking=asking, shown=(), wanted=(SPEAKING,), by=OLA, now=DURING
    )
    typed = Given(text=canaries.make("transcribed") + filler(3000))
    intake.save_answers(
        session,
        item_id=item_id,
        asking=asking,
        asked=asking.items[SPEAKING],
        attempts=[Attempt(COMMENT, typed)],
        by=OLA,
        now=DURING,
    )


def export(session: Session, consultation: Consultation, now: dt.datetime) -> None:
    """Ask for a spreadsheet with names."""
    account = add_person(session)
    options = Options(Layout.COMMENTS, FileFormat.XLSX, with_names=True)
    request_extract(session, consultation.id, options, by=Actor(account.id, account.name), now=now)


def withdraw(session: Session, code: str) -> tuple[str, ...]:
    consultations.withdraw_response(session, code=code, now=LATER)
    return OF_A_RESPONSE


def keep(session: Session, _code: str) -> tuple[str, ...]:
    warned = CLOSES + dt.timedelta(days=720)
    keep_to_schedule(session, warned, PERIODS)
    keep_to_schedule(session, warned + 31 * DAY, PERIODS)
    return (*OF_A_RESPONSE, *OF_A_LETTER)


WAYS: dict[str, Callable[[Session, str], tuple[str, ...]]] = {
    "withdrawn by its sender": withdraw,
    "by the schedule": keep,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_erased_is_in_no_stored_file(tmp_path: Path, kind: str, way: str) -> None:
    installation, canaries = an_installation(kind, tmp_path / "machine"), Canaries()
    with closing(installation.open()) as database:
        with database.writing() as session:
            consultation = an_open_consultation(session)
            code = respond(session, consultation, canaries)
            take_in(session, installation, consultation, canaries)
            export(session, consultation, DURING)
        do_jobs(installation, database, DURING)
        stored = canaries.found_in(installation.home / "files")
        assert set(stored) == {*OF_A_RESPONSE, "letter"}, "the search finds what is there"
        assert set(canaries.found_in(files_of(installation))) >= {"note", "transcribed"}
        with database.writing() as session:
            gone = WAYS[way](session, code)
            delete_outdated(session, LATER)
        do_jobs(installation, database, MUCH_LATER)
        with database.writing() as session:
            forget_unheld(session, installation.files, MUCH_LATER)
        settle(installation, database)
        assert canaries.found_in(files_of(installation), only=gone) == {}
        assert canaries.found_in(installation.home, only=gone) == {}
