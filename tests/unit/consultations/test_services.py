"""What leads and respondents can do, and what the rules refuse."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from frameworks.questions import AnswerKey, Given, Rewording
from frameworks.wording import apply_edits, edits_from_text
from tests.factories.consultations import (
    AFTER,
    BEFORE,
    CLOSES,
    DURING,
    OPENS,
    SECRETS,
    a_respondent,
)
from tests.factories.writing import (
    ACTION,
    COMMENT,
    LEAD,
    LIBRARY,
    SPEAKING,
    Writer,
    a_draft_consultation,
    an_open_consultation,
    asking_of,
    open_it,
    organisation,
)
from webapp.consultations import services
from webapp.consultations.consultation import Consultation, EventKind
from webapp.consultations.errors import (
    AnotherDraft,
    ChangedMeanwhile,
    ConsultationNotOpen,
    EmptyResponse,
    FrameworkChanged,
    NoDraft,
    NotFitToOpen,
    NotOpenToConsultation,
    QuestionnaireMissing,
    RespondentMissing,
    SlugTaken,
    WrongPeriod,
    WrongState,
)
from webapp.consultations.models import AnswerRow, AnswerTextRow
from webapp.consultations.opening import Period, Phase, State
from webapp.consultations.respondents import AboutStep
from webapp.consultations.response import Attempt, Receipt, answers_to_send
from webapp.persistence import Database, Session


class TestALead:
    def test_what_is_created_is_a_draft_with_an_event(self, session: Session) -> None:
        created = a_draft_consultation(session)
        assert (created.state, created.framework_digest) == (State.DRAFT, "")
        (event,) = services.list_events(session, created.id)
        assert (event.kind, event.by, event.at) == (EventKind.CREATED, LEAD.name, BEFORE)

    def test_only_a_version_that_is_published_for_consultation_is_consulted_on(
        self, session: Session
    ) -> None:
        for version in ("1.0.0", "1.0.0-beta.1", "9.9.9-beta.1"):
            with pytest.raises(NotOpenToConsultation):
                a_draft_consultation(session, framework_version=version, slug=f"v{version[0]}")
            session.rollback()

    def test_a_questionnaire_must_be_there(self, session: Session) -> None:
        with pytest.raises(QuestionnaireMissing):
            a_draft_consultation(session, questionnaire_version="9.9.9")

    def test_dates_must_be_in_order(self, session: Session) -> None:
        with pytest.raises(WrongPeriod):
            a_draft_consultation(session, period=Period(CLOSES, OPENS))

    def test_an_address_of_another_organisation_is_refused(self, session: Session) -> None:
        created = a_draft_consultation(session)
        with pytest.raises(SlugTaken):
            services.create_consultation(
                session,
                organisation_id=organisation(session, "elsewhere"),
                details=created.details,
                library=LIBRARY,
                by=LEAD,
                now=BEFORE,
            )

    def test_editing_from_an_old_page_is_refused_and_recorded_edits_are_in_order(
        self, session: Session
    ) -> None:
        created = a_draft_consultation(session)

        def edit(title: str, revision: int) -> Consultation:
            return services.edit_consultation(
                session,
                consultation_id=created.id,
                revision=revision,
                details=replace(created.details, title=title),
                library=LIBRARY,
                by=LEAD,
                now=BEFORE,
            )

        assert edit("Better", 1).title == "Better"
        with pytest.raises(ChangedMeanwhile):
            edit("Worse", 1)
        assert edit("Best", 2).revision == 3
        kinds = [event.kind for event in services.list_events(session, created.id)]
        assert kinds == [EventKind.CREATED, EventKind.EDITED, EventKind.EDITED]

    def test_saving_without_a_change_is_no_event(self, session: Session) -> None:
        created = a_draft_consultation(session)
        same = services.edit_consultation(
            session,
            consultation_id=created.id,
            revision=1,
            details=created.details,
            library=LIBRARY,
            by=LEAD,
            now=BEFORE,
        )
        assert same == created
        assert len(services.list_events(session, created.id)) == 1

    def test_opening_pins_what_it_is_about(self, session: Session) -> None:
        opened = an_open_consultation(session)
        assert opened.framework_digest == services.get_framework(LIBRARY, opened.details).digest
        assert opened.questionnaire_digest.startswith("sha256:")
        assert opened.phase(BEFORE) is Phase.COMING
        assert opened.phase(DURING) is Phase.OPEN
        event = services.list_events(session, opened.id)[-1]
        assert opened.framework_digest in event.note

    def test_what_is_opened_is_fixed_and_opened_once(self, session: Session) -> None:
        opened = an_open_consultation(session)
        with pytest.raises(WrongState):
            open_it(session, opened)
        with pytest.raises(WrongState):
            services.edit_consultation(
                session,
                consultation_id=opened.id,
                revision=opened.revision,
                details=opened.details,
                library=LIBRARY,
                by=LEAD,
                now=BEFORE,
            )

    def test_nothing_opens_that_would_be_over(self, session: Session) -> None:
        created = a_draft_consultation(session)
        with pytest.raises(NotFitToOpen):
            open_it(session, created, now=CLOSES)

    def test_closing_early_takes_a_reason_and_happens_once(self, session: Session) -> None:
        opened = an_open_consultation(session)

        def close(now: dt.datetime) -> Consultation:
            return services.close_consultation(
                session, consultation_id=opened.id, reason="An election", by=LEAD, now=now
            )

        closed = close(DURING)
        assert (closed.phase(DURING), closed.ends_at) == (Phase.CLOSED, DURING)
        assert services.list_events(session, opened.id)[-1].note == "An election"
        with pytest.raises(WrongState):
            close(DURING)

    def test_the_public_sees_no_draft_and_what_closes_first_first(self, session: Session) -> None:
        a_draft_consultation(session, slug="noise")
        later = Period(OPENS, CLOSES + dt.timedelta(days=9))
        coming = Period(DURING + dt.timedelta(days=1), CLOSES)
        past = Period(OPENS, OPENS + dt.timedelta(days=2))
        for slug, period in (
            ("later", later),
            ("coming", coming),
            ("past", past),
            ("first", Period(OPENS, CLOSES)),
        ):
            open_it(session, a_draft_consultation(session, slug=slug, period=period))
        listed = services.list_public_consultations(session, DURING)
        assert [each.slug for each in listed] == ["first", "later", "coming", "past"]
        assert [each.is_open for each in listed] == [True, True, False, False]
        assert listed[0].organisation_name == "Of-First"

    def test_a_published_file_that_changed_is_noticed(self, session: Session) -> None:
        opened = an_open_consultation(session)
        with pytest.raises(FrameworkChanged):
            asking_of(replace(opened, framework_digest="sha256:" + "0" * 64))

    def test_what_is_asked_is_indexed_once(self, session: Session) -> None:
        opened = an_open_consultation(session)
        assert asking_of(opened) is asking_of(opened)


class TestADraft:
    def test_it_can_be_started_only_while_the_consultation_is_open(self, session: Session) -> None:
        opened = an_open_consultation(session)
        draft = a_draft_consultation(session, slug="noise")
        for one, now in ((opened, BEFORE), (opened, CLOSES), (draft, DURING)):
            with pytest.raises(ConsultationNotOpen):
                services.start_draft(session, consultation_id=one.id, now=now)

    def test_it_is_found_by_its_token_only(self, session: Session) -> None:
        opened = an_open_consultation(session)
        writer = Writer(session, opened)
        Writer(session, opened)
        assert writer.draft.consultation_id == opened.id
        for token in ("", "guess", writer.token[:-1]):
            assert services.find_draft(session, consultation_id=opened.id, token=token) is None

    def test_choices_that_the_framework_does_not_have_are_dropped(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.choose(SPEAKING, "culture.gone", "'; DROP TABLE draft; --")
        writer.introduce(positions=("provider-chair", "emperor"))
        assert writer.draft.chosen == (SPEAKING,)
        assert writer.draft.respondent.positions == ("provider-chair",)

    def test_an_unchanged_wording_is_no_answer(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        wording = AnswerKey(SPEAKING, "wording")
        question = writer.asking.items[SPEAKING].by_key[wording]
        assert isinstance(question, Rewording)
        writer.answer(wording, Given(text=f" {question.present}\r\n"))
        assert writer.draft.answers == {}
        writer.answer(wording, Given(text="I listen."))
        assert writer.draft.answers[wording].text == "I listen."
        writer.answer(wording, Given(text=question.present), revision=1)
        assert writer.draft.answers == {}

    def test_a_wording_is_stored_with_how_it_was_made_of_the_words_consulted_on(
        self, session: Session
    ) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        wording = AnswerKey(SPEAKING, "wording")
        item = writer.asking.items[SPEAKING]
        question = item.by_key[wording]
        assert isinstance(question, Rewording)
        writer.answer(wording, Given(text="I listen."))
        writer.answer(wording, Given(text=f"{question.present}\r\n\r\nI say what I did."), 1)
        writer.send()
        stored = select(AnswerRow, AnswerTextRow).join(AnswerTextRow)
        rows = {row.question_key: (row, text) for row, text in session.execute(stored)}
        answer, written = rows["wording"]
        made = edits_from_text(written.operations)
        assert apply_edits(question.present, made) == written.text
        assert [each.removed for each in made] == [""], "only what was added"
        assert answer.item_digest == item.digest
        assert rows["comment"][1].operations == ""

    def test_a_stale_save_clashes_and_loses_nothing(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.answer(COMMENT, Given(text="First tab"))
        (clash,) = writer.answer(COMMENT, Given(text="Second tab"))
        assert (clash.saved.text, clash.sent.text, clash.revision) == ("First tab", "Second tab", 1)
        assert writer.draft.answers[COMMENT].text == "First tab"
        assert writer.answer(COMMENT, Given(text="Both"), clash.revision) == ()
        assert writer.draft.answers[COMMENT].text == "Both"

    def test_what_does_not_clash_is_saved_beside_what_does(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.answer(COMMENT, Given(text="First tab"))
        clashes = services.save_answers(
            session,
            consultation_id=writer.consultation.id,
            token=writer.token,
            asking=writer.asking,
            item_key=SPEAKING,
            attempts=[
                Attempt(COMMENT, Given(text="Second tab")),
                Attempt(ACTION, Given(choices=("keep",))),
            ],
            now=DURING,
        )
        assert [clash.key for clash in clashes] == [COMMENT]
        assert writer.draft.answers[ACTION].choices == ("keep",)

    def test_after_closing_it_can_be_read_and_not_changed(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        writer.now = AFTER
        for attempt in (
            lambda: writer.answer(COMMENT, Given(text="Too late"), 1),
            lambda: writer.choose("culture.listening"),
            lambda: writer.introduce(name="Somebody else"),
            writer.send,
        ):
            with pytest.raises(ConsultationNotOpen):
                attempt()
        assert writer.draft.answers[COMMENT].text == "Say who listens."

    def test_a_draft_that_was_sent_cannot_be_changed(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        writer.send()
        with pytest.raises(NoDraft):
            writer.answer(COMMENT, Given(text="One more thing"), 1)
        token, consultation_id = writer.token, writer.consultation.id
        found = services.find_draft(session, consultation_id=consultation_id, token=token)
        assert found is None

    def test_what_was_never_sent_can_be_read_for_a_month_after_closing(
        self, session: Session
    ) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        month = dt.timedelta(days=30)
        services.forget_drafts(session, CLOSES + month)
        assert writer.draft.answers[COMMENT].text == "Say who listens."
        services.forget_drafts(session, CLOSES + month + dt.timedelta(seconds=1))
        assert services.totals_of(session, writer.consultation.id).drafts == 0

    def test_what_was_sent_stays_when_its_draft_is_forgotten(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        receipt = writer.send()
        services.forget_drafts(session, DURING)
        assert writer.send() == receipt
        found = services.find_receipt(session, receipt.code)
        assert found is not None
        assert [answer.given.text for answer in found.answers] == ["Say who listens."]


class TestSending:
    def test_it_gives_a_reference_and_a_code_that_opens_what_was_sent(
        self, session: Session
    ) -> None:
        opened = an_open_consultation(session)
        Writer(session, opened).write_everything()
        writer = Writer(session, opened)
        writer.write_everything()
        receipt = writer.send()
        found = services.find_receipt(session, receipt.code)
        assert found is not None
        assert (found.reference, found.submitted_at) == (receipt.reference, DURING)
        assert found.respondent == a_respondent()
        (answer,) = found.answers
        assert (answer.key, answer.given.text) == (COMMENT, "Say who listens.")
        assert answer.item_digest == writer.asking.items[SPEAKING].digest

    def test_what_is_sent_is_what_the_check_page_shows(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.introduce(positions=("provider-chair", "provider-chief-executive"))
        writer.choose(SPEAKING, "culture.compassion")
        necessity = AnswerKey(SPEAKING, "necessity", "provider-chair")
        for key in (necessity, replace(necessity, position="provider-chief-executive")):
            writer.answer(key, Given(choices=("essential",)))
        writer.answer(COMMENT, Given(text="Words"))
        writer.answer(AnswerKey("culture", "missing"), Given(text="A domain"))
        writer.answer(AnswerKey("culture.compassion", "comment"), Given(text="Taken off later"))
        writer.answer(
            AnswerKey("profile.provider-chair", "weights-right"), Given(choices=("right",))
        )
        writer.answer(AnswerKey("consultation", "overall-comment"), Given(text="All in all"))
        writer.answer(ACTION, Given(choices=("keep",)))
        writer.answer(ACTION, Given(), revision=1)
        writer.choose(SPEAKING)
        writer.introduce(positions=("provider-chair",))
        shown = answers_to_send(writer.asking, writer.draft)
        found = services.find_receipt(session, writer.send().code)
        assert found is not None
        assert len(shown) == 5
        assert set(found.answers) == set(shown)

    def test_the_code_may_be_typed_in_any_way_and_a_wrong_one_opens_nothing(
        self, session: Session
    ) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        code = writer.send().code
        assert services.find_receipt(session, f" {code.lower().replace('-', ' ')} ") is not None
        assert services.find_receipt(session, code[:-1]) is None
        assert services.find_receipt(session, "") is None

    def test_the_same_key_gives_the_same_receipt_also_after_closing(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        first = writer.send()
        assert writer.send() == first
        assert writer.send(now=AFTER, token="") == first
        counts = services.count_responses(session, writer.consultation.id, writer.asking)
        assert (counts.total, counts.drafts) == (1, 0)

    def test_the_same_receipt_also_after_the_secret_was_changed(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        first = writer.send()
        assert writer.send(secrets=("a newer secret of thirty-two characters", *SECRETS)) == first
        retired = writer.send(secrets=("a newer secret of thirty-two characters",))
        assert (retired.reference, retired.code) == (first.reference, "")

    def test_neither_token_nor_key_nor_code_is_stored(
        self, session: Session, database: Database
    ) -> None:
        from sqlalchemy import inspect, text

        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        code = writer.send().code
        secret = (writer.token, writer.key, code, code.replace("-", ""))
        for table in inspect(session.connection()).get_table_names():
            for row in session.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608  Our tables.
                assert not any(each in str(value) for each in secret for value in row), table

    def test_an_empty_response_is_refused(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.introduce()
        writer.choose(SPEAKING)
        with pytest.raises(EmptyResponse):
            writer.send()

    def test_answers_to_what_is_no_longer_chosen_do_not_make_a_response(
        self, session: Session
    ) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        writer.choose("culture.listening")
        with pytest.raises(EmptyResponse):
            writer.send()

    def test_who_is_responding_must_be_known(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text="Anonymous"))
        with pytest.raises(RespondentMissing) as raised:
            writer.send()
        assert raised.value.steps == (
            AboutStep.RESPONDING_AS,
            AboutStep.WHO,
            AboutStep.PUBLISHING,
        )

    def test_a_page_of_one_response_never_sends_another(self, session: Session) -> None:
        opened = an_open_consultation(session)
        first, second = Writer(session, opened), Writer(session, opened)
        for writer in (first, second):
            writer.write_everything()
        with pytest.raises(AnotherDraft):
            second.send(key=first.key)
        assert services.totals_of(session, opened.id).submitted == 0

    def test_nobody_without_a_draft_sends_anything(self, session: Session) -> None:
        opened = an_open_consultation(session)
        writer = Writer(session, opened)
        with pytest.raises(NoDraft):
            writer.send(token="a guess", key=writer.key)

    def test_counts_follow_what_was_sent(self, session: Session) -> None:
        opened = an_open_consultation(session)
        Writer(session, an_open_consultation(session, "noise")).write_everything()
        for _ in range(2):
            writer = Writer(session, opened)
            writer.write_everything()
            writer.send()
        Writer(session, opened)
        counts = services.count_responses(session, opened.id, asking_of(opened))
        assert (counts.total, counts.drafts, counts.individuals) == (2, 1, 2)
        assert counts.by_day == ((DURING.date(), 2),)
        assert services.totals_of(session, opened.id).submitted == 2


class TestManyAtOnce:
    def test_fifty_posts_of_one_response_make_one_submission(self, database: Database) -> None:
        with database.writing() as session:
            opened = an_open_consultation(session)
            writer = Writer(session, opened)
            writer.write_everything()

        def post(_: int) -> Receipt:
            with database.writing() as own:
                return services.submit_response(
                    own,
                    slug=opened.slug,
                    token=writer.token,
                    key=writer.key,
                    library=LIBRARY,
                    secrets=SECRETS,
                    now=DURING,
                )

        with ThreadPoolExecutor(50) as pool:
            receipts = set(pool.map(post, range(50)))
        assert len(receipts) == 1
        with database.reading() as session:
            assert services.totals_of(session, opened.id).submitted == 1
            assert services.totals_of(session, opened.id).drafts == 0

    def test_two_first_saves_of_one_answer_leave_one_and_a_clash(self, database: Database) -> None:
        with database.writing() as session:
            opened = an_open_consultation(session)
            writer = Writer(session, opened)

        def save(number: int) -> int:
            with database.writing() as own:
                clashes = services.save_answers(
                    own,
                    consultation_id=opened.id,
                    token=writer.token,
                    asking=writer.asking,
                    item_key=SPEAKING,
                    attempts=[Attempt(COMMENT, Given(text=f"Tab {number}"))],
                    now=DURING,
                )
                return len(clashes)

        with ThreadPoolExecutor(8) as pool:
            clashes = list(pool.map(save, range(8)))
        assert sorted(clashes) == [0] + [1] * 7

    def test_closing_waits_for_nobody_and_lets_nothing_in_behind_it(
        self, database: Database
    ) -> None:
        with database.writing() as session:
            opened = an_open_consultation(session)
            writers = []
            for _ in range(12):
                writer = Writer(session, opened)
                writer.write_everything()
                writers.append(writer)

        def send(writer: Writer) -> bool:
            with database.writing() as own:
                try:
                    services.submit_response(
                        own,
                        slug=opened.slug,
                        token=writer.token,
                        key=writer.key,
                        library=LIBRARY,
                        secrets=SECRETS,
                        now=DURING,
                    )
                except ConsultationNotOpen:
                    return False
                return True

        def close(_: int) -> int:
            with database.writing() as own:
                services.close_consultation(
                    own, consultation_id=opened.id, reason="Enough", by=LEAD, now=DURING
                )
                return services.totals_of(own, opened.id).submitted

        with ThreadPoolExecutor(13) as pool:
            sending = [pool.submit(send, writer) for writer in writers]
            closing = pool.submit(close, 0)
            accepted = sum(each.result() for each in sending)
        with database.reading() as session:
            assert services.totals_of(session, opened.id).submitted == accepted
        # Whoever was counted at closing is everybody who was ever let in.
        assert closing.result() == accepted
