"""The list of packs, and asking for a new one."""

from __future__ import annotations

from exports.packs.people import MOST_PEOPLE, PackForm, PeopleUnreadable
from frameworks.library import Published
from webapp.accounts.people import OrganisationValue
from webapp.accounts.services import find_organisation
from webapp.accounts.subjects import organisation_subject
from webapp.packs import pages, services
from webapp.packs.forms import FORMS, LONGEST_KEPT, PackWantedForm, TableFile
from webapp.packs.tables import TableSent, Wanted, decoded, offered_versions, read_wanted
from webapp.packs.views.room import REVIEW_PACKS, SCORECARD_PACKS, room
from webapp.security import Permission
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Desk, FileSent, Visit


def table_sent(_desk: Desk, sent: FileSent | None) -> TableSent | None:
    """Return the table in a file that was sent."""
    return None if sent is None else decoded(sent.content)


@room.get(REVIEW_PACKS, permission=Permission.REVIEW_PACK_MAKE, subject=organisation_subject)
def review_packs(visit: Visit, organisation: str) -> Reply:
    """List the review forms for many people."""
    return _list(visit, organisation, PackForm.APPRAISAL)


@room.get(SCORECARD_PACKS, permission=Permission.SCORECARD_PACK_MAKE, subject=organisation_subject)
def scorecard_packs(visit: Visit, organisation: str) -> Reply:
    """List the scorecards for many people."""
    return _list(visit, organisation, PackForm.SCORECARD)


@room.get(
    f"{REVIEW_PACKS}/new", permission=Permission.REVIEW_PACK_MAKE, subject=organisation_subject
)
def new_review_pack(visit: Visit, organisation: str) -> Reply:
    """Ask for the people who are to get review forms."""
    return _new(visit, organisation, PackForm.APPRAISAL)


@room.get(
    f"{SCORECARD_PACKS}/new",
    permission=Permission.SCORECARD_PACK_MAKE,
    subject=organisation_subject,
)
def new_scorecard_pack(visit: Visit, organisation: str) -> Reply:
    """Ask for the candidates and panel members who are to get scorecards."""
    return _new(visit, organisation, PackForm.SCORECARD)


@room.post(
    f"{REVIEW_PACKS}/new",
    permission=Permission.REVIEW_PACK_MAKE,
    subject=organisation_subject,
    takes_file=table_sent,
)
def check_review_pack(visit: Visit, organisation: str) -> Reply:
    """Read the people who are to get review forms."""
    return _check(visit, organisation, PackForm.APPRAISAL)


@room.post(
    f"{SCORECARD_PACKS}/new",
    permission=Permission.SCORECARD_PACK_MAKE,
    subject=organisation_subject,
    takes_file=table_sent,
)
def check_scorecard_pack(visit: Visit, organisation: str) -> Reply:
    """Read the candidates and panel members who are to get scorecards."""
    return _check(visit, organisation, PackForm.SCORECARD)


def _list(visit: Visit, organisation: str, form: PackForm) -> Page:
    where = _organisation(visit, organisation)
    return Page.of(
        "packs/index.html",
        organisation=where,
        words=pages.WORDS[form],
        lines=pages.pack_lines(services.list_packs(visit.session, where.id, form)),
    )


def _new(visit: Visit, organisation: str, form: PackForm) -> Page:
    where = _organisation(visit, organisation)
    asked = FORMS[form]()
    asked.offer(offered_versions(visit.library, visit.today), form, visit.today)
    return _new_page(where, form, asked, TableFile())


def _check(visit: Visit, organisation: str, form: PackForm) -> Reply:
    where = _organisation(visit, organisation)
    if visit.identity.account_id is None:
        raise NotFound
    versions = offered_versions(visit.library, visit.today)
    asked = FORMS[form](visit.form)
    asked.offer(versions, form, visit.today)
    file = TableFile()
    is_complete = asked.validate()
    sent: TableSent | None = visit.sent
    # What is pasted counts where no file was chosen: a corrected file comes with the old text.
    table = sent if sent is not None else TableSent(asked.table.data or "")
    if sent is not None:
        asked.table.data = table.text if len(table.text) <= LONGEST_KEPT else ""
    if table.problem is not None:
        file.refuse([table.problem])
    elif not table.text.strip():
        file.errors = ["Choose a file with the people, or paste the table"]
    elif is_complete:
        wanted = _wanted(visit, versions, form, asked)
        try:
            people = read_wanted(table.text, wanted)
        except PeopleUnreadable as unreadable:
            file.refuse(unreadable.problems)
            if asked.table.data:
                # That is where the table stands now, whichever way it came.
                asked.table.errors, file.errors = tuple(file.errors), []
        else:
            pack = services.check_pack(
                visit.session,
                wanted.published,
                people,
                organisation_id=where.id,
                form=form,
                stage=wanted.stage,
                vacancy=wanted.vacancy,
                created_by=visit.identity.account_id,
                today=visit.today,
                now=visit.now,
            )
            return SeeOther.to("packs.pack", pack_id=pack.id)
    return _new_page(where, form, asked, file, status=422)


def _wanted(
    visit: Visit, versions: tuple[Published, ...], form: PackForm, asked: PackWantedForm
) -> Wanted:
    reference, _, profile = (asked.position.data or "").partition(" ")
    return Wanted(
        published=next(each for each in versions if str(each.reference) == reference),
        form=form,
        profile=profile,
        stage=asked.asked_stage,
        vacancy=asked.asked_vacancy,
        today=visit.today,
    )


def _new_page(
    where: OrganisationValue,
    form: PackForm,
    asked: PackWantedForm,
    file: TableFile,
    status: int = 200,
) -> Page:
    return Page.of(
        "packs/new.html",
        organisation=where,
        words=pages.WORDS[form],
        form=asked,
        file=file,
        example=pages.EXAMPLES[form],
        most=MOST_PEOPLE,
        status=status,
    )


def _organisation(visit: Visit, slug: str) -> OrganisationValue:
    found = find_organisation(visit.session, slug)
    if found is None:
        raise NotFound
    return found
