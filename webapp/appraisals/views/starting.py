"""The list of an organisation's reviews, and starting one."""

from __future__ import annotations

import uuid

from frameworks.library import Published
from frameworks.model import Profile
from webapp.accounts.subjects import organisation_subject
from webapp.appraisals import pages, services
from webapp.appraisals.forms import StartForm, start_form
from webapp.appraisals.pinning import find_offered, offered_versions
from webapp.appraisals.signing import third_persons
from webapp.appraisals.starting import Start, StartRefused, rule_for, signatory_field
from webapp.appraisals.views.room import OF_ORGANISATION, room, the_organisation
from webapp.security import Permission, Role
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(OF_ORGANISATION, permission=Permission.REVIEW_LIST, subject=organisation_subject)
def index(visit: Visit, organisation: str) -> Reply:
    """List reviews: all of them, as progress, for a secretary; an appraiser's own."""
    where = the_organisation(visit, organisation)
    found = services.list_reviews(visit.session, where.id, visit.identity)
    signed = services.list_signed_steps(visit.session, found)
    return Page.of(
        "appraisals/index.html",
        organisation=where,
        lines=pages.review_lines(found, signed),
        sees_all=visit.identity.holds(Role.BOARD_SECRETARY, where.id),
    )


@room.get(
    f"{OF_ORGANISATION}/start",
    permission=Permission.REVIEW_PREPARE,
    subject=organisation_subject,
)
def start(visit: Visit, organisation: str) -> Reply:
    """Ask for the version, then for the position, then for the people and the period."""
    where = the_organisation(visit, organisation)
    chosen = chosen_position(visit)
    if chosen is None:
        return position_page(visit, organisation, "appraisals.start", "Start a review")
    published, profile = chosen
    form_class = _form_class(visit, where.id, published, profile)
    form = form_class(data={"review_id": str(uuid.uuid4())})
    return _start_page(organisation, published, profile, visit, form)


@room.post(
    f"{OF_ORGANISATION}/start",
    permission=Permission.REVIEW_PREPARE,
    subject=organisation_subject,
)
def create(visit: Visit, organisation: str) -> Reply:
    """Start a review."""
    where = the_organisation(visit, organisation)
    chosen = chosen_position(visit)
    if chosen is None:
        raise NotFound
    published, profile = chosen
    form = _form_class(visit, where.id, published, profile)(visit.form)
    if not form.validate():
        return _start_page(organisation, published, profile, visit, form, status=422)
    wanted = _wanted(visit, where.id, published, profile, form)
    try:
        services.start_review(
            visit.session, wanted, identity=visit.identity, today=visit.today, now=visit.now
        )
    except StartRefused as refused:
        form.refuse(refused)
        return _start_page(organisation, published, profile, visit, form, status=422)
    except services.StartedAlready:
        pass  # The same form came twice: lead to what the first one started.
    return SeeOther.to("appraisals.overview", review_id=wanted.review_id)


def chosen_position(visit: Visit) -> tuple[Published, Profile] | None:
    """Return the version and the position that an address names, or None where it names none.

    Raises NotFound where it names what is not on offer.
    """
    if "position" not in visit.query:
        return None
    published = find_offered(visit.library, visit.query.get("framework", ""), visit.today)
    if published is None:
        raise NotFound
    for profile in published.framework.profiles:
        if profile.key == visit.query["position"]:
            return published, profile
    raise NotFound


def position_page(visit: Visit, organisation: str, endpoint: str, heading: str) -> Page:
    """Ask for a version of a framework and then for one of its positions."""
    offered = offered_versions(visit.library, visit.today)
    wanted = visit.query.get("framework", "")
    published = find_offered(visit.library, wanted, visit.today) if wanted else None
    if published is None and len(offered) == 1:
        published = offered[0]
    return Page.of(
        "appraisals/position.html",
        organisation=organisation,
        endpoint=endpoint,
        heading=heading,
        offered=offered,
        published=published,
        today=visit.today,
    )


def _form_class(
    visit: Visit, organisation_id: uuid.UUID, published: Published, profile: Profile
) -> type[StartForm]:
    try:
        rule = rule_for(published.framework, profile.key, visit.today)
    except StartRefused as refused:
        raise NotFound(str(refused)) from None
    return start_form(
        rule,
        may_appraise=visit.identity.holds(Role.APPRAISER, organisation_id),
        may_prepare=visit.identity.holds(Role.BOARD_SECRETARY, organisation_id),
    )


def _wanted(
    visit: Visit,
    organisation_id: uuid.UUID,
    published: Published,
    profile: Profile,
    form: StartForm,
) -> Start:
    rule = rule_for(published.framework, profile.key, visit.today)
    appraisee = form.named("appraisee")
    from_on, until_on = form.from_on.data, form.until_on.data
    if appraisee is None or from_on is None or until_on is None:
        raise NotFound  # The form has been validated: this does not happen.
    return Start(
        review_id=form.id_for_review or uuid.uuid4(),
        organisation_id=organisation_id,
        framework=published.framework,
        digest=published.digest,
        profile_key=profile.key,
        from_on=from_on,
        until_on=until_on,
        appraisee=appraisee,
        appraiser=form.appraiser(),
        signatories=form.signatories(rule),
    )


def _start_page(
    organisation: str,
    published: Published,
    profile: Profile,
    visit: Visit,
    form: StartForm,
    status: int = 200,
) -> Page:
    rule = rule_for(published.framework, profile.key, visit.today)
    return Page.of(
        "appraisals/start.html",
        organisation=organisation,
        published=published,
        profile=profile,
        rule=rule,
        form=form,
        signatories=tuple(
            (
                step.title,
                form[f"{signatory_field(step.key)}-name"],
                form[f"{signatory_field(step.key)}-email"],
            )
            for step in third_persons(rule)
        ),
        status=status,
    )
