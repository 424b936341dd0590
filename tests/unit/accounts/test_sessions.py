"""Sessions: who is behind a token, and until when."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from tests.factories.accounts import NOW, add_noise, add_organisation, add_person, invite
from webapp.accounts import services
from webapp.accounts.models import SignedInSession
from webapp.accounts.people import AccountValue, OrganisationValue, ParticipantValue
from webapp.accounts.services.sessions import ACCOUNT_SESSION, PARTICIPANT_SESSION, begin_session
from webapp.persistence import Session
from webapp.security import Identity, Membership, Participation, Relation, Role

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def organisation(session: Session) -> OrganisationValue:
    add_noise(session)
    return add_organisation(session)


@pytest.fixture
def sam(session: Session, organisation: OrganisationValue) -> AccountValue:
    return add_person(session, Role.APPRAISER, Role.RECRUITER)


def sign_in(session: Session, account: AccountValue, instead_of: str = "") -> str:
    return begin_session(session, account.id, instead_of=instead_of, now=NOW)


def join(session: Session, participant: ParticipantValue, token: str = "") -> str:
    letter = services.prepare_invitation_mail(session, participant.id, NOW)
    assert letter is not None
    return services.join_by_link(session, letter.token, present_token=token, now=NOW).token


class TestAnAccountsSession:
    def test_knows_the_account_and_its_roles(
        self, session: Session, organisation: OrganisationValue, sam: AccountValue
    ) -> None:
        assert services.identity_of(session, sign_in(session, sam), NOW) == Identity(
            account_id=sam.id,
            name="Sam Hill",
            memberships=frozenset(
                {
                    Membership(organisation.id, Role.APPRAISER),
                    Membership(organisation.id, Role.RECRUITER),
                }
            ),
        )

    def test_ends_when_its_day_is_over(self, session: Session, sam: AccountValue) -> None:
        token = sign_in(session, sam)
        assert services.identity_of(session, token, NOW + ACCOUNT_SESSION - SECOND).account_id
        assert services.identity_of(session, token, NOW + ACCOUNT_SESSION).is_public

    def test_ends_at_sign_out_whoever_kept_the_token(
        self, session: Session, sam: AccountValue
    ) -> None:
        token, elsewhere = sign_in(session, sam), sign_in(session, sam)
        services.sign_out(session, token, NOW)
        assert services.identity_of(session, token, NOW).is_public
        assert not services.identity_of(session, elsewhere, NOW).is_public

    def test_ends_when_the_browser_signs_in_anew(self, session: Session, sam: AccountValue) -> None:
        before = sign_in(session, sam)
        after = sign_in(session, sam, instead_of=before)
        assert before != after
        assert services.identity_of(session, before, NOW).is_public

    def test_ends_when_the_account_is_disabled(self, session: Session, sam: AccountValue) -> None:
        token = sign_in(session, sam)
        assert services.disable_account(session, email=sam.email, now=NOW)
        assert services.identity_of(session, token, NOW).is_public
        assert services.enable_account(session, email=sam.email, now=NOW)
        assert services.identity_of(session, token, NOW).is_public, "what ended stays ended"

    def test_that_begins_while_the_account_is_disabled_lets_nobody_in(
        self, session: Session, sam: AccountValue
    ) -> None:
        services.disable_account(session, email=sam.email, now=NOW)
        assert services.identity_of(session, sign_in(session, sam), NOW).is_public

    def test_loses_a_role_at_once(
        self, session: Session, organisation: OrganisationValue, sam: AccountValue
    ) -> None:
        token = sign_in(session, sam)
        services.revoke_role(
            session, email=sam.email, organisation=organisation.slug, role=Role.RECRUITER, now=NOW
        )
        identity = services.identity_of(session, token, NOW)
        assert identity.memberships == {Membership(organisation.id, Role.APPRAISER)}

    def test_is_stored_without_its_token(self, session: Session, sam: AccountValue) -> None:
        token = sign_in(session, sam)
        row = session.scalars(select(SignedInSession)).one()
        assert token not in " ".join(str(value) for value in vars(row).values())

    @pytest.mark.parametrize("token", ["", "made-up", "\x00", "é" * 5000])
    def test_is_not_behind_a_made_up_token(
        self, session: Session, sam: AccountValue, token: str
    ) -> None:
        sign_in(session, sam)
        assert services.identity_of(session, token, NOW) == Identity()
        services.sign_out(session, token, NOW)

    def test_takes_part_in_what_the_account_was_invited_to(
        self, session: Session, organisation: OrganisationValue, sam: AccountValue
    ) -> None:
        mine = invite(session, organisation, account_id=sam.id)
        invite(session, organisation)
        identity = services.identity_of(session, sign_in(session, sam), NOW)
        assert identity.participations == {
            Participation(mine.id, mine.subject_id, Relation.SIGNATORY)
        }


class TestAParticipantsSession:
    def test_knows_the_relation_and_nothing_else(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation)
        invite(session, organisation, email="other@example.org")
        identity = services.identity_of(session, join(session, participant), NOW)
        assert identity == Identity(
            name="Jo Hall",
            participations=frozenset(
                {Participation(participant.id, participant.subject_id, Relation.SIGNATORY)}
            ),
        )
        assert identity.relations_to(participant.subject_id) == {Relation.SIGNATORY}
        assert not identity.relations_to(uuid.uuid4())

    def test_is_short(self, session: Session, organisation: OrganisationValue) -> None:
        token = join(session, invite(session, organisation))
        until = NOW + PARTICIPANT_SESSION
        assert not services.identity_of(session, token, until - SECOND).is_public
        assert services.identity_of(session, token, until).is_public

    def test_takes_a_second_link_in(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        one = invite(session, organisation)
        two = invite(session, organisation, relation=Relation.APPRAISEE)
        first = join(session, one)
        second = join(session, two, token=first)
        identity = services.identity_of(session, second, NOW)
        assert {each.participant_id for each in identity.participations} == {one.id, two.id}
        assert services.identity_of(session, first, NOW).is_public, "the token changed"

    def test_takes_the_same_link_twice(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        participant = invite(session, organisation)
        again = join(session, participant, token=join(session, participant))
        assert len(services.identity_of(session, again, NOW).participations) == 1

    def test_does_not_outlive_the_invitation(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        one = invite(session, organisation)
        two = invite(session, organisation, relation=Relation.APPRAISEE)
        token = join(session, two, token=join(session, one))
        services.revoke_participant(session, one.id, NOW)
        identity = services.identity_of(session, token, NOW)
        assert {each.participant_id for each in identity.participations} == {two.id}
        services.revoke_participant(session, two.id, NOW)
        assert services.identity_of(session, token, NOW).is_public

    def test_joins_the_session_of_an_account_and_keeps_its_end(
        self, session: Session, organisation: OrganisationValue, sam: AccountValue
    ) -> None:
        participant = invite(session, organisation)
        before = sign_in(session, sam)
        token = join(session, participant, token=before)
        identity = services.identity_of(session, token, NOW + PARTICIPANT_SESSION)
        assert identity.account_id == sam.id
        assert {each.participant_id for each in identity.participations} == {participant.id}
        assert services.identity_of(session, before, NOW).is_public
        assert services.identity_of(session, token, NOW + ACCOUNT_SESSION).is_public

    def test_starts_anew_where_the_old_session_is_over(
        self, session: Session, organisation: OrganisationValue, sam: AccountValue
    ) -> None:
        over = sign_in(session, sam)
        services.sign_out(session, over, NOW)
        token = join(session, invite(session, organisation), token=over)
        identity = services.identity_of(session, token, NOW)
        assert identity.account_id is None
        assert identity.participations

    def test_does_not_follow_into_the_session_of_an_account(
        self, session: Session, organisation: OrganisationValue, sam: AccountValue
    ) -> None:
        joined = join(session, invite(session, organisation))
        token = sign_in(session, sam, instead_of=joined)
        assert not services.identity_of(session, token, NOW).participations
        assert services.identity_of(session, joined, NOW).is_public
