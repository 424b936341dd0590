"""Rulings by services alone: what follows from them, in memory and in both databases."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

import pytest

from frameworks.questions import Given
from tests.factories.consultations import DURING, a_lead
from tests.factories.writing import COMMENT, SPEAKING, Writer, an_open_consultation
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.redacting import Reason, Span
from webapp.consultations.respondents import Publish
from webapp.consultations.submissions import Decision
from webapp.persistence import Session
from webapp.publication import services
from webapp.publication.errors import (
    CutDoesNotFit,
    NothingToRule,
    OwnRuling,
    PermissionChanged,
    RepeatsWords,
    RuledMeanwhile,
)
from webapp.publication.marking import cut_of
from webapp.publication.published import Wanted
from webapp.publication.ruling import NotedCut, Outcome, Stage, Verdict, is_published
from webapp.publication.searching import words_of

ANN, BOB = a_lead(), a_lead()
MARK = "[taken out: personal details]"


@dataclass
class Room:
    """A consultation, its responses, and two moderators."""

    session: Session
    consultation: Consultation
    codes: dict[str, str] = field(default_factory=dict)
    now: dt.datetime = DURING

    def send(self, words: str = "Say who listens.", **about: object) -> str:
        self.now += dt.timedelta(minutes=1)
        writer = Writer(self.session, self.consultation, self.now)
        writer.introduce(**about)
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text=words))
        receipt = writer.send()
        self.codes[receipt.reference] = receipt.code
        return receipt.reference

    def case(self, reference: str) -> services.Case:
        found = services.find_case(self.session, self.consultation.id, reference)
        assert found is not None
        return found

    def cut(self, reference: str, words: str, note: str = "") -> NotedCut:
        passage = next(each for each in self.case(reference).passages if words in each.text)
        start = passage.text.index(words)
        span = Span(start, start + len(words), Reason.PERSONAL)
        return NotedCut(cut_of(passage, span), note)

    def propose(
        self,
        reference: str,
        *cuts: NotedCut,
        outcome: Outcome = Outcome.PUBLISH,
        seen: int | None = None,
        note: str = "",
        by: Actor = ANN,
    ) -> None:
        self.now += dt.timedelta(minutes=1)
        services.propose_ruling(
            self.session,
            consultation_id=self.consultation.id,
            reference=reference,
            seen=self.case(reference).seen if seen is None else seen,
            outcome=outcome,
            cuts=cuts,
            note=note,
            accepted=1,
            refused=2,
            by=by,
            now=self.now,
        )

    def look(
        self,
        reference: str,
        verdict: Verdict = Verdict.APPROVED,
        *,
        number: int | None = None,
        by: Actor = BOB,
        reason: str = "Look again.",
    ) -> None:
        self.now += dt.timedelta(minutes=1)
        services.look_at_ruling(
            self.session,
            consultation_id=self.consultation.id,
            reference=reference,
            number=self.case(reference).seen if number is None else number,
            verdict=verdict,
            reason=reason if verdict is Verdict.SENT_BACK else "",
            by=by,
            now=self.now,
        )

    def publish(self, reference: str, *cuts: NotedCut) -> None:
        self.propose(reference, *cuts)
        self.look(reference)

    def permit(self, reference: str, publish: Publish, name: str = "") -> None:
        consultations.change_permission(
            self.session, code=self.codes[reference], publish=publish, name=name, now=self.now
        )

    def to_moderate(self) -> list[str]:
        queue = services.list_to_moderate(self.session, self.consultation.id, 1)
        assert queue.total == len(queue.rows)
        return [each.waiting.reference for each in queue.rows]

    def to_check(self) -> list[str]:
        queue = services.list_to_check(self.session, self.consultation.id, 1)
        return [each.waiting.reference for each in queue.rows]

    def found(self, typed: str = "", kind: str = "", item: str = "") -> set[str]:
        wanted = Wanted(words_of(typed), kind, item)
        found = services.search_published(self.session, self.consultation.id, wanted, 1)
        assert found.total == len(found.responses)
        return {each.reference for each in found.responses}

    def read(self, reference: str) -> str:
        found = consultations.find_response(self.session, self.consultation.id, reference)
        assert found is not None
        return found.answers[0].given.text


@pytest.fixture
def room(session: Session) -> Room:
    noise = Room(session, an_open_consultation(session, "another"))
    noise.publish(noise.send("Noise that everybody may read."))
    noise.propose(noise.send("Noise that waits."))
    noise.send("Noise that nobody has looked at.")
    return Room(session, an_open_consultation(session))


class TestEveryWay:
    def test_queries_say_the_same_as_the_rules(self, room: Room) -> None:
        """Each way that a response can go, and all of them beside each other."""
        references = {
            "new": room.send(),
            "proposed": room.send(),
            "published": room.send(),
            "withheld": room.send(),
            "sent back": room.send(),
            "proposed again": room.send(),
            "withheld later": room.send(),
            "sent back later": room.send(),
            "renamed": room.send(),
            "narrowed": room.send(),
            "forbidden": room.send(),
            "withdrawn": room.send(),
            "removed": room.send(),
            "never": room.send(publish=Publish.NOT_AT_ALL, name=""),
            "held": room.send(),
        }
        for name in ("proposed", "withheld", "sent back"):
            outcome = Outcome.WITHHOLD if name == "withheld" else Outcome.PUBLISH
            room.propose(references[name], outcome=outcome)
        room.look(references["withheld"])
        room.look(references["sent back"], Verdict.SENT_BACK)
        for name in list(references)[5:13]:
            room.publish(references[name])
        room.publish(references["published"])
        room.propose(references["proposed again"])
        room.propose(references["withheld later"], outcome=Outcome.WITHHOLD)
        room.propose(references["sent back later"])
        room.look(references["sent back later"], Verdict.SENT_BACK)
        room.permit(references["renamed"], Publish.NAMED, "Another Name")
        room.permit(references["narrowed"], Publish.UNNAMED)
        room.permit(references["forbidden"], Publish.NOT_AT_ALL)
        consultations.withdraw_response(
            room.session, code=room.codes[references["withdrawn"]], now=room.now
        )
        for name in ("removed",):
            consultations.decide(
                room.session,
                consultation_id=room.consultation.id,
                reference=references[name],
                decision=Decision.REMOVE,
                reason="Wrong.",
                by=BOB,
                now=room.now,
            )
        cases = {name: room.case(each) for name, each in references.items()}
        by_stage = {
            stage: [references[name] for name, case in cases.items() if case.stage is stage]
            for stage in Stage
        }
        assert room.to_moderate() == by_stage[Stage.TO_MODERATE]
        assert room.to_check() == by_stage[Stage.TO_CHECK]
        published = {
            name for name, case in cases.items() if is_published(case.submission, case.rulings)
        }
        assert published == {"published", "proposed again", "sent back later"}
        assert room.found() == {references[name] for name in published}
        waiting = services.count_waiting(room.session, room.consultation.id)
        assert waiting == len(by_stage[Stage.TO_MODERATE]) + len(by_stage[Stage.TO_CHECK])
        assert set(by_stage[Stage.OUTSIDE]) == {
            references[name] for name in ("forbidden", "withdrawn", "removed", "never")
        }


class TestProposing:
    def test_a_ruling_on_an_older_state_is_refused(self, room: Room) -> None:
        reference = room.send()
        room.propose(reference)
        with pytest.raises(RuledMeanwhile):
            room.propose(reference, seen=0, by=BOB)
        with pytest.raises(RuledMeanwhile):
            room.propose(reference, seen=7, by=BOB)
        assert len(room.case(reference).rulings) == 1

    def test_words_that_are_not_there_cannot_be_taken_out(self, room: Room) -> None:
        reference, other = room.send("Ask Jo."), room.send("Ask Kim.")
        with pytest.raises(CutDoesNotFit):
            room.propose(reference, room.cut(other, "Kim"))
        assert room.case(reference).rulings == ()

    def test_no_note_says_what_was_taken_out(self, room: Room) -> None:
        reference = room.send("Ask Jo Bloggs.")
        with pytest.raises(RepeatsWords):
            room.propose(reference, room.cut(reference, "Jo Bloggs"), note="JO\n BLOGGS is known")
        with pytest.raises(RepeatsWords):
            room.propose(reference, room.cut(reference, "Jo Bloggs", "jo bloggs"))

    def test_nor_does_the_reason_of_a_second_person(self, room: Room) -> None:
        reference = room.send("Ask Jo Bloggs.")
        room.propose(reference, room.cut(reference, "Jo Bloggs"))
        with pytest.raises(RepeatsWords):
            room.look(reference, Verdict.SENT_BACK, reason="jo\n bloggs is no secret")
        room.look(reference, Verdict.SENT_BACK, reason="The name is no secret.")

    def test_nothing_is_ruled_on_that_may_not_be_published(self, room: Room) -> None:
        with pytest.raises(NothingToRule):
            room.propose(room.send(publish=Publish.NOT_AT_ALL, name=""))
        with pytest.raises(NothingToRule):
            services.read_original(
                room.session,
                consultation_id=room.consultation.id,
                reference=room.send(publish=Publish.NOT_AT_ALL, name=""),
                reason="Curious",
                by=ANN,
                now=room.now,
            )

    def test_the_same_cut_twice_is_one(self, room: Room) -> None:
        reference = room.send("Ask Jo.")
        cut = room.cut(reference, "Jo")
        room.propose(reference, cut, cut)
        assert len(room.case(reference).cuts) == 1


class TestSecondLooks:
    def test_nobody_approves_their_own(self, room: Room) -> None:
        reference = room.send()
        room.propose(reference)
        with pytest.raises(OwnRuling):
            room.look(reference, by=ANN)
        assert room.found() == set()

    def test_only_the_newest_waits_and_only_once(self, room: Room) -> None:
        reference = room.send()
        with pytest.raises(RuledMeanwhile):
            room.look(reference, number=0)
        room.propose(reference)
        room.propose(reference)
        with pytest.raises(RuledMeanwhile):
            room.look(reference, number=1)
        room.look(reference)
        with pytest.raises(RuledMeanwhile):
            room.look(reference, number=2)

    def test_a_permission_that_changed_in_between_needs_another_ruling(self, room: Room) -> None:
        reference = room.send()
        room.propose(reference)
        room.permit(reference, Publish.UNNAMED)
        with pytest.raises(PermissionChanged):
            room.look(reference)
        room.permit(reference, Publish.NOT_AT_ALL)
        with pytest.raises(NothingToRule):
            room.look(reference)


class TestWhatIsRead:
    def test_cuts_add_up_until_a_ruling_is_approved(self, room: Room) -> None:
        reference = room.send("Jo met Kim.")
        room.propose(reference, room.cut(reference, "Jo"))
        room.look(reference, Verdict.SENT_BACK)
        room.propose(reference, room.cut(reference, "Kim"))
        assert room.read(reference) == f"{MARK} met {MARK}."
        room.look(reference)
        assert room.read(reference) == f"Jo met {MARK}."
        room.propose(reference)
        assert room.read(reference) == f"Jo met {MARK}."
        room.look(reference)
        assert room.read(reference) == "Jo met Kim."

    def test_what_was_taken_out_of_a_name_is_not_taken_out_of_another(self, room: Room) -> None:
        reference = room.send(name="Jo Bloggs")
        room.publish(reference, room.cut(reference, "Jo"))
        # As long as the other, so that nothing but the permission tells them apart.
        room.permit(reference, Publish.NAMED, "Kim Blogg")
        room.propose(reference)
        sent = consultations.find_response(room.session, room.consultation.id, reference)
        assert sent is not None
        assert sent.respondent.name == "Kim Blogg"
        room.look(reference)
        found = services.find_published(room.session, room.consultation.id, reference)
        assert found is not None
        assert found.name == "Kim Blogg"


class TestSearching:
    def test_all_words_whatever_their_case_and_nothing_that_looks_like_them(
        self, room: Room
    ) -> None:
        first = room.send("Boards must LISTEN to Siân: 50% don’t.", name="Ada Blue")
        second = room.send("Boards sing, a_b.", publish=Publish.UNNAMED, name="")
        room.publish(first)
        room.publish(second)
        room.send("Boards that nobody has looked at.")
        for typed, expected in (
            ("boards", {first, second}),
            ("BOARDS listen", {first}),
            ("listen sing", set()),
            ("50%", {first}),
            ("5%%", set()),
            ("a_b", {second}),
            ("a%b", set()),
            ("o_r", set()),
            ("SIÂN", {first}),
            ("sian", set()),
            ("don't", {first}),
            ("don’t boards", {first}),
            ("blue", {first}),
            ("\\", set()),
        ):
            assert room.found(typed) == expected, typed

    def test_what_was_taken_out_and_who_is_unnamed_is_not_found(self, room: Room) -> None:
        reference = room.send(
            "Ask Jo Bloggs.",
            responds_as="organisation",
            respondent_class="acute",
            organisation_name="Meadow Trust",
            role="Clerk",
            name="",
            publish=Publish.UNNAMED,
        )
        room.publish(reference, room.cut(reference, "Jo Bloggs"))
        for typed in ("bloggs", "meadow", "clerk", "midlands"):
            assert room.found(typed) == set()
        assert room.found("ask personal details") == {reference}

    def test_it_is_narrowed_by_kind_and_by_topic(self, room: Room) -> None:
        governor, public = room.send(), room.send(respondent_class="public")
        room.publish(governor)
        room.publish(public)
        assert room.found(kind="public") == {public}
        assert room.found(kind="patient") == set()
        assert room.found(item=SPEAKING) == {governor, public}
        assert room.found(item="culture.compassion") == set()
        assert services.count_by_class(room.session, room.consultation.id) == {
            "governor": 1,
            "public": 1,
        }
        assert services.count_by_item(room.session, room.consultation.id) == {SPEAKING: 2}


class TestNumbers:
    def test_few_others_are_not_told_apart(self, room: Room) -> None:
        room.publish(room.send())
        numbers = services.count_numbers(room.session, room.consultation.id)
        assert numbers.is_complete
        room.send(publish=Publish.NOT_AT_ALL, name="")
        numbers = services.count_numbers(room.session, room.consultation.id)
        assert (numbers.published, numbers.is_complete) == (1, False)
        assert {numbers.not_allowed, numbers.withheld, numbers.waiting} == {None}


class TestQuotes:
    def test_only_what_is_published_may_be_quoted_as_everybody_reads_it(self, room: Room) -> None:
        named, waits = room.send("Ask Jo."), room.send("Ask Kim.")
        room.publish(named, room.cut(named, "Jo"))
        ids = [room.case(each).submission.answers[0].id for each in (named, waits)]
        assert all(ids)
        answer, other = [each for each in ids if each]
        quotes = services.published_texts(
            room.session, room.consultation.id, [answer, other, uuid.uuid4()]
        )
        assert len(quotes) == 3
        assert quotes[other] is None
        quote = quotes[answer]
        assert quote is not None
        assert (quote.text, quote.name, quote.is_redacted) == (f"Ask {MARK}.", "Sam Okafor", True)


class TestRecord:
    def test_it_has_who_when_and_how_much_and_nothing_that_was_written(self, room: Room) -> None:
        reference = room.send("Ask Jo Bloggs.")
        room.propose(reference, room.cut(reference, "Jo Bloggs", "A clerk"), note="One name.")
        room.look(reference, Verdict.SENT_BACK)
        room.propose(reference, outcome=Outcome.WITHHOLD, note="Too much.")
        room.look(reference)
        services.read_original(
            room.session,
            consultation_id=room.consultation.id,
            reference=reference,
            reason="A complaint",
            by=BOB,
            now=room.now,
        )
        entries = services.evidence(room.session, room.consultation.id)
        assert [each.kind for each in entries] == [
            "publication.ruling",
            "publication.sent-back",
            "publication.ruling",
            "publication.approved",
            "publication.original-read",
        ]
        assert "Passages taken out: 1 (personal details)" in entries[0].words
        assert "Suggestions taken up: 1; not taken up: 2" in entries[0].words
        assert [each.why for each in entries] == [
            "One name.",
            "Look again.",
            "Too much.",
            "",
            "A complaint",
        ]
        assert "Bloggs" not in repr(entries)
        assert entries == services.evidence(room.session, room.consultation.id)
        services.erase_notes(room.session, room.consultation.id)
        after = services.evidence(room.session, room.consultation.id)
        assert [each.words for each in after] == [each.words for each in entries]
        assert not {"One name.", "Look again.", "A complaint"} & {each.why for each in after}
