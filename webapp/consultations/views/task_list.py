"""The list of what is asked, which a respondent comes back to."""

from __future__ import annotations

from webapp.consultations import services
from webapp.consultations.pages import respondent as pages
from webapp.consultations.pages import revising as revising_pages
from webapp.consultations.respondents import RespondsAs
from webapp.consultations.returning import shown_code
from webapp.consultations.views.room import OF_RESPONSE, WRITE, Responding, room, with_draft
from webapp.consultations.views.together import teamwork
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(OF_RESPONSE, permission=WRITE)
@with_draft
def task_list(visit: Visit, responding: Responding) -> Reply:
    """Show what is asked, and how far each of it is answered."""
    if not responding.is_open:
        return SeeOther.to("consultations.check", slug=responding.consultation.slug)
    draft, team = responding.draft, teamwork(visit, responding)
    consultation, asking = responding.consultation, responding.asking
    reworded = services.answers_reworded_since(visit.session, consultation, asking, draft.saved)
    only_mine = team is not None and visit.query.get("only") == "mine"
    has_joined = team is not None and visit.query.get("joined") == "yes"
    return Page.of(
        "consultations/task_list.html",
        consultation=consultation,
        tasks=pages.task_list(asking, draft, team, only_mine=only_mine),
        asking=asking,
        notices=revising_pages.notices_since(
            services.list_revisions(visit.session, consultation.id, since=1)
            if consultation.edition > 1
            else (),
            draft.started_at,
        ),
        reworded=revising_pages.pages_reworded(asking, draft, reworded),
        team=team,
        organisation_name=draft.respondent.organisation_name,
        for_organisation=draft.respondent.responds_as is RespondsAs.ORGANISATION,
        only_mine=only_mine,
        replaces=services.replaced_reference(visit.session, draft),
        saved=visit.query.get("saved") == "yes",
        joined_code=shown_code(responding.token) if has_joined else "",
    )
