"""What the pages of accounts show."""

from __future__ import annotations

import uuid

from tests.factories.accounts import NOW
from webapp.accounts.pages import example_accounts, mails_shown, organisation_card
from webapp.accounts.people import AccountListed, AccountValue, OrganisationValue, RoleHeld
from webapp.accounts.roles import ROLE_HINTS, ROLE_NAMES
from webapp.jobs import Mail, SentMail
from webapp.security import Identity, Membership, Permission, Role
from webapp.web.tasks import StaffTask

NORTH = OrganisationValue(uuid.uuid4(), "north-trust", "North Trust", "nhs-provider")
SOUTH = OrganisationValue(uuid.uuid4(), "south-trust", "South Trust", "nhs-provider")
TASKS = (
    StaffTask(Permission.CONSULTATION_MANAGE, "Consultations", "…", "consultations.index"),
    StaffTask(Permission.RECRUITMENT_MANAGE, "Recruitment", "…", "recruitment.index"),
)


def account(**changes: object) -> AccountValue:
    values: dict[str, object] = {"id": uuid.uuid4(), "email": "sam@example.org", "name": "Sam"}
    return AccountValue(**(values | changes))  # type: ignore[arg-type]  # The test's own values.


def test_a_person_is_offered_what_the_policy_permits_in_that_organisation() -> None:
    identity = Identity(memberships=frozenset({Membership(NORTH.id, Role.RECRUITER)}))
    here = organisation_card(identity, NORTH, TASKS)
    assert [task.title for task in here.tasks] == ["Recruitment"]
    assert here.roles == ("Recruiter",)
    assert not here.manages_members
    assert organisation_card(identity, SOUTH, TASKS).tasks == ()


def test_an_administrator_manages_members_and_reads_no_content() -> None:
    identity = Identity(memberships=frozenset({Membership(NORTH.id, Role.ADMINISTRATOR)}))
    card = organisation_card(identity, NORTH, TASKS)
    assert card.manages_members
    assert card.tasks == ()


def test_an_address_of_ours_becomes_a_path_and_any_other_stays() -> None:
    body = "Open\nhttp://here:8000/join/abc or\n\nhttp://here:8000\nhttp://here:80001/x <b>\n"
    sent = SentMail("20261123T093000000000Z-00000000", NOW, Mail("a@example.org", "S", body))
    (shown,) = mails_shown([sent], "http://here:8000")
    parts = [part for paragraph in shown.paragraphs for line in paragraph for part in line]
    assert [(part.text, part.href) for part in parts] == [
        ("Open", ""),
        ("http://here:8000/join/abc", "/join/abc"),
        (" or", ""),
        ("http://here:8000", "/"),
        ("http://here:80001/x", "http://here:80001/x"),
        (" <b>", ""),
    ]


def test_example_accounts_are_those_with_a_role_who_may_sign_in() -> None:
    held = (
        RoleHeld(NORTH, Role.RECRUITER),
        RoleHeld(NORTH, Role.APPRAISER),
        RoleHeld(SOUTH, Role.BOARD_SECRETARY),
    )
    listed = [
        AccountListed(account(), held),
        AccountListed(account(name="No role"), ()),
        AccountListed(account(name="Disabled", disabled_at=NOW), held),
    ]
    (shown,) = example_accounts(listed)
    assert shown.name == "Sam"
    assert shown.does == "recruiter, appraiser at North Trust; board secretary at South Trust"


def test_every_role_has_a_name_and_says_what_it_is_for() -> None:
    assert set(ROLE_NAMES) == set(ROLE_HINTS) == set(Role)
