"""The pages of campaigns, for leads: what was found, each group, and results without them."""

from __future__ import annotations

from typing import Any

from webapp.accounts.services import find_organisation
from webapp.campaigns import pages, services
from webapp.campaigns.campaign import Campaign, Decided, DecisionKind, InGroup
from webapp.campaigns.errors import CampaignUnknown, DecidedMeanwhile, NothingToDecide
from webapp.campaigns.forms import DecisionForm, MoveForm
from webapp.campaigns.rules import RULES_IN_WORDS
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import find_consultation, get_asking
from webapp.consultations.subjects import consultation_subject
from webapp.security import Permission
from webapp.web import ConsultationTask, Room, TaskGroup, Visit
from webapp.web.errors import NotFound
from webapp.web.paging import part_of
from webapp.web.replies import Page, Reply, SeeOther

REVIEW = Permission.CAMPAIGN_REVIEW
ALL = "/organisations/<organisation>/consultations/<slug>/campaigns"
ONE = f"{ALL}/<int:number>"
MEMBER = f"{ONE}/responses/<response>"
UNDECIDED = "undecided"

room = Room(
    "campaigns",
    __name__,
    tasks=(
        ConsultationTask(
            REVIEW,
            TaskGroup.RESPONSES,
            "Review campaigns: responses that say the same",
            "campaigns.index",
            phases=("open", "closed"),
            waiting=services.count_undecided,
        ),
        ConsultationTask(
            REVIEW,
            TaskGroup.RECORD,
            "Compare results with campaigns and without them",
            "campaigns.results",
            phases=("open", "closed"),
        ),
    ),
)


@room.get(ALL, permission=REVIEW, subject=consultation_subject)
def index(visit: Visit, organisation: str, slug: str) -> Reply:
    """List the groups that were found."""
    about = _about(visit, organisation, slug)
    consultation: Consultation = about["consultation"]
    kinds = services.count_kinds(visit.session, consultation.id)
    return Page.of(
        "campaigns/index.html",
        groups=tuple(
            pages.group_line(
                each, kinds.get(each.number, {}), services.templates_of(visit.session, each)
            )
            for each in services.list_campaigns(visit.session, consultation.id)
        ),
        search=services.last_search(visit.session, consultation.id),
        is_searching=services.is_searching(visit.session, consultation.id),
        new=services.count_new(visit.session, consultation.id),
        rules=RULES_IN_WORDS,
        **about,
    )


@room.post(f"{ALL}/search", permission=REVIEW, subject=consultation_subject)
def search(visit: Visit, organisation: str, slug: str) -> Reply:
    """Have the responses searched."""
    consultation: Consultation = _about(visit, organisation, slug)["consultation"]
    services.plan_search(visit.session, consultation.id, by=_actor(visit), now=visit.now)
    return SeeOther.to("campaigns.index", organisation=organisation, slug=slug)


@room.get(f"{ALL}/results", permission=REVIEW, subject=consultation_subject)
def results(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show counts of responses, or the choices about one item, with campaigns and without."""
    about = _about(visit, organisation, slug)
    consultation: Consultation = about["consultation"]
    asking = get_asking(visit.library, consultation)
    undecided = visit.query.get("without") == UNDECIDED
    item_key = visit.query.get("item", "")
    if item_key and item_key not in asking.items:
        raise NotFound
    tables = (
        services.tally_with_and_without(
            visit.session, consultation.id, asking, item_key, undecided=undecided
        )
        if item_key
        else services.count_with_and_without(
            visit.session, consultation.id, asking, undecided=undecided
        )
    )
    return Page.of(
        "campaigns/results.html",
        tables=tables,
        item=asking.items.get(item_key),
        undecided=undecided,
        waiting=services.count_undecided(visit.session, consultation.id),
        search=services.last_search(visit.session, consultation.id),
        **about,
    )


@room.get(ONE, permission=REVIEW, subject=consultation_subject)
def group(visit: Visit, organisation: str, slug: str, number: int) -> Reply:
    """Show a group with its template and what each response added."""
    about = _about(visit, organisation, slug)
    return _group_page(visit, about, _campaign(visit, about, number), DecisionForm())


@room.post(ONE, permission=REVIEW, subject=consultation_subject)
def decide(visit: Visit, organisation: str, slug: str, number: int) -> Reply:
    """Decide what a group is or is called."""
    about = _about(visit, organisation, slug)
    campaign = _campaign(visit, about, number)
    form = DecisionForm.posted(visit.form)
    if not form.validate():
        return _group_page(visit, about, campaign, form, status=422)
    kind = DecisionKind(form.decision.data)
    name = form.name.data if kind is DecisionKind.NAMED else ""
    decided = Decided(kind, _revision(visit), form.reason.data, name)
    try:
        services.decide(visit.session, campaign, decided, by=_actor(visit), now=visit.now)
    except NothingToDecide:
        form.decision.errors = ["It is that already: select something else"]
        return _group_page(visit, about, campaign, form, status=422)
    except DecidedMeanwhile:
        return _group_page(visit, about, campaign, form, status=409, is_stale=True)
    return SeeOther.to(
        "campaigns.group", organisation=organisation, slug=slug, number=number, done="decided"
    )


@room.get(MEMBER, permission=REVIEW, subject=consultation_subject)
def member(visit: Visit, organisation: str, slug: str, number: int, response: str) -> Reply:
    """Show a response of a group beside the template."""
    about = _about(visit, organisation, slug)
    campaign = _campaign(visit, about, number)
    return _member_page(visit, about, campaign, _member(visit, campaign, response), MoveForm())


@room.post(MEMBER, permission=REVIEW, subject=consultation_subject)
def move(visit: Visit, organisation: str, slug: str, number: int, response: str) -> Reply:
    """Move a response out of its group, or put it back."""
    about = _about(visit, organisation, slug)
    campaign = _campaign(visit, about, number)
    found = _member(visit, campaign, response)
    form = MoveForm.posted(visit.form)
    if not form.validate():
        return _member_page(visit, about, campaign, found, form, status=422)
    back = visit.form.get("move") == DecisionKind.PUT_BACK
    kind = DecisionKind.PUT_BACK if back else DecisionKind.MOVED_OUT
    decided = Decided(kind, _revision(visit), form.reason.data)
    try:
        services.move(visit.session, campaign, found, decided, by=_actor(visit), now=visit.now)
    except (NothingToDecide, DecidedMeanwhile):
        return _member_page(visit, about, campaign, found, form, status=409, is_stale=True)
    return SeeOther.to(
        "campaigns.group", organisation=organisation, slug=slug, number=number, done=kind.value
    )


def _group_page(
    visit: Visit,
    about: dict[str, Any],
    campaign: Campaign,
    form: Any,
    *,
    status: int = 200,
    is_stale: bool = False,
) -> Page:
    asking = get_asking(visit.library, about["consultation"])
    templates = services.templates_of(visit.session, campaign)
    kinds = services.count_kinds(visit.session, campaign.consultation_id)
    total = services.count_members(visit.session, campaign)
    part = part_of(visit.query.get("page", ""), total, pages.ON_A_PAGE)
    members = services.list_members(visit.session, campaign, start=part.first, most=part.length)
    used = services.texts_of(visit.session, campaign, members)
    return Page.of(
        "campaigns/group.html",
        status=status,
        group=pages.group_line(campaign, kinds.get(campaign.number, {}), templates),
        templates=tuple(templates.values()),
        members=pages.member_lines(asking, members, used, templates),
        part=part,
        decisions=pages.decision_lines(services.list_decisions(visit.session, campaign)),
        form=form,
        is_stale=is_stale,
        done=visit.query.get("done", ""),
        **about,
    )


def _member_page(
    visit: Visit,
    about: dict[str, Any],
    campaign: Campaign,
    found: InGroup,
    form: Any,
    *,
    status: int = 200,
    is_stale: bool = False,
) -> Page:
    asking = get_asking(visit.library, about["consultation"])
    templates = services.templates_of(visit.session, campaign)
    used = services.texts_of(visit.session, campaign, (found,))
    return Page.of(
        "campaigns/member.html",
        status=status,
        campaign=campaign,
        member=pages.member_line(asking, found, used.get(found.submission_id, ()), templates),
        form=form,
        is_stale=is_stale,
        **about,
    )


def _about(visit: Visit, organisation: str, slug: str) -> dict[str, Any]:
    owner = find_organisation(visit.session, organisation)
    found = find_consultation(visit.session, slug)
    if owner is None or found is None:
        raise NotFound
    return {"organisation": owner, "consultation": found}


def _campaign(visit: Visit, about: dict[str, Any], number: int) -> Campaign:
    try:
        return services.get_campaign(visit.session, about["consultation"].id, number)
    except CampaignUnknown as error:
        raise NotFound from error


def _member(visit: Visit, campaign: Campaign, reference: str) -> InGroup:
    try:
        return services.get_member(visit.session, campaign, reference)
    except CampaignUnknown as error:
        raise NotFound from error


def _actor(visit: Visit) -> Actor:
    if visit.identity.account_id is None:
        raise NotFound
    return Actor(visit.identity.account_id, visit.identity.name)


def _revision(visit: Visit) -> int:
    typed = visit.form.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
