"""Organisations, accounts and roles."""

from __future__ import annotations

import threading
import uuid

import pytest
from sqlalchemy import select

from tests.factories.accounts import NOW, add_noise, add_organisation, add_person
from webapp.accounts import services
from webapp.accounts.errors import (
    AccountExists,
    LastAdministrator,
    NotValid,
    OrganisationExists,
    UnknownAccount,
    UnknownOrganisation,
)
from webapp.accounts.people import Member, OrganisationValue
from webapp.jobs.models import Job
from webapp.persistence import Database, Session, new_id
from webapp.security import Identity, Membership, Role


@pytest.fixture
def organisation(session: Session) -> OrganisationValue:
    add_noise(session)
    return add_organisation(session)


class TestOrganisations:
    def test_are_found_by_their_slug(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        assert services.find_organisation(session, "north-trust") == organisation
        assert services.get_organisation(session, organisation.id) == organisation
        assert services.find_organisation(session, "west-trust") is None

    def test_have_a_slug_of_their_own(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        with pytest.raises(OrganisationExists, match="already an organisation 'north-trust'"):
            add_organisation(session, name="Another")
        assert services.find_organisation(session, "north-trust") == organisation

    def test_are_listed_by_name_whatever_its_case(self, session: Session) -> None:
        for slug, name in (("a", "zeta"), ("b", "Éta"), ("c", "Alpha"), ("d", "beta")):
            add_organisation(session, slug=slug, name=name)
        names = [each.name for each in services.list_organisations(session)]
        assert names == ["Alpha", "beta", "zeta", "Éta"]

    @pytest.mark.parametrize(
        "change", [{"slug": "North"}, {"kind": "NHS"}, {"name": " "}, {"name": "x" * 201}], ids=str
    )
    def test_need_a_name_and_a_usable_slug(self, session: Session, change: dict[str, str]) -> None:
        with pytest.raises(NotValid):
            add_organisation(session, **change)

    def test_of_a_person_are_those_with_a_role(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        identity = Identity(memberships=frozenset({Membership(organisation.id, Role.APPRAISER)}))
        assert services.list_organisations_of(session, identity) == (organisation,)
        assert services.list_organisations_of(session, Identity()) == ()


class TestAccounts:
    def test_have_an_address_of_their_own(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        sam = add_person(session)
        with pytest.raises(AccountExists, match=r"already an account for sam.hill@example.org"):
            services.add_account(session, email="SAM.HILL@example.org", name="Other", now=NOW)
        assert services.find_account(session, " Sam.Hill@Example.org") == sam

    def test_are_listed_with_their_roles(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        add_person(session, Role.ADMINISTRATOR, Role.APPRAISER)
        services.grant_role(
            session,
            email="sam.hill@example.org",
            organisation="south-trust",
            role=Role.RECRUITER,
            now=NOW,
        )
        add_person(session, email="a@example.org", name="Without Role")
        listed = services.list_accounts(session)
        assert [each.account.email for each in listed] == [
            "a@example.org",
            "noise@example.org",
            "sam.hill@example.org",
        ]
        assert [(held.organisation.slug, held.role) for held in listed[2].held] == [
            ("north-trust", Role.APPRAISER),
            ("north-trust", Role.ADMINISTRATOR),
            ("south-trust", Role.RECRUITER),
        ]
        assert listed[0].held == ()

    def test_can_be_disabled_and_enabled(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        email = add_person(session).email
        assert services.disable_account(session, email=email, now=NOW)
        assert not services.disable_account(session, email=email, now=NOW)
        found = services.find_account(session, email)
        assert found is not None
        assert not found.is_active
        assert services.enable_account(session, email=email, now=NOW)
        assert not services.enable_account(session, email=email, now=NOW)
        found = services.find_account(session, email)
        assert found is not None
        assert found.is_active


class TestRoles:
    def test_are_granted_once_and_revoked_once(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        email = add_person(session).email
        for expected in (True, False):
            assert expected == services.grant_role(
                session, email=email, organisation="north-trust", role=Role.RECRUITER, now=NOW
            )
        for expected in (True, False):
            assert expected == services.revoke_role(
                session, email=email, organisation="north-trust", role=Role.RECRUITER, now=NOW
            )

    def test_need_an_account_and_an_organisation(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        email = add_person(session).email
        with pytest.raises(UnknownOrganisation, match="no organisation 'west'"):
            services.grant_role(
                session, email=email, organisation="west", role=Role.RECRUITER, now=NOW
            )
        with pytest.raises(UnknownAccount, match=r"no account for jo@example.org"):
            services.revoke_role(
                session,
                email="jo@example.org",
                organisation="north-trust",
                role=Role.RECRUITER,
                now=NOW,
            )
        with pytest.raises(UnknownAccount):
            services.disable_account(session, email="jo@example.org", now=NOW)


class TestMembers:
    def test_are_listed_by_name_with_their_roles_in_order(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        add_person(session, Role.ADMINISTRATOR, Role.CONSULTATION_LEAD)
        add_person(session, Role.APPRAISER, email="z@example.org", name="ade Cole")
        listed = services.list_members(session, organisation.id)
        assert [(each.account.name, each.roles) for each in listed] == [
            ("ade Cole", (Role.APPRAISER,)),
            ("Sam Hill", (Role.CONSULTATION_LEAD, Role.ADMINISTRATOR)),
        ]

    def test_who_are_new_get_an_account_and_a_mail(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        member = self._add(session, organisation, "Jo@example.org", Role.RECRUITER)
        assert (member.account.email, member.roles) == ("jo@example.org", (Role.RECRUITER,))
        job = session.scalars(select(Job)).one()
        assert job.kind == services.WELCOME_MAIL
        letter = services.prepare_welcome_mail(session, member.account.id, organisation.id)
        assert letter is not None
        assert letter.organisation == "North Trust"

    def test_who_are_known_get_a_further_role_and_no_mail(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        sam = add_person(session, Role.RECRUITER)
        member = self._add(session, organisation, sam.email.upper(), Role.APPRAISER)
        assert member.account == sam, "the name that was typed changes nothing"
        assert member.roles == (Role.RECRUITER, Role.APPRAISER)
        self._add(session, organisation, sam.email, Role.APPRAISER)
        assert not session.scalars(select(Job)).all()

    def test_who_have_left_get_no_mail(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        sam = add_person(session)
        assert services.prepare_welcome_mail(session, sam.id, organisation.id) is None
        assert services.prepare_welcome_mail(session, new_id(), organisation.id) is None

    def test_lose_one_role_and_keep_the_others(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        sam = add_person(session, Role.RECRUITER, Role.APPRAISER)
        for expected in (True, False):
            assert expected == services.remove_member_role(
                session,
                organisation_id=organisation.id,
                account_id=sam.id,
                role=Role.RECRUITER,
                now=NOW,
            )
        assert services.list_members(session, organisation.id)[0].roles == (Role.APPRAISER,)

    def test_always_have_an_administrator_among_them(
        self, session: Session, organisation: OrganisationValue
    ) -> None:
        sam = add_person(session, Role.ADMINISTRATOR)
        gone = add_person(session, Role.ADMINISTRATOR, email="gone@example.org", name="Gone")
        services.disable_account(session, email=gone.email, now=NOW)
        with pytest.raises(LastAdministrator, match="Sam Hill is the only administrator"):
            self._remove_administrator(session, organisation, sam.id)
        self._add(session, organisation, "jo@example.org", Role.ADMINISTRATOR)
        assert self._remove_administrator(session, organisation, sam.id)

    def test_keep_an_administrator_when_two_leave_at_once(self, database: Database) -> None:
        with database.writing() as session:
            organisation = add_organisation(session)
            people = [
                add_person(session, Role.ADMINISTRATOR, email=f"{name}@example.org", name=name)
                for name in ("Ada", "Bea")
            ]
        ready, refused = threading.Barrier(2), []

        def leave(number: int) -> None:
            ready.wait()
            try:
                with database.writing() as session:
                    self._remove_administrator(session, organisation, people[number].id)
            except LastAdministrator:
                refused.append(number)

        threads = [threading.Thread(target=leave, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.reading() as session:
            left = services.list_members(session, organisation.id)
        assert [each.account.name for each in left] == [people[refused[0]].name]

    @staticmethod
    def _add(session: Session, organisation: OrganisationValue, email: str, role: Role) -> Member:
        return services.add_member(
            session,
            organisation_id=organisation.id,
            email=email,
            name="Typed Name",
            role=role,
            now=NOW,
        )

    @staticmethod
    def _remove_administrator(
        session: Session, organisation: OrganisationValue, account_id: uuid.UUID
    ) -> bool:
        return services.remove_member_role(
            session,
            organisation_id=organisation.id,
            account_id=account_id,
            role=Role.ADMINISTRATOR,
            now=NOW,
        )
