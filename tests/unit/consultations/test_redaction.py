"""What everybody reads of a response, and what only its sender and moderators do."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from frameworks.questions import Given
from tests.factories.consultations import DURING
from tests.factories.writing import COMMENT, LIBRARY, SPEAKING, Writer, an_open_consultation
from webapp.consultations import relations, services
from webapp.consultations.models import RedactedAnswerRow, RedactedPersonRow
from webapp.consultations.redacting import PERSON_TEXTS, Cut, Passage, Reason, Span
from webapp.consultations.respondents import Publish
from webapp.consultations.response import Submission
from webapp.consultations.submissions import permission_number
from webapp.persistence import Session

SECRET = "Siân Sŵn"
MARK = "[taken out: personal details]"


@dataclass
class Sent:
    """A response of an organisation, with a secret in every text."""

    session: Session
    submission: Submission
    code: str

    @property
    def passages(self) -> tuple[Passage, ...]:
        return services.list_passages(self.session, self.submission.id)

    def redact(self) -> None:
        cuts = []
        for passage in self.passages:
            start = passage.text.find(SECRET)
            if start >= 0:
                span = Span(start, start + len(SECRET), Reason.PERSONAL)
                cuts.append(Cut(passage.key, span, passage.digest, len(passage.text)))
        services.set_redactions(self.session, self.submission.id, cuts)

    @property
    def read(self) -> Submission:
        found = services.find_response(
            self.session, self.submission.consultation_id, self.submission.reference
        )
        assert found is not None
        return found


def send(session: Session, **about: object) -> Sent:
    consultation = an_open_consultation(session)
    for of_noise in ("Noise", "More noise"):
        noise = Writer(session, consultation)
        noise.introduce(name=SECRET)
        noise.choose(SPEAKING)
        noise.answer(COMMENT, Given(text=f"{of_noise} {SECRET}"))
        noise.send()
    writer = Writer(session, consultation)
    writer.introduce(**about)
    writer.choose(SPEAKING)
    writer.answer(COMMENT, Given(text=f"Ask {SECRET} about it."))
    receipt = writer.send()
    found = services.find_receipt(session, receipt.code)
    assert found is not None
    return Sent(session, found, receipt.code)


@pytest.fixture
def sent(session: Session) -> Sent:
    return send(
        session,
        responds_as="organisation",
        respondent_class="acute",
        organisation_name=f"{SECRET} Trust",
        name="",
        role=f"Clerk to {SECRET}",
        gathered=f"{SECRET} asked the board.",
        interest="declared",
        interests=f"{SECRET} sells chairs.",
    )


class TestReading:
    def test_everybody_reads_the_marks_and_the_sender_what_was_written(self, sent: Sent) -> None:
        sent.redact()
        assert SECRET not in repr(sent.read)
        assert sent.read.answers[0].given.text == f"Ask {MARK} about it."
        assert sent.read.answers[0].is_redacted
        assert sent.read.respondent.organisation_name == f"{MARK} Trust"
        assert sent.read.respondent.gathered == f"{MARK} asked the board."
        own = services.find_receipt(sent.session, sent.code)
        assert own == sent.submission
        assert not own.answers[0].is_redacted
        written = services.find_as_written(
            sent.session, sent.submission.consultation_id, sent.submission.reference
        )
        assert written == sent.submission

    def test_relations_have_the_same_words(self, sent: Sent) -> None:
        sent.redact()
        said, person = relations.answers(), relations.people()
        answers = sent.session.execute(
            select(said).where(said.c.submission_id == sent.submission.id)
        ).all()
        assert [(each.text, each.is_redacted) for each in answers] == [
            (f"Ask {MARK} about it.", True)
        ]
        who = sent.session.execute(
            select(person).where(person.c.submission_id == sent.submission.id)
        ).one()
        assert SECRET not in repr(who)
        assert who.role == f"Clerk to {MARK}"
        others = sent.session.execute(
            select(person).where(person.c.submission_id != sent.submission.id)
        ).all()
        assert [each.name for each in others] == [SECRET, SECRET]

    def test_passages_are_as_written_with_the_digests_of_answers_alone(self, sent: Sent) -> None:
        sent.redact()
        assert {each.key for each in sent.passages} >= {"organisation_name", "role", "gathered"}
        assert all(SECRET in each.text for each in sent.passages)
        assert [bool(each.digest) for each in sent.passages] == [
            each.key not in PERSON_TEXTS for each in sent.passages
        ]

    def test_a_replacement_starts_from_what_was_written(self, sent: Sent) -> None:
        sent.redact()
        token = services.start_replacement(
            sent.session, code=sent.code, library=LIBRARY, now=DURING
        )
        draft = services.find_draft(
            sent.session, consultation_id=sent.submission.consultation_id, token=token
        )
        assert draft is not None
        assert draft.answers[COMMENT].text == f"Ask {SECRET} about it."
        assert draft.respondent.organisation_name == f"{SECRET} Trust"


class TestWriting:
    def test_the_same_again_and_none_at_all(self, sent: Sent) -> None:
        sent.redact()
        sent.redact()
        assert MARK in sent.read.answers[0].given.text
        services.set_redactions(sent.session, sent.submission.id, [])
        assert sent.read == sent.submission

    def test_a_cut_for_other_words_takes_out_nothing(self, sent: Sent) -> None:
        answer = sent.passages[-1]
        cut = Cut(answer.key, Span(0, 3, Reason.OTHER), "another digest", len(answer.text))
        services.set_redactions(sent.session, sent.submission.id, [cut])
        assert sent.read == sent.submission


class TestErasing:
    def test_withdrawing_erases_what_is_read_in_place_of_words_too(self, sent: Sent) -> None:
        sent.redact()
        services.withdraw_response(sent.session, code=sent.code, now=DURING)
        assert sent.session.scalars(select(RedactedAnswerRow)).all() == []
        assert sent.session.scalars(select(RedactedPersonRow)).all() == []
        assert sent.passages == ()

    def test_another_name_is_read_as_it_is_and_is_a_new_permission(self, session: Session) -> None:
        sent = send(session, name=SECRET)
        sent.redact()
        assert sent.read.respondent.name == MARK

        def rename(name: str) -> None:
            services.change_permission(
                session, code=sent.code, publish=Publish.NAMED, name=name, now=DURING
            )

        rename(SECRET)
        assert permission_number(sent.read.events) == 0
        rename("Sian Jones")
        assert sent.read.respondent.name == "Sian Jones"
        assert permission_number(sent.read.events) == 1
        response = relations.responses()
        rows = session.execute(select(response.c.id, response.c.permission_number)).all()
        assert {number for each, number in rows if each == sent.submission.id} == {1}
        assert {number for each, number in rows if each != sent.submission.id} == {0}
