"""People who come in by a personal link."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories.accounts import NOW, add_noise, add_organisation, add_person, invite
from webapp.accounts import services
from webapp.accounts.errors import AlreadyInvited, InvitationOver, NotValid, UnknownParticipant
from webapp.accounts.models import Participant
from webapp.accounts.people import OrganisationValue
from webapp.accounts.services.invitations import LINK_LIFETIME
from webapp.jobs.models import Job
from webapp.persistence import Session, new_id
from webapp.security import Identity, Relation

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def organisation(session: Session) -> OrganisationValue:
    add_noise(session)
    return add_organisation(session)


def link_of(session: Session, participant_id: uuid.UUID) -> str:
    letter = services.prepare_invitation_mail(session, participant_id, NOW)
    assert letter is not None
    return letter.token


def join(session: Session, token: str, now: dt.datetime = LATER) -> Identity:
    signed_in = services.join_by_link(session, token, present_token="", now=now)
    return services.identity_of(session, signed_in.token, now)


class TestInviting:
    def test_has_a_mail_sent_that_holds_no_secret(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation)
        jobs = session.scalars(select(Job)).all()
        assert [(job.kind, job.payload) for job in jobs] == [
            (services.INVITATION_MAIL, {"participant": str(participant.id)})
        ]

    def test_the_same_person_twice_is_refused(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        first = invite(session, organisation)
        with pytest.raises(AlreadyInvited, match=r"Jo Hall \(jo.hall@example.org\)"):
            invite(session, organisation, subject_id=first.subject_id, email="JO.HALL@example.org")
        assert services.list_participants(session, first.subject_id) == (first,)

    @pytest.mark.parametrize(
        "change",
        [
            {"relation": Relation.APPRAISEE},
            {"name": "Lee Hall"},
            {"email": "other@example.org"},
            {"subject_id": uuid.UUID(int=7)},
        ],
        ids=str,
    )
    def test_somebody_into_something_else_is_not_the_same(
        self, session: Session, organisation: OrganisationValue, change: dict[str, Any]
    ) -> None:
        first = invite(session, organisation)
        other = invite(session, organisation, **({"subject_id": first.subject_id} | change))
        assert other.id != first.id

    def test_again_after_it_was_withdrawn_is_possible(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        first = invite(session, organisation)
        services.revoke_participant(session, first.id, NOW)
        again = invite(session, organisation, subject_id=first.subject_id, now=LATER)
        listed = services.list_participants(session, first.subject_id)
        assert [(each.id, each.is_current) for each in listed] == [
            (first.id, False),
            (again.id, True),
        ]

    def test_takes_only_a_path_of_ours(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        for destination in ("https://example.org", "//example.org", ""):
            with pytest.raises(ValueError, match="not a path of ours"):
                invite(session, organisation, destination=destination)

    def test_takes_only_an_address_that_a_mail_can_reach(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        with pytest.raises(NotValid):
            invite(session, organisation, email="jo")

    def test_shows_what_it_is_in_one_line(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation, purpose="sign\r\nBcc: x\x00 this")
        assert participant.purpose == "sign Bcc: x this"


class TestThePersonalLink:
    def test_says_who_asks_for_what_and_changes_nothing(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation)
        token = link_of(session, participant.id)
        for _ in range(3):
            services.find_invitation(session, token, LATER)
        invitation = services.find_invitation(session, token, LATER)
        assert invitation is not None
        assert invitation.participant.purpose == "sign the review of Ade Cole"
        assert invitation.organisation == organisation
        assert invitation.participant.joined_at is None

    def test_lets_in_as_often_as_needed(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation)
        token = link_of(session, participant.id)
        for now in (LATER, LATER + dt.timedelta(days=30)):
            identity = join(session, token, now)
            assert identity.relations_to(participant.subject_id) == {Relation.SIGNATORY}
        assert services.list_participants(session, participant.subject_id)[0].joined_at == LATER

    def test_leads_to_what_it_is_for(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        token = link_of(session, invite(session, organisation).id)
        signed_in = services.join_by_link(session, token, present_token="", now=LATER)
        assert signed_in.next_path == "/reviews/1"

    def test_is_stored_as_a_hash(self, session: Session, organisation: OrganisationValue) -> None:
        participant = invite(session, organisation)
        token = link_of(session, participant.id)
        row = session.get_one(Participant, participant.id)
        assert token not in " ".join(str(value) for value in vars(row).values())

    def test_expires(self, session: Session, organisation: OrganisationValue) -> None:
        token = link_of(session, invite(session, organisation).id)
        with pytest.raises(InvitationOver):
            join(session, token, NOW + LINK_LIFETIME)
        assert services.find_invitation(session, token, NOW + LINK_LIFETIME) is None
        assert not join(session, token, NOW + LINK_LIFETIME - dt.timedelta(seconds=1)).is_public

    def test_is_replaced_when_somebody_is_reminded(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation)
        older = link_of(session, participant.id)
        services.reinvite_participant(session, participant.id, LATER)
        assert len(session.scalars(select(Job)).all()) == 2
        newer = link_of(session, participant.id)
        with pytest.raises(InvitationOver):
            join(session, older)
        assert not join(session, newer).is_public

    def test_ends_when_the_invitation_is_withdrawn(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation)
        token = link_of(session, participant.id)
        assert services.revoke_participant(session, participant.id, NOW)
        assert not services.revoke_participant(session, participant.id, NOW)
        with pytest.raises(InvitationOver):
            join(session, token)
        assert services.prepare_invitation_mail(session, participant.id, NOW) is None
        with pytest.raises(UnknownParticipant):
            services.reinvite_participant(session, participant.id, LATER)

    @pytest.mark.parametrize("token", ["", "made-up", "\x00"])
    def test_that_was_made_up_does_nothing(
        self, session: Session, organisation: OrganisationValue, token: str
    ) -> None:
        invite(session, organisation)
        with pytest.raises(InvitationOver):
            join(session, token)

    def test_is_made_for_nobody_who_was_not_invited(self, session: Session) -> None:
        assert services.prepare_invitation_mail(session, new_id(), NOW) is None
        with pytest.raises(UnknownParticipant):
            services.reinvite_participant(session, new_id(), NOW)


def test_a_person_sees_what_they_take_part_in_and_nothing_else(
    session: Session, organisation: OrganisationValue
) -> None:
    sam = add_person(session)
    first = invite(session, organisation, account_id=sam.id)
    second = invite(session, organisation, account_id=sam.id, now=LATER)
    invite(session, organisation)
    identity = Identity(participations=frozenset())
    assert services.list_invitations_of(session, identity) == ()
    token = services.join_by_link(
        session, link_of(session, first.id), present_token="", now=LATER
    ).token
    mine = services.list_invitations_of(session, services.identity_of(session, token, LATER))
    assert [each.participant.id for each in mine] == [first.id]
    attempt_id = services.start_sign_in(session, email=sam.email, next_path="", now=LATER)
    letter = services.prepare_sign_in_mail(session, attempt_id, LATER)
    assert letter is not None
    signed_in = services.redeem_link(session, letter.token, present_token=token, now=LATER)
    identity = services.identity_of(session, signed_in.token, LATER)
    mine = services.list_invitations_of(session, identity)
    assert [each.participant.id for each in mine] == [first.id, second.id]
    assert {each.organisation for each in mine} == {organisation}
