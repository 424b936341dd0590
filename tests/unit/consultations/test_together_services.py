"""What colleagues can do with one response, and what is refused; on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.factories.consultations import AFTER, DURING, SECRETS
from tests.factories.together import (
    COMMENT,
    LIBRARY,
    ORGANISATION,
    SPEAKING,
    Holder,
    a_team,
    an_open_consultation,
    join,
    somebody_alone,
)
from webapp.consultations import services, together
from webapp.consultations.errors import (
    ConsultationNotOpen,
    NameTaken,
    NoDraft,
    NotAMember,
    NotAnOrganisation,
    NotInvited,
    NotTheLead,
    TooManyMembers,
    TooManyNotes,
)
from webapp.consultations.store import passes
from webapp.consultations.together import Wish
from webapp.persistence import Base, Session
from webapp.security import tokens

Team = tuple[Holder, Holder, Holder]
COMPASSION = "culture.compassion"
OVERALL = "consultation"


@pytest.fixture
def team(session: Session) -> Team:
    """Asha, who leads, Ben and Cat; another organisation's team beside them."""
    consultation = an_open_consultation(session)
    others = a_team(session, consultation, ["Ben Hall"])
    others[0].note(session, "Of another organisation")
    services.assign_items(
        session, **others[0].act(), wishes=[Wish(SPEAKING, None, others[1].member(session).id)]
    )
    asha, ben, cat = a_team(session, consultation)
    return asha, ben, cat


def names(session: Session, holder: Holder) -> list[str]:
    return [each.name for each in services.members_of(session, holder.draft(session).id)]


class TestStarting:
    def test_whoever_starts_leads_with_every_pass_they_have(self, session: Session) -> None:
        asha = somebody_alone(session, an_open_consultation(session))
        services.start_together(session, **asha.act(), name="Asha Rao")
        assert asha.member(session).is_lead
        assert asha.draft(session).is_led
        assert names(session, asha) == ["Asha Rao"]

    def test_starting_twice_changes_nothing(self, session: Session, team: Team) -> None:
        asha, ben, _ = team
        code = asha.code(session)
        for each in (asha, ben):
            services.start_together(session, **each.act(), name="Mallory")
        assert names(session, asha) == ["Asha Rao", "Ben Hall", "Cat Ng"]
        assert asha.code(session) == code

    def test_an_individual_cannot_be_joined(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        token = services.start_draft(session, consultation_id=consultation.id, now=DURING)
        with pytest.raises(NotAnOrganisation):
            services.start_together(session, **Holder(consultation, token).act(), name="Asha Rao")


class TestJoining:
    def test_a_colleague_has_a_pass_of_their_own_and_sees_the_same_response(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, cat = team
        assert len({asha.token, ben.token, cat.token}) == 3
        assert ben.draft(session).id == asha.draft(session).id
        assert names(session, ben) == ["Asha Rao", "Ben Hall", "Cat Ng"]
        assert not ben.draft(session).is_led

    def test_only_who_made_the_code_sees_it_again(self, session: Session, team: Team) -> None:
        asha, ben, _ = team
        assert services.find_joining(session, ben.draft(session), ben.token).code == ""
        assert len(asha.code(session).replace("-", "")) == together.JOINING_LENGTH
        assert len(asha.code(session).split("-")) == 7

    def test_no_row_holds_a_code_or_a_pass(self, session: Session, team: Team) -> None:
        asha = team[0]
        secrets = [each.token for each in team]
        secrets += [asha.code(session), asha.code(session).replace("-", "")]
        rows = "\n".join(
            str(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        )
        assert asha.consultation.slug in rows, "the rows were read"
        assert [each for each in secrets if each in rows] == []

    def test_an_invitation_says_whose_response_it_is(self, session: Session, team: Team) -> None:
        asha, _, _ = team
        found = services.find_invitation(
            session,
            consultation_id=asha.consultation.id,
            code=f" {asha.code(session).lower().replace('-', ' ')} ",
        )
        assert found is not None
        assert found.organisation_name == ORGANISATION

    def test_a_new_code_ends_the_one_before_and_stopping_ends_them_all(
        self, session: Session, team: Team
    ) -> None:
        asha, _, _ = team
        old = asha.code(session)
        services.make_joining_code(session, **asha.act())
        new = asha.code(session)
        assert new != old
        self.refused(session, asha, old)
        services.stop_joining(session, **asha.act())
        assert not services.find_joining(session, asha.draft(session), asha.token).is_open
        self.refused(session, asha, new)
        services.make_joining_code(session, **asha.act())
        assert asha.code(session) not in (old, new, ""), "a code never comes back"

    def refused(self, session: Session, asha: Holder, code: str) -> None:
        here = asha.consultation.id
        assert services.find_invitation(session, consultation_id=here, code=code) is None
        with pytest.raises(NotInvited):
            services.join_response(session, consultation_id=here, code=code, name="Eve", now=DURING)

    def test_a_code_of_another_consultation_opens_nothing_nor_does_none(
        self, session: Session, team: Team
    ) -> None:
        other = an_open_consultation(session, "another")
        elsewhere = Holder(other, "")
        self.refused(session, elsewhere, team[0].code(session))
        for nothing in ("", "-", "0" * 28):
            self.refused(session, team[0], nothing)

    def test_a_return_code_is_no_joining_code_and_the_other_way_round(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, _ = team
        self.refused(session, asha, ben.token)
        code = asha.code(session).replace("-", "")
        assert Holder(asha.consultation, code).find(session) is None

    def test_names_differ_among_who_is_there(self, session: Session, team: Team) -> None:
        asha, ben, _ = team
        with pytest.raises(NameTaken):
            join(session, asha, " BEN  hall")
        services.leave_response(session, **ben.act())
        assert join(session, asha, "Ben Hall").member(session).name == "Ben Hall"

    def test_there_is_a_most(
        self,
        session: Session,
        team: Team,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("webapp.consultations.services.together.MOST_MEMBERS", 4)
        asha, ben, _ = team
        join(session, asha, "Dov")
        with pytest.raises(TooManyMembers):
            join(session, asha, "Eve")
        services.leave_response(session, **ben.act())
        join(session, asha, "Eve")

    def test_nobody_joins_what_was_sent_or_is_closed(self, session: Session, team: Team) -> None:
        asha, _, _ = team
        code = asha.code(session)
        with pytest.raises(ConsultationNotOpen):
            services.join_response(
                session, consultation_id=asha.consultation.id, code=code, name="Eve", now=AFTER
            )
        asha.answer(session, "Words")
        send(session, asha)
        self.refused(session, asha, code)


def send(session: Session, holder: Holder) -> str:
    draft = holder.draft(session)
    receipt = services.submit_response(
        session,
        slug=holder.consultation.slug,
        token=holder.token,
        key=services.submission_key(SECRETS[0], draft.id),
        library=LIBRARY,
        secrets=SECRETS,
        now=DURING,
    )
    return receipt.code


LEADS_ALONE: dict[str, Callable[[Session, Holder, uuid.UUID], object]] = {
    "new code": lambda session, who, _: services.make_joining_code(session, **who.act()),
    "stop": lambda session, who, _: services.stop_joining(session, **who.act()),
    "assign": lambda session, who, other: services.assign_items(
        session, **who.act(), wishes=[Wish(SPEAKING, None, other)]
    ),
    "remove": lambda session, who, other: services.remove_member(
        session, **who.act(), member_id=other
    ),
    "hand over": lambda session, who, other: services.hand_over(
        session, **who.act(), member_id=other
    ),
    "choose": lambda session, who, _: services.save_choices(
        session, **who.act(), asking=services.get_asking(LIBRARY, who.consultation), chosen=[]
    ),
    "send": lambda session, who, _: send(session, who),
}


class TestWhatTheLeadDecides:
    @pytest.mark.parametrize("what", LEADS_ALONE)
    def test_a_colleague_cannot_do_what_is_the_leads(
        self, session: Session, team: Team, what: str
    ) -> None:
        asha, ben, cat = team
        asha.answer(session, "Words")
        with pytest.raises(NotTheLead):
            LEADS_ALONE[what](session, ben, cat.member(session).id)
        LEADS_ALONE[what](session, asha, cat.member(session).id)

    @pytest.mark.parametrize("what", ["remove", "hand over", "assign"])
    def test_nothing_is_done_to_who_is_not_in_this_response(
        self, session: Session, team: Team, what: str
    ) -> None:
        asha, ben, _ = team
        others = a_team(session, asha.consultation, ["Far"])
        services.leave_response(session, **ben.act())
        left = next(
            member_id
            for member_id, name in services.names_of(session, asha.draft(session).id).items()
            if name == "Ben Hall"
        )
        for stranger in (others[1].member(session).id, left, uuid.uuid4()):
            with pytest.raises(NotAMember):
                LEADS_ALONE[what](session, asha, stranger)
        assert others[1].find(session) is not None

    def test_the_lead_does_neither_to_themselves(self, session: Session, team: Team) -> None:
        asha, _, _ = team
        own = asha.member(session).id
        for act in (services.remove_member, services.hand_over):
            with pytest.raises(NotAMember):
                act(session, **asha.act(), member_id=own)
        with pytest.raises(NotAMember):
            services.leave_response(session, **asha.act())


class TestSharingOut:
    def test_items_are_given_and_taken_back(self, session: Session, team: Team) -> None:
        asha, ben, cat = team
        his, hers = ben.member(session).id, cat.member(session).id
        wishes = [Wish(SPEAKING, None, his), Wish(OVERALL, None, hers)]
        assert services.assign_items(session, **asha.act(), wishes=wishes) == ()
        assert self.given(session, asha) == {SPEAKING: "Ben Hall", OVERALL: "Cat Ng"}
        wishes = [Wish(SPEAKING, his, hers), Wish(OVERALL, hers, None)]
        services.assign_items(session, **asha.act(), wishes=wishes)
        assert self.given(session, asha) == {SPEAKING: "Cat Ng"}

    def given(self, session: Session, holder: Holder) -> dict[str, str]:
        found = services.assignments_of(session, holder.draft(session).id)
        return {key: member.name for key, member in found.items()}

    def test_a_stale_page_changes_nothing_and_names_what_clashes(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, cat = team
        his, hers = ben.member(session).id, cat.member(session).id
        services.assign_items(session, **asha.act(), wishes=[Wish(SPEAKING, None, his)])
        stale = [Wish(SPEAKING, None, hers), Wish(COMPASSION, None, hers)]
        assert services.assign_items(session, **asha.act(), wishes=stale) == (SPEAKING,)
        assert self.given(session, asha) == {SPEAKING: "Ben Hall"}

    def test_who_leaves_looks_after_nothing_and_what_they_wrote_stays(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, _ = team
        his = ben.member(session).id
        services.assign_items(session, **asha.act(), wishes=[Wish(SPEAKING, None, his)])
        ben.answer(session, "From Ben")
        ben.note(session, "A note of Ben’s")
        services.remove_member(session, **asha.act(), member_id=his)
        draft = asha.draft(session)
        assert self.given(session, asha) == {}
        assert draft.by_key[COMMENT].given.text == "From Ben"
        assert services.names_of(session, draft.id)[his] == "Ben Hall"
        assert draft.by_key[COMMENT].member_id == his
        assert services.notes_about(session, draft.id, SPEAKING)[0].author == "Ben Hall"
        assert names(session, asha) == ["Asha Rao", "Cat Ng"]


class TestLeaving:
    def test_who_is_taken_off_has_no_way_in_any_more(self, session: Session, team: Team) -> None:
        asha, ben, cat = team
        code = asha.code(session)
        services.remove_member(session, **asha.act(), member_id=ben.member(session).id)
        assert ben.find(session) is None
        assert services.find_way(session, ben.token) is None
        with pytest.raises(NoDraft):
            ben.answer(session, "Too late")
        with pytest.raises(NoDraft):
            ben.note(session, "Too late")
        TestJoining().refused(session, asha, code)
        assert cat.find(session) is not None

    def test_a_pass_made_later_for_who_left_opens_nothing(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, _ = team
        draft, his = asha.draft(session), ben.member(session).id
        assert services.holder_for(session, draft.id, his) == (True, his)
        services.leave_response(session, **ben.act())
        assert services.holder_for(session, draft.id, his) == (False, his)
        late = tokens.new_pass()
        passes.add_pass(session, draft.id, tokens.hash_token(late), DURING, member_id=his)
        assert Holder(asha.consultation, late).find(session) is None

    def test_a_link_asked_for_while_alone_leads_back_as_who_started(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, _ = team
        hers, draft_id = asha.member(session).id, asha.draft(session).id
        services.hand_over(session, **asha.act(), member_id=ben.member(session).id)
        assert services.holder_for(session, draft_id, None) == (True, hers)
        alone = somebody_alone(session, asha.consultation).draft(session)
        assert services.holder_for(session, alone.id, None) == (True, None)


class TestHandingOver:
    def test_the_lead_changes_and_the_code_of_before_stops(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, _ = team
        code = asha.code(session)
        services.hand_over(session, **asha.act(), member_id=ben.member(session).id)
        assert ben.draft(session).is_led
        assert not asha.draft(session).is_led
        assert names(session, asha) == ["Ben Hall", "Asha Rao", "Cat Ng"]
        assert services.lead_of(session, asha.draft(session).id) == ben.member(session)
        TestJoining().refused(session, asha, code)
        services.make_joining_code(session, **ben.act())
        assert ben.code(session)
        assert services.find_joining(session, asha.draft(session), asha.token).code == ""
        services.leave_response(session, **asha.act())
        assert names(session, ben) == ["Ben Hall", "Cat Ng"]


class TestNotes:
    def test_notes_are_read_by_item_in_order_with_their_authors(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, _ = team
        asha.note(session, "What do we think?")
        ben.now = DURING.replace(hour=DURING.hour + 1)
        ben.note(session, "It is fine.")
        ben.note(session, "Overall too.", OVERALL)
        draft_id = asha.draft(session).id
        found = services.notes_about(session, draft_id, SPEAKING)
        assert [(note.author, note.text) for note in found] == [
            ("Asha Rao", "What do we think?"),
            ("Ben Hall", "It is fine."),
        ]
        assert services.count_notes(session, draft_id) == {SPEAKING: 2, OVERALL: 1}

    def test_the_same_note_twice_in_a_row_is_one(self, session: Session, team: Team) -> None:
        asha, ben, _ = team
        for _ in range(2):
            asha.note(session, "Yes")
        ben.note(session, "Yes")
        assert services.count_notes(session, asha.draft(session).id) == {SPEAKING: 2}

    def test_only_the_author_deletes_a_note(self, session: Session, team: Team) -> None:
        asha, ben, _ = team
        ben.note(session, "Mine")
        found = services.notes_about(session, asha.draft(session).id, SPEAKING)[0]
        far = a_team(session, asha.consultation, ["Far"])[0]
        for other in (asha, far):
            assert not services.delete_note(session, **other.act(), note_id=found.id)
        assert services.delete_note(session, **ben.act(), note_id=found.id)
        assert not services.delete_note(session, **ben.act(), note_id=found.id)
        assert services.count_notes(session, asha.draft(session).id) == {}

    def test_who_writes_alone_has_none_and_there_is_a_most(
        self,
        session: Session,
        team: Team,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with pytest.raises(NotAMember):
            somebody_alone(session, team[0].consultation).note(session, "To nobody")
        monkeypatch.setattr("webapp.consultations.services.notes.MOST_NOTES", 1)
        team[0].note(session, "One")
        with pytest.raises(TooManyNotes):
            team[0].note(session, "Two")

    def test_everything_among_colleagues_goes_with_the_draft(
        self, session: Session, team: Team
    ) -> None:
        asha, ben, _ = team
        ben.note(session, "CANARY-7731")
        services.assign_items(
            session, **asha.act(), wishes=[Wish(SPEAKING, None, ben.member(session).id)]
        )
        asha.answer(session, "Words")
        send(session, asha)
        services.forget_drafts(session, DURING)
        rows = {
            table.name: [str(row) for row in session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }
        assert len(rows["submission"]) == 1
        assert not [name for name, found in rows.items() if "CANARY-7731" in str(found)]
        # What is left is of the other team.
        assert len(rows["draft_member"]) == 2
        assert len(rows["draft_assignment"]) == 1
