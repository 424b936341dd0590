"""A consultation in other formats, and a whole draft to be cleared inside an organisation."""

from __future__ import annotations

from exports.documents.consultation_form import ConsultationForm, Size
from exports.templating import body
from webapp.accounts.services import get_organisation
from webapp.consultations import services
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import Phase
from webapp.consultations.pages import formats as pages
from webapp.consultations.views.room import (
    OF_RESPONSE,
    READ,
    WRITE,
    Responding,
    chosen_language,
    published,
    room,
    with_draft,
)
from webapp.web.replies import DocumentReply, Page, Reply, WordReply
from webapp.web.visit import Visit

FORMATS = "/consultations/<slug>/formats"


@room.get(FORMATS, permission=READ)
def formats(visit: Visit, slug: str) -> Reply:
    """List the formats in which a consultation can be read and answered."""
    consultation = published(visit, slug)
    asking = _asking(visit, consultation)
    return Page.of(
        "consultations/formats.html",
        consultation=consultation,
        asking=asking,
        sizes=pages.file_sizes(_form(visit, consultation, asking)),
        is_open=consultation.phase(visit.now) is Phase.OPEN,
    )


@room.get("/consultations/<slug>/questions", permission=READ)
def print_view(visit: Visit, slug: str) -> Reply:
    """Show everything that is asked on one page, to read or to print."""
    consultation = published(visit, slug)
    asking = _asking(visit, consultation)
    return Page.of(
        "consultations/print_view.html",
        consultation=consultation,
        asking=asking,
        body=body(_form(visit, consultation, asking)),
    )


@room.get(f"{FORMATS}/response-form.pdf", permission=READ)
def form_pdf(visit: Visit, slug: str) -> Reply:
    """Send the blank form, to fill in on a screen or by hand."""
    return _pdf(visit, slug, Size.STANDARD, "response-form")


@room.get(f"{FORMATS}/large-print.pdf", permission=READ)
def large_print_pdf(visit: Visit, slug: str) -> Reply:
    """Send the same in large print."""
    return _pdf(visit, slug, Size.LARGE, "large-print")


@room.get(f"{FORMATS}/response-form.docx", permission=READ)
def form_word(visit: Visit, slug: str) -> Reply:
    """Send the blank form as a Word file."""
    consultation = published(visit, slug)
    asking = _asking(visit, consultation)
    name = _name(slug, "response-form", asking)
    return WordReply(_form(visit, consultation, asking), f"{name}.docx")


@room.get(f"{OF_RESPONSE}/word", permission=WRITE)
@with_draft
def draft_word(visit: Visit, responding: Responding) -> Reply:
    """Send everything that was written so far as a Word file, after closing too."""
    consultation, asking = responding.consultation, responding.asking
    draft = pages.draft_response(
        asking,
        services.get_framework(visit.library, consultation.details),
        consultation,
        get_organisation(visit.session, consultation.organisation_id).name,
        responding.draft,
        visit.now,
    )
    return WordReply(draft, f"{_name(consultation.slug, 'draft-response', asking)}.docx")


def _pdf(visit: Visit, slug: str, size: Size, kind: str) -> DocumentReply:
    consultation = published(visit, slug)
    asking = _asking(visit, consultation)
    form = _form(visit, consultation, asking, size)
    return DocumentReply(form, f"{_name(slug, kind, asking)}.pdf", once=True)


def _asking(visit: Visit, consultation: Consultation) -> Asking:
    """Return what is asked in the language of the address, or in the one chosen before."""
    language = visit.query.get("language", chosen_language(visit, consultation.slug) or "")
    return services.get_asking(visit.library, consultation, language)


def _form(
    visit: Visit, consultation: Consultation, asking: Asking, size: Size = Size.STANDARD
) -> ConsultationForm:
    organisation = get_organisation(visit.session, consultation.organisation_id)
    framework = services.get_framework(visit.library, consultation.details)
    return pages.blank_form(asking, framework, consultation, organisation.name, size)


def _name(slug: str, kind: str, asking: Asking) -> str:
    return "-".join(part for part in (slug, kind, asking.language) if part)
