"""What a sender does afterwards by the private code, and what can be lodged after closing."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import AFTER, CLOSES, DURING, SECRETS, a_lead, a_respondent
from tests.factories.together import Holder, join
from tests.factories.writing import (
    ACTION,
    COMMENT,
    LEAD,
    LIBRARY,
    SPEAKING,
    Writer,
    an_open_consultation,
)
from webapp.consultations import services
from webapp.consultations.errors import (
    AnotherDraft,
    CannotReplace,
    ConsultationError,
    ConsultationNotOpen,
    EmptyResponse,
    IsOver,
    NoDraft,
    NotTheLead,
    RespondentMissing,
    StillOpen,
)
from webapp.consultations.respondents import Interest, Publish, RespondsAs
from webapp.consultations.response import Receipt, Submission
from webapp.consultations.submissions import SURGE, Decision, EventKind, Standing
from webapp.persistence import Database, Session

WORDS = "Say who listens."


def sent(session: Session, **about: object) -> tuple[Writer, str]:
    """Send a response and return its writer and the private code."""
    writer = Writer(session, an_open_consultation(session))
    writer.write_everything()
    if about:
        writer.introduce(**about)
    return writer, writer.send().code


def found(session: Session, code: str) -> Submission:
    submission = services.find_receipt(session, code)
    assert submission is not None
    return submission


def replacing(session: Session, writer: Writer, code: str, now: dt.datetime = DURING) -> Writer:
    """Begin a replacement and return its writer."""
    token = services.start_replacement(session, code=code, library=LIBRARY, now=now)
    another = Writer.__new__(Writer)
    another.session, another.consultation, another.now = session, writer.consultation, now
    another.asking, another.token = writer.asking, token
    another.key = services.submission_key(SECRETS[0], another.draft.id)
    return another


def lodge(writer: Writer, **changes: object) -> Receipt:
    values: dict[str, object] = {
        "slug": writer.consultation.slug,
        "token": writer.token,
        "key": writer.key,
        "reason": "Our board met too late.",
        "library": LIBRARY,
        "secrets": SECRETS,
        "now": AFTER,
    }
    return services.lodge_response(writer.session, **(values | changes))  # type: ignore[arg-type]  # Any of them.


class TestSendingAside:
    def test_a_held_response_is_taken_and_does_not_count(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        code = writer.send(held_for=("trap", SURGE)).code
        assert found(session, code).held_for == ("trap", SURGE)
        assert found(session, code).standing is Standing.HELD
        assert services.totals_of(session, writer.consultation.id).submitted == 0

    def test_only_the_first_receipt_is_new_and_both_say_who_responds(
        self, session: Session
    ) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        first, second = writer.send(), writer.send()
        assert (first.is_new, second.is_new) == (True, False)
        assert first.responds_as is second.responds_as is RespondsAs.INDIVIDUAL

    def test_a_colleague_who_does_not_lead_sends_nothing(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        writer.introduce(
            responds_as=RespondsAs.ORGANISATION,
            organisation_name="Example Trust",
            respondent_class="acute",
        )
        lead = Holder(writer.consultation, writer.token)
        services.start_together(session, name="Ada", **lead.act())
        colleague = services.join_response(
            session,
            consultation_id=writer.consultation.id,
            code=lead.code(session),
            name="Ben",
            now=DURING,
        )
        with pytest.raises(NotTheLead):
            writer.send(token=colleague)
        with pytest.raises(NotTheLead):
            lodge(writer, token=colleague)
        assert writer.send().is_new


class TestPermission:
    def test_a_change_is_an_event_and_the_same_again_is_none(self, session: Session) -> None:
        _, code = sent(session)
        for _ in range(2):
            changed = services.change_permission(
                session, code=code, publish=Publish.NOT_AT_ALL, now=DURING
            )
        assert changed.permission is Publish.NOT_AT_ALL
        assert changed.respondent.publish is Publish.NAMED, "what was sent stays as it was"
        assert [event.kind for event in changed.events] == [EventKind.PERMISSION]

    def test_a_name_is_kept_only_while_it_may_be_published(self, session: Session) -> None:
        _, code = sent(session)
        assert found(session, code).respondent.name == "Sam Okafor"
        changed = services.change_permission(
            session, code=code, publish=Publish.UNNAMED, name="Sam Okafor", now=DURING
        )
        assert changed.respondent.name == ""
        changed = services.change_permission(
            session, code=code, publish=Publish.NAMED, name="S. Okafor", now=DURING
        )
        assert (changed.respondent.name, changed.permission) == ("S. Okafor", Publish.NAMED)
        assert len(changed.events) == 2

    def test_an_organisation_keeps_its_name_whatever_may_be_published(
        self, session: Session
    ) -> None:
        _, code = sent(
            session,
            responds_as=RespondsAs.ORGANISATION,
            respondent_class="union",
            organisation_name="A union",
            name="",
        )
        changed = services.change_permission(
            session, code=code, publish=Publish.UNNAMED, name="Planted", now=DURING
        )
        assert changed.respondent.organisation_name == "A union"
        changed = services.change_permission(
            session, code=code, publish=Publish.NAMED, name="Planted", now=DURING
        )
        assert (changed.respondent.name, changed.respondent.shown_name) == ("", "A union")

    def test_it_can_be_changed_after_closing_but_not_once_it_is_over(
        self, session: Session
    ) -> None:
        _, code = sent(session)
        services.change_permission(session, code=code, publish=Publish.UNNAMED, now=AFTER)
        services.withdraw_response(session, code=code, now=DURING)
        with pytest.raises(IsOver):
            services.change_permission(session, code=code, publish=Publish.NAMED, now=DURING)

    def test_a_code_that_opens_nothing_changes_nothing(self, session: Session) -> None:
        sent(session)
        with pytest.raises(LookupError):
            services.change_permission(session, code="0000", publish=Publish.NOT_AT_ALL, now=DURING)
        with pytest.raises(LookupError):
            services.withdraw_response(session, code="0000", now=DURING)
        with pytest.raises(LookupError):
            services.start_replacement(session, code="0000", library=LIBRARY, now=DURING)


class TestWithdrawing:
    def test_it_no_longer_counts_and_its_words_are_nowhere_any_more(self, session: Session) -> None:
        writer, code = sent(session, interest=Interest.DECLARED, interests="I sell chairs")
        withdrawn = services.withdraw_response(session, code=code, now=DURING)
        assert withdrawn.standing is Standing.WITHDRAWN
        assert services.totals_of(session, writer.consultation.id).submitted == 0
        for table in ("draft", "draft_answer", "answer_text", "submission_person"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0, table  # noqa: S608  Our tables.

    def test_a_second_time_does_nothing(self, session: Session) -> None:
        _, code = sent(session)
        once = services.withdraw_response(session, code=code, now=DURING)
        assert services.withdraw_response(session, code=code, now=DURING) == once

    def test_after_closing_it_is_too_late(self, session: Session) -> None:
        _, code = sent(session)
        with pytest.raises(ConsultationNotOpen):
            services.withdraw_response(session, code=code, now=CLOSES)
        last = CLOSES - dt.timedelta(microseconds=1)
        assert services.withdraw_response(session, code=code, now=last).standing.is_over

    def test_what_it_replaced_is_erased_with_it(self, session: Session) -> None:
        writer, code = sent(session)
        second = replacing(session, writer, code).send().code
        third = replacing(session, writer, second).send().code
        services.withdraw_response(session, code=third, now=DURING)
        assert session.execute(text("SELECT count(*) FROM answer_text")).scalar_one() == 0
        assert session.execute(text("SELECT count(*) FROM submission_person")).scalar_one() == 0
        assert found(session, code).standing is Standing.REPLACED

    def test_what_was_removed_is_not_withdrawn(self, session: Session) -> None:
        writer, code = sent(session)
        services.decide(
            session,
            consultation_id=writer.consultation.id,
            reference=found(session, code).reference,
            decision=Decision.REMOVE,
            reason="It names a patient.",
            by=LEAD,
            now=DURING,
        )
        with pytest.raises(IsOver):
            services.withdraw_response(session, code=code, now=DURING)
        with pytest.raises(IsOver):
            services.start_replacement(session, code=code, library=LIBRARY, now=DURING)
        assert found(session, code).answers[0].given.text == WORDS


class TestReplacing:
    def test_everything_that_was_sent_is_in_the_copy(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.introduce(interest=Interest.DECLARED, interests="I sell chairs", role="Clerk")
        writer.choose(SPEAKING, "governance.chairing")
        wording = AnswerKey(SPEAKING, "wording")
        for key, given in (
            (COMMENT, Given(text=WORDS)),
            (ACTION, Given(choices=("reword",))),
            (wording, Given(text="I listen.")),
            (AnswerKey("governance", "missing"), Given(text="Only about the domain")),
            (AnswerKey("consultation", "overall-comment"), Given(text="All in all")),
            (AnswerKey(SPEAKING, "necessity", "provider-chair"), Given(choices=("useful",))),
        ):
            writer.answer(key, given)
        code = writer.send().code
        before = found(session, code)
        again = replacing(session, writer, code)
        assert again.draft.respondent == before.respondent
        assert again.draft.replaces_id == before.id
        after = found(session, again.send().code)
        assert [(each.key, each.given) for each in after.answers] == [
            (each.key, each.given) for each in before.answers
        ]
        assert len(after.answers) == 6
        operations = session.execute(
            text("SELECT operations FROM answer_text WHERE text = 'I listen.'")
        ).scalars()
        assert len(set(operations)) == 1

    def test_the_first_stands_until_the_second_is_sent_and_then_no_longer(
        self, session: Session
    ) -> None:
        writer, code = sent(session)
        again = replacing(session, writer, code)
        assert found(session, code).standing is Standing.COUNTS
        receipt = again.send()
        assert found(session, code).standing is Standing.REPLACED
        assert found(session, receipt.code).standing is Standing.COUNTS
        assert services.totals_of(session, writer.consultation.id).submitted == 1
        first, second = found(session, code), found(session, receipt.code)
        assert services.references_around(session, first) == ("", second.reference)
        assert services.references_around(session, second) == (first.reference, "")

    def test_sending_it_twice_records_it_once(self, session: Session) -> None:
        writer, code = sent(session)
        again = replacing(session, writer, code)
        assert again.send() == again.send()
        assert len(found(session, code).events) == 1

    def test_the_permission_of_now_is_copied(self, session: Session) -> None:
        writer, code = sent(session)
        services.change_permission(session, code=code, publish=Publish.NOT_AT_ALL, now=DURING)
        again = replacing(session, writer, code)
        assert again.draft.respondent == a_respondent(publish=Publish.NOT_AT_ALL, name="")

    def test_beginning_again_gives_another_way_into_the_same_draft(self, session: Session) -> None:
        writer, code = sent(session)
        one, two = replacing(session, writer, code), replacing(session, writer, code)
        assert one.token != two.token
        assert one.draft.id == two.draft.id
        one.answer(COMMENT, Given(text="Changed on another device"), 1)
        assert two.draft.answers[COMMENT].text == "Changed on another device"

    def test_after_it_was_sent_the_next_replacement_is_of_that_one(self, session: Session) -> None:
        writer, code = sent(session)
        second = replacing(session, writer, code).send().code
        with pytest.raises(IsOver):
            replacing(session, writer, code)
        assert replacing(session, writer, second).draft.replaces_id == found(session, second).id

    def test_what_was_withdrawn_cannot_be_replaced_and_the_words_can_be_sent_alone(
        self, session: Session
    ) -> None:
        writer, code = sent(session)
        again = replacing(session, writer, code)
        services.withdraw_response(session, code=code, now=DURING)
        with pytest.raises(CannotReplace) as raised:
            again.send()
        assert raised.value.earlier.standing is Standing.WITHDRAWN
        assert again.draft.answers[COMMENT].text == WORDS
        receipt = again.send(alone=True)
        assert found(session, receipt.code).replaces_id is None
        assert services.totals_of(session, writer.consultation.id).submitted == 1

    def test_who_began_it_comes_back_as_themselves_after_handing_over_the_lead(
        self, session: Session
    ) -> None:
        organisation = {
            "responds_as": RespondsAs.ORGANISATION,
            "respondent_class": "community",
            "organisation_name": "Northmoor Community NHS Trust",
            "name": "",
        }
        writer, code = sent(session, **organisation)
        asha = Holder(writer.consultation, replacing(session, writer, code).token)
        services.start_together(session, **asha.act(), name="Asha Rao")
        ben = join(session, asha, "Ben Hall")
        services.hand_over(session, **asha.act(), member_id=ben.member(session).id)
        again = Holder(writer.consultation, replacing(session, writer, code).token)
        assert again.member(session) == asha.member(session)
        assert not again.member(session).is_lead
        services.leave_response(session, **asha.act())
        anew = Holder(writer.consultation, replacing(session, writer, code).token)
        assert anew.member(session) == ben.member(session), "somebody has to come back"

    def test_after_closing_nothing_is_begun(self, session: Session) -> None:
        writer, code = sent(session)
        with pytest.raises(ConsultationNotOpen):
            replacing(session, writer, code, now=CLOSES)

    def test_a_held_replacement_takes_the_place_at_once(self, session: Session) -> None:
        writer, code = sent(session)
        receipt = replacing(session, writer, code).send(held_for=(SURGE,))
        assert found(session, code).standing is Standing.REPLACED
        assert found(session, receipt.code).standing is Standing.HELD


class TestLodgingLate:
    def written(self, session: Session) -> Writer:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        return writer

    def test_it_is_taken_with_its_reason_and_does_not_count(self, session: Session) -> None:
        writer = self.written(session)
        late = found(session, lodge(writer).code)
        assert (late.standing, late.late_reason) == (Standing.LATE, "Our board met too late.")
        assert late.submitted_at == AFTER
        assert services.totals_of(session, writer.consultation.id).submitted == 0

    def test_twice_gives_the_same_receipt(self, session: Session) -> None:
        writer = self.written(session)
        assert lodge(writer) == lodge(writer)
        assert lodge(writer) == writer.send(now=AFTER)

    def test_while_it_is_open_it_is_sent_instead(self, session: Session) -> None:
        writer = self.written(session)
        with pytest.raises(StillOpen):
            lodge(writer, now=CLOSES - dt.timedelta(microseconds=1))
        assert lodge(writer, now=CLOSES).is_new

    def test_a_month_after_closing_it_is_too_late_for_that_too(self, session: Session) -> None:
        writer = self.written(session)
        month = CLOSES + dt.timedelta(days=30)
        assert not services.may_be_lodged(writer.consultation, month)
        with pytest.raises(ConsultationNotOpen):
            lodge(writer, now=month)
        assert lodge(writer, now=month - dt.timedelta(microseconds=1)).is_new

    def test_what_closed_early_can_be_lodged_from_then_on(self, session: Session) -> None:
        writer = self.written(session)
        services.close_consultation(
            session, consultation_id=writer.consultation.id, reason="x", by=LEAD, now=DURING
        )
        assert lodge(writer, now=DURING).is_new

    def test_only_with_the_key_of_a_draft_that_is_there_and_whole(self, session: Session) -> None:
        writer = self.written(session)
        with pytest.raises(AnotherDraft):
            lodge(writer, key="a guess")
        with pytest.raises(NoDraft):
            lodge(writer, token="a guess")
        empty = Writer(session, writer.consultation)
        with pytest.raises(RespondentMissing):
            lodge(empty)
        empty.introduce()
        with pytest.raises(EmptyResponse):
            lodge(empty)

    def test_what_it_was_to_replace_counts_until_it_is_admitted(self, session: Session) -> None:
        writer, code = sent(session)
        receipt = lodge(replacing(session, writer, code))
        assert found(session, code).standing is Standing.COUNTS
        assert services.references_around(session, found(session, code)) == ("", "")
        services.decide(
            session,
            consultation_id=writer.consultation.id,
            reference=receipt.reference,
            decision=Decision.ADMIT,
            reason="They met late.",
            by=LEAD,
            now=AFTER,
        )
        assert found(session, code).standing is Standing.REPLACED
        assert found(session, receipt.code).standing is Standing.COUNTS
        assert services.totals_of(session, writer.consultation.id).submitted == 1

    def test_it_is_neither_withdrawn_nor_replaced_and_its_permission_can_change(
        self, session: Session
    ) -> None:
        code = lodge(self.written(session)).code
        with pytest.raises(ConsultationNotOpen):
            services.withdraw_response(session, code=code, now=AFTER)
        changed = services.change_permission(session, code=code, publish=Publish.UNNAMED, now=AFTER)
        assert changed.permission is Publish.UNNAMED
        assert changed.late_reason == "Our board met too late."


class TestRaces:
    """What two people who hold one code do at the same moment, on both databases."""

    @pytest.fixture
    def prepared(self, database: Database) -> tuple[Writer, str]:
        with database.writing() as session:
            writer, code = sent(session)
        return writer, code

    def together(
        self, database: Database, *steps: Callable[[Session], object]
    ) -> list[type[ConsultationError] | None]:
        """Do every step in a transaction of its own at once; return what each raised."""
        start = threading.Barrier(len(steps))

        def run(step: Callable[[Session], object]) -> type[ConsultationError] | None:
            start.wait()
            try:
                with database.writing() as own:
                    step(own)
            except ConsultationError as error:
                return type(error)
            return None

        with ThreadPoolExecutor(len(steps)) as pool:
            return list(pool.map(run, steps))

    def standing(self, database: Database, code: str) -> Standing:
        with database.reading() as session:
            return found(session, code).standing

    def test_withdrawing_many_times_is_one_event(
        self, database: Database, prepared: tuple[Writer, str]
    ) -> None:
        _, code = prepared

        def withdraw(own: Session) -> None:
            services.withdraw_response(own, code=code, now=DURING)

        assert set(self.together(database, *[withdraw] * 6)) == {None}
        with database.reading() as session:
            assert len(found(session, code).events) == 1

    def test_replacing_from_many_browsers_is_one_draft(
        self, database: Database, prepared: tuple[Writer, str]
    ) -> None:
        writer, code = prepared

        def begin(own: Session) -> None:
            services.start_replacement(own, code=code, library=LIBRARY, now=DURING)

        assert set(self.together(database, *[begin] * 6)) == {None}
        with database.reading() as session:
            assert services.totals_of(session, writer.consultation.id).drafts == 1

    def test_either_the_withdrawal_or_the_replacement_wins_and_one_counts_at_most(
        self, database: Database, prepared: tuple[Writer, str]
    ) -> None:
        writer, code = prepared
        with database.writing() as session:
            again = replacing(session, writer, code)

        def withdraw(own: Session) -> None:
            services.withdraw_response(own, code=code, now=DURING)

        def send(own: Session) -> None:
            replace_writer(again, own).send()

        withdrawn, replaced = self.together(database, withdraw, send)
        outcome = self.standing(database, code)
        with database.reading() as session:
            submitted = services.totals_of(session, writer.consultation.id).submitted
        if outcome is Standing.WITHDRAWN:
            assert (withdrawn, replaced, submitted) == (None, CannotReplace, 0)
        else:
            assert (outcome, withdrawn, replaced, submitted) == (
                Standing.REPLACED,
                IsOver,
                None,
                1,
            )

    def test_closing_lets_no_withdrawal_in_behind_it(
        self, database: Database, prepared: tuple[Writer, str]
    ) -> None:
        writer, code = prepared
        counted: list[int] = []

        def withdraw(own: Session) -> None:
            services.withdraw_response(own, code=code, now=DURING)

        def close(own: Session) -> None:
            services.close_consultation(
                own, consultation_id=writer.consultation.id, reason="x", by=a_lead(), now=DURING
            )
            counted.append(services.totals_of(own, writer.consultation.id).submitted)

        refused, _ = self.together(database, withdraw, close)
        assert refused in (None, ConsultationNotOpen)
        with database.reading() as session:
            # What was counted at closing is what there is.
            submitted = services.totals_of(session, writer.consultation.id).submitted
        assert [submitted] == counted == [1 if refused else 0]


def replace_writer(writer: Writer, session: Session) -> Writer:
    """Return a writer of the same draft in another transaction."""
    another = Writer.__new__(Writer)
    another.__dict__.update(writer.__dict__ | {"session": session})
    return another
