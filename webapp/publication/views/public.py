"""What everybody reads of responses once the consultation has closed."""

from __future__ import annotations

from webapp.consultations import services as consultations
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import Phase
from webapp.consultations.views.room import published
from webapp.publication import services
from webapp.publication.forms import SearchForm
from webapp.publication.pages import public as pages
from webapp.publication.published import Wanted
from webapp.publication.searching import words_of
from webapp.publication.views.room import READ, page_asked_for, room
from webapp.web.errors import NotFound
from webapp.web.paging import Part
from webapp.web.replies import Page, Reply
from webapp.web.visit import Visit

ALL = "/consultations/<slug>/responses"


@room.get(ALL, permission=READ)
def responses(visit: Visit, slug: str) -> Reply:
    """Show published responses, and those that have some words or are of one kind."""
    consultation = _closed(visit, slug)
    asking = consultations.get_asking(visit.library, consultation)
    numbers = services.count_by_item(visit.session, consultation.id)
    items = pages.item_links(asking, numbers)
    form = SearchForm.posted(visit.query).offering(
        services.count_by_class(visit.session, consultation.id),
        {each.key: f"{each.title} ({each.number:,})" for each in items},
    )
    number, is_valid = page_asked_for(visit), form.validate()
    wanted = Wanted()
    if is_valid:
        words = words_of(form.words.data or "")
        wanted = Wanted(words, form.kind.data or "", form.about.data or "")
    found = services.search_published(visit.session, consultation.id, wanted, number)
    counted = services.count_numbers(visit.session, consultation.id)
    return Page.of(
        "publication/responses.html",
        status=200 if is_valid else 422,
        consultation=consultation,
        form=form,
        wanted=wanted,
        found=found,
        results=pages.results(found, wanted),
        part=Part(number, services.A_PAGE, found.total),
        numbers=counted,
        not_published=pages.not_published(counted),
        items=items,
    )


@room.get(f"{ALL}/about/<item_key>", permission=READ)
def about_item(visit: Visit, slug: str, item_key: str) -> Reply:
    """Show what published responses say about one competency, domain or position."""
    consultation = _closed(visit, slug)
    asking = consultations.get_asking(visit.library, consultation)
    links = pages.item_links(asking, services.count_by_item(visit.session, consultation.id))
    item = asking.items.get(item_key)
    if item is None:
        raise NotFound
    link = next((each for each in links if each.key == item_key), None)
    number = page_asked_for(visit)
    comments = services.list_comments(visit.session, consultation.id, item_key, number)
    total = link.number if link else 0
    return Page.of(
        "publication/about_item.html",
        consultation=consultation,
        asking=asking,
        item=item,
        total=total,
        comments=pages.said_about(asking, comments),
        part=Part(number, services.A_PAGE, total),
    )


@room.get(f"{ALL}/<reference>", permission=READ)
def response(visit: Visit, slug: str, reference: str) -> Reply:
    """Show one published response."""
    consultation = _closed(visit, slug)
    found = services.find_published(
        visit.session, consultation.id, consultations.read_reference(reference)
    )
    if found is None:
        raise NotFound("No published response has this reference.")
    asking = consultations.get_asking(visit.library, consultation)
    return Page.of(
        "publication/response.html",
        consultation=consultation,
        response=found,
        sender=pages.sender_of(found),
        items=pages.answered(asking, found),
        is_redacted=pages.is_redacted(found),
    )


def _closed(visit: Visit, slug: str) -> Consultation:
    consultation = published(visit, slug)
    if consultation.phase(visit.now) is not Phase.CLOSED:
        raise NotFound("Responses are published after the consultation has closed.")
    return consultation
