"""What was chosen, question by question, for whoever runs or follows a consultation."""

from __future__ import annotations

from webapp.consultations import services
from webapp.consultations.opening import Phase
from webapp.consultations.pages import tallies as pages
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.lead import OF_ONE, consultation_of, owner_of
from webapp.consultations.views.room import FOLLOW, room
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit


@room.get(f"{OF_ONE}/tally", permission=FOLLOW, subject=consultation_subject)
def tally(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show how often each answer was chosen in one part of what is asked."""
    found = consultation_of(visit, slug)
    if found.phase(visit.now) is Phase.DRAFT:
        return SeeOther.to("consultations.manage", organisation=organisation, slug=slug)
    asking = services.get_asking(visit.library, found)
    parts = pages.parts_of(asking)
    wanted = visit.query.get("of", parts[0].key)
    part = next((each for each in parts if each.key == wanted), None)
    if part is None:
        raise NotFound
    reworded = services.count_rewordings(visit.session, found.id, asking)
    return Page.of(
        "consultations/tally.html",
        organisation=owner_of(visit, organisation),
        consultation=found,
        parts=parts,
        part=part,
        tables=pages.tables_of(
            asking,
            services.tally_answers(visit.session, found.id, asking),
            part.key,
            [each.key for each in reworded],
        ),
        reworded=reworded,
        totals=services.totals_of(visit.session, found.id),
    )
