"""The public pages: frameworks, their versions and what is new in them."""

from __future__ import annotations

from exports.documents.booklet import make_booklet
from exports.tables import framework_csv
from exports.templating import body
from frameworks.comparison import compare
from frameworks.library import Published
from frameworks.model import Reference
from webapp.catalogue import comparing, pages, variants
from webapp.catalogue.views.room import READ, room
from webapp.consultations.languages import own_language
from webapp.consultations.services import list_public_consultations
from webapp.web.errors import NotFound
from webapp.web.replies import DocumentReply, FileReply, Page, Reply, SeeOther
from webapp.web.visit import Visit


def _published(visit: Visit, slug: str, version: str) -> Published:
    try:
        reference = Reference(slug=slug, version=version)
    except ValueError:
        raise NotFound from None
    published = visit.library.find(reference)
    if published is None:
        raise NotFound
    return published


def _reading(visit: Visit, published: Published) -> variants.Reading:
    reading = variants.read(visit.library, published, visit.query.get("language", ""))
    if reading is None:
        raise NotFound
    return reading


@room.get("/", permission=READ)
def home(visit: Visit) -> Reply:
    """Show what this is and what is open now."""
    return Page.of(
        "catalogue/home.html",
        consultations=list_public_consultations(visit.session, now=visit.now),
        frameworks=pages.framework_entries(visit.library),
    )


@room.get("/frameworks", permission=READ)
def frameworks(visit: Visit) -> Reply:
    """List the published frameworks."""
    return Page.of(
        "catalogue/frameworks.html",
        frameworks=pages.framework_entries(visit.library),
        colours=pages.STATUS_COLOURS,
    )


@room.get("/frameworks/<slug>", permission=READ)
def framework(visit: Visit, slug: str) -> Reply:
    """List the versions of one framework."""
    entries = {entry.slug: entry for entry in pages.framework_entries(visit.library)}
    if slug not in entries:
        raise NotFound
    return Page.of("catalogue/framework.html", entry=entries[slug], colours=pages.STATUS_COLOURS)


@room.get("/frameworks/<slug>/compare", permission=READ)
def compare_versions(visit: Visit, slug: str) -> Reply:
    """Show what is different between two versions, item by item."""
    before = _published(visit, slug, visit.query.get("from", ""))
    after = _published(visit, slug, visit.query.get("to", ""))
    if before.reference == after.reference:
        return SeeOther.to("catalogue.version", slug=slug, version=after.framework.version)
    return Page.of(
        "catalogue/compare.html",
        before=before,
        after=after,
        comparison=comparing.comparison_page(compare(before.framework, after.framework)),
    )


@room.get("/frameworks/<slug>/<version>", permission=READ)
def version(visit: Visit, slug: str, version: str) -> Reply:
    """Show one version whole: domains, competencies, positions and downloads."""
    published = _published(visit, slug, version)
    reading = _reading(visit, published)
    return Page.of(
        "catalogue/version.html",
        published=published,
        reading=reading,
        own_name=own_language(published.framework.language).name,
        framework=reading.framework,
        domains=pages.domain_entries(reading.framework),
        count=sum(1 for _ in published.framework.all_competencies()),
        colours=pages.STATUS_COLOURS,
    )


@room.get("/frameworks/<slug>/<version>/competencies/<key>", permission=READ)
def competency(visit: Visit, slug: str, version: str, key: str) -> Reply:
    """Show one competency."""
    published = _published(visit, slug, version)
    reading = _reading(visit, published)
    page = pages.competency_page(reading.framework, key)
    if page is None:
        gone = next((each for each in published.framework.withdrawn if each.key == key), None)
        if gone is None:
            raise NotFound
        return Page.of("catalogue/tombstone.html", published=published, gone=gone, status=410)
    return Page.of(
        "catalogue/competency.html",
        published=published,
        reading=reading,
        own_name=own_language(published.framework.language).name,
        page=page,
    )


@room.get("/frameworks/<slug>/<version>/positions/<key>", permission=READ)
def position(visit: Visit, slug: str, version: str, key: str) -> Reply:
    """Show what one position asks for."""
    published = _published(visit, slug, version)
    page = pages.position_page(published.framework, key)
    if page is None:
        raise NotFound
    return Page.of(
        "catalogue/position.html",
        published=published,
        page=page,
        rule=page.profile.accountable_on(visit.today),
    )


@room.get("/frameworks/<slug>/<version>/booklet", permission=READ)
def booklet(visit: Visit, slug: str, version: str) -> Reply:
    """Show the booklet as a page: the twin of the PDF."""
    published = _published(visit, slug, version)
    document = make_booklet(published)
    return Page.of(
        "catalogue/booklet.html", published=published, document=document, body=body(document)
    )


@room.get("/frameworks/<slug>/<version>/booklet.pdf", permission=READ)
def booklet_pdf(visit: Visit, slug: str, version: str) -> Reply:
    """Send the booklet as a PDF file."""
    published = _published(visit, slug, version)
    return DocumentReply(make_booklet(published), f"{slug}-{version}.pdf", inline=True, once=True)


@room.get("/frameworks/<slug>/<version>/framework.csv", permission=READ)
def table(visit: Visit, slug: str, version: str) -> Reply:
    """Send the version as a table for a spreadsheet."""
    published = _published(visit, slug, version)
    content = framework_csv(published).encode("utf-8-sig")
    return FileReply(content, "text/csv", f"{slug}-{version}.csv")


@room.get("/frameworks/<slug>/<version>/framework.yaml", permission=READ)
def source(visit: Visit, slug: str, version: str) -> Reply:
    """Send the version's file, to the byte as it was locked."""
    published = _published(visit, slug, version)
    return FileReply(
        visit.library.file(published.reference), "application/yaml", f"{slug}-{version}.yaml"
    )


@room.get("/frameworks/<slug>/<version>/languages/<edition>.yaml", permission=READ)
def variant_file(visit: Visit, slug: str, version: str, edition: str) -> Reply:
    """Send the file of a language variant, to the byte as it was locked."""
    published = _published(visit, slug, version)
    content = variants.file_of(visit.library, published, edition)
    if content is None:
        raise NotFound
    return FileReply(content, "application/yaml", f"{slug}-{version}.{edition}.yaml")


@room.get("/about", permission=READ)
def about(visit: Visit) -> Reply:
    """Say what Boardmark is and under which licence."""
    return Page.of("catalogue/about.html")


@room.get("/privacy", permission=READ)
def privacy(visit: Visit) -> Reply:
    """Say what is stored about people, and which cookie is used."""
    return Page.of("catalogue/privacy.html")


@room.get("/accessibility", permission=READ)
def accessibility(visit: Visit) -> Reply:
    """Say how accessible this is and how to tell of a problem."""
    return Page.of("catalogue/accessibility.html")
