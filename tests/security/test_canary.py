"""A word that was taken out of a response is read by its sender and moderators, and nobody else."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select, update

from frameworks.questions import Given, LongText, Rewording, ShortText
from tests.factories.writing import SPEAKING, Writer
from tests.pages.moderator import Moderator
from tests.security.canary import CANARY, ListeningPress, Walk, has_canary
from tests.security.scene import Scene, Snapshot
from webapp.consultations import services
from webapp.consultations.consultation import Actor
from webapp.consultations.redacting import PERSON_TEXTS, Reason, Span, places_of
from webapp.extracts import services as extracts
from webapp.extracts.extract import FileFormat, Layout, Options, Which
from webapp.files import FileStore
from webapp.persistence import Base, new_id
from webapp.publication import services as publication
from webapp.publication.marking import cut_of
from webapp.publication.ruling import NotedCut, Outcome, Verdict

SLUG = "example-region"
MODERATION = "/organisations/<organisation>/consultations/<slug>/moderation/<response>"
LEADS_PAGE = "/organisations/<organisation>/consultations/<slug>/responses/<reference>"


@dataclass
class Planted:
    """A response with the word in every text of it."""

    scene: Scene
    reference: str
    code: str
    press: ListeningPress

    @property
    def parts(self) -> dict[str, str]:
        return {"reference": self.reference, "response": self.reference}

    def walk(self, *people: str) -> Walk:
        return Walk(self.scene, self.parts).everywhere(*people)

    def case(self) -> publication.Case:
        program = self.scene.program
        with program.database.reading() as session:
            consultation = services.find_consultation(session, SLUG)
            assert consultation is not None
            found = publication.find_case(session, consultation.id, self.reference)
        assert found is not None
        return found

    def propose(self) -> None:
        case = self.case()
        cuts = [
            NotedCut(cut_of(passage, Span(start, end, Reason.PERSONAL)))
            for passage in case.passages
            for start, end in places_of(passage.text, CANARY)
        ]
        assert {each.cut.passage for each in cuts} >= set(PERSON_TEXTS) - {"name"}
        program = self.scene.program
        with program.database.writing() as session:
            publication.propose_ruling(
                session,
                consultation_id=case.submission.consultation_id,
                reference=self.reference,
                seen=0,
                outcome=Outcome.PUBLISH,
                cuts=cuts,
                by=Actor(new_id(), "Ann"),
                now=program.clock(),
            )

    def exports(self, wanted: list[Options]) -> Iterator[bytes]:
        """Make exports as the worker does, one after the other, and yield each file."""
        program = self.scene.program
        consultation_id = self.case().submission.consultation_id
        for options in wanted:
            with program.database.writing() as session:
                account_id = session.scalars(select(Base.metadata.tables["account"].c.id)).first()
                assert account_id is not None
                asked = extracts.request_extract(
                    session,
                    consultation_id,
                    options,
                    by=Actor(account_id, "Cy"),
                    now=program.clock(),
                )
            program.deliver_mail()
            with program.database.reading() as session:
                made = extracts.get_extract(session, asked.id).finished
            assert made is not None
            yield FileStore(program.settings.home / "files").get(made.sha256)

    def quotes(self, answer_ids: list[uuid.UUID]) -> list[str | None]:
        """Return what a report may quote of each answer."""
        consultation_id = self.case().submission.consultation_id
        with self.scene.program.database.reading() as session:
            texts = publication.published_texts(session, consultation_id, answer_ids)
        return [quote.text if quote else None for quote in map(texts.get, answer_ids)]

    def approve_and_close(self) -> None:
        case, program = self.case(), self.scene.program
        bob = Actor(new_id(), "Bob")
        with program.database.writing() as session:
            publication.look_at_ruling(
                session,
                consultation_id=case.submission.consultation_id,
                reference=self.reference,
                number=1,
                verdict=Verdict.APPROVED,
                by=bob,
                now=program.clock(),
            )
            services.close_consultation(
                session,
                consultation_id=case.submission.consultation_id,
                reason="The election was called.",
                by=bob,
                now=program.clock(),
            )


def plant(scene: Scene, press: ListeningPress) -> Planted:
    """Send a response of an organisation in which every text has the word."""
    program = scene.program
    secrets = program.settings.secret_keys
    with program.database.writing() as session:
        consultation = services.find_consultation(session, SLUG)
        assert consultation is not None
        writer = Writer(session, consultation, program.clock())
        writer.introduce(
            responds_as="organisation",
            respondent_class="acute",
            organisation_name=f"{CANARY} Trust",
            name="",
            role=f"Clerk to {CANARY}",
            gathered=f"{CANARY} asked.",
            interest="declared",
            interests=f"{CANARY} sells chairs.",
        )
        writer.choose(SPEAKING)
        for item in writer.asking.items_for((SPEAKING,), ("provider-chair",)):
            for question in writer.asking.questions_of(item, ("provider-chair",)):
                if isinstance(question, ShortText | LongText | Rewording):
                    writer.answer(question.key, Given(text=f"Ask {CANARY.upper()} or {CANARY}."))
        key = services.submission_key(secrets[0], writer.draft.id)
        receipt = writer.send(key=key, secrets=secrets)
        sent = services.find_receipt(session, receipt.code)
        assert sent is not None
        person = Base.metadata.tables["submission_person"]
        session.execute(
            update(person)
            .where(person.c.submission_id == sent.id)
            .values(late_reason=f"{CANARY} was ill.")
        )
    return Planted(scene, receipt.reference, receipt.code, press)


@pytest.fixture
def planted(snapshots: dict[str, Snapshot], tmp_path: Path) -> Iterator[Planted]:
    press = ListeningPress()
    with snapshots["signed"].opened(tmp_path, press) as scene:
        yield plant(scene, press)
    press.close()


def test_what_was_taken_out_is_on_no_page_and_in_no_file(
    planted: Planted, caplog: pytest.LogCaptureFixture
) -> None:
    # Before anything is taken out the walk sees it, so that it is known to look.
    assert planted.walk("lead", "moderator").seen == {
        LEADS_PAGE: {"lead"},
        MODERATION: {"lead", "moderator"},
    }
    caplog.set_level("DEBUG")
    planted.propose()
    assert planted.walk("lead", "officer").seen == {MODERATION: {"lead"}}
    planted.approve_and_close()
    browser = planted.scene.browser("public")
    browser.open("/sign-in")
    browser.press("", {"email": "lead@meadowbank.example"})
    planted.scene.program.deliver_mail()
    walk = planted.walk()
    assert walk.seen == {}
    assert {"/consultations/<slug>/responses", LEADS_PAGE, MODERATION} <= walk.opened
    assert "/consultations/<slug>/responses/<reference>" in walk.opened
    assert not any(CANARY in html for html in planted.press.heard)
    assert CANARY not in caplog.text
    mails = planted.scene.program.outbox.list_mails()
    assert mails
    assert not any(CANARY in each.mail.body or CANARY in each.mail.subject for each in mails)
    search = planted.scene.browser("public")
    for words in (CANARY, CANARY.lower(), CANARY[:6], CANARY[3:]):
        screen = search.open(f"/consultations/{SLUG}/responses?words={words}")
        assert "0 found of 1" in screen.text


def test_what_was_taken_out_is_in_no_export_and_in_no_quote(planted: Planted) -> None:
    every = [
        Options(layout, kind, Which.ALL, with_names=True)
        for layout in Layout
        for kind in FileFormat
    ]
    assert all(has_canary(each) for each in planted.exports(every))
    planted.propose()
    assert not any(has_canary(each) for each in planted.exports(every))
    # It stood there while somebody else had yet to agree, and is quoted only afterwards.
    answers = [each.id for each in planted.case().submission.answers if each.id is not None]
    assert set(planted.quotes(answers)) == {None}
    planted.approve_and_close()
    quotes = [each for each in planted.quotes(answers) if each]
    assert quotes
    assert not any(CANARY.casefold() in each.casefold() for each in quotes)


def test_it_is_still_on_the_senders_receipt_and_where_a_moderator_asks_for_it(
    planted: Planted,
) -> None:
    planted.propose()
    planted.approve_and_close()
    receipt = f"/receipts/{planted.code}"
    sender = planted.scene.browser("public")
    assert CANARY in sender.open(receipt).text
    sender.post(f"{receipt}/pdf", {"csrf_token": sender.proof()})
    assert any(CANARY in html for html in planted.press.heard)
    moderator = Moderator(planted.scene.browser("moderator"))
    assert CANARY not in moderator.open(planted.reference).response.text
    assert CANARY in moderator.open_original("A complaint came.").text
    assert "A complaint came." in moderator.open(planted.reference).text


def test_the_word_is_found_in_files_of_every_kind() -> None:
    """What does not look proves nothing."""
    assert not has_canary(b"Nothing")
    assert has_canary(f"<p>{CANARY.upper()}</p>".encode())
    assert has_canary(CANARY.encode("utf-16"))
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{CANARY}</w:t>")
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/file.docx", inner.getvalue())
    assert CANARY.encode() not in outer.getvalue()
    assert has_canary(outer.getvalue())
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.contents_add(f"BT ({CANARY}) Tj ET".encode())
        printed = io.BytesIO()
        pdf.save(printed, recompress_flate=True)
    assert has_canary(printed.getvalue())
