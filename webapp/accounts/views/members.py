"""Who works in an organisation, for its administrators."""

from __future__ import annotations

import uuid

from webapp.accounts import pages, services
from webapp.accounts.errors import LastAdministrator
from webapp.accounts.forms import MemberForm
from webapp.accounts.people import OrganisationValue
from webapp.accounts.roles import ROLE_HINTS
from webapp.accounts.subjects import organisation_subject
from webapp.accounts.views.room import room
from webapp.security import Permission, Role
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

DONE = {
    "added": "The person has the role, and was told by email if new here.",
    "removed": "The person does not have that role any more.",
}


@room.get(
    "/organisations/<organisation>/members",
    permission=Permission.MEMBERS_MANAGE,
    subject=organisation_subject,
)
def list_members(visit: Visit, organisation: str) -> Reply:
    """Show who holds which roles."""
    done = DONE.get(visit.query.get("done", ""), "")
    return _members_page(visit, _organisation(visit, organisation), MemberForm(), done=done)


@room.post(
    "/organisations/<organisation>/members",
    permission=Permission.MEMBERS_MANAGE,
    subject=organisation_subject,
)
def add_member(visit: Visit, organisation: str) -> Reply:
    """Give a person a role, with an account where there is none."""
    found = _organisation(visit, organisation)
    form = MemberForm.posted(visit.form)
    if not form.validate():
        return _members_page(visit, found, form, status=422)
    services.add_member(
        visit.session,
        organisation_id=found.id,
        email=form.email.data,
        name=form.name.data,
        role=Role(form.role.data),
        now=visit.now,
    )
    return SeeOther.to("accounts.list_members", organisation=organisation, done="added")


@room.post(
    "/organisations/<organisation>/members/<uuid:account_id>/remove",
    permission=Permission.MEMBERS_MANAGE,
    subject=organisation_subject,
)
def remove_role(visit: Visit, organisation: str, account_id: uuid.UUID) -> Reply:
    """Take a role away from a member."""
    found = _organisation(visit, organisation)
    try:
        role = Role(visit.form.get("role", ""))
    except ValueError:
        raise NotFound from None
    try:
        services.remove_member_role(
            visit.session,
            organisation_id=found.id,
            account_id=account_id,
            role=role,
            now=visit.now,
        )
    except LastAdministrator as error:
        return _members_page(visit, found, MemberForm(), problem=str(error), status=409)
    if account_id == visit.identity.account_id and role is Role.ADMINISTRATOR:
        return SeeOther.to("accounts.staff_home")
    return SeeOther.to("accounts.list_members", organisation=organisation, done="removed")


def _organisation(visit: Visit, slug: str) -> OrganisationValue:
    found = services.find_organisation(visit.session, slug)
    if found is None:
        raise NotFound
    return found


def _members_page(
    visit: Visit,
    organisation: OrganisationValue,
    form: MemberForm,
    *,
    done: str = "",
    problem: str = "",
    status: int = 200,
) -> Page:
    return Page.of(
        "accounts/members.html",
        status=status,
        organisation=organisation,
        members=pages.members_shown(services.list_members(visit.session, organisation.id)),
        form=form,
        role_hints=ROLE_HINTS,
        done=done,
        problem=problem,
    )
