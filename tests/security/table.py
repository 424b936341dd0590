"""Who may do what, written by hand and not taken from the policy that it checks.

A route that is not here is public. Everybody who is not named for a route is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

EVERYBODY = frozenset(
    {
        "public",
        "lead",
        "officer",
        "moderator",
        "recruiter",
        "appraiser",
        "secretary",
        "administrator",
        "far lead",
        "far officer",
        "far moderator",
        "far recruiter",
        "far appraiser",
        "far secretary",
        "far administrator",
        "its appraiser",
        "its preparer",
        "its appraisee",
        "its signatory",
        "other appraisee",
        "other signatory",
    }
)
"""`far` is another organisation; `its` is this review; `other` is another review in this
organisation, of which `appraiser` and `secretary` are appraiser and preparer. `its appraiser` holds
the role of appraiser here, `its preparer` that of board secretary."""

LEAD = frozenset({"lead"})
TEAM = frozenset({"lead", "officer", "moderator"})
KEEPS_RECORDS = frozenset({"lead", "officer"})
MODERATORS = frozenset({"lead", "moderator"})
RECRUITER = frozenset({"recruiter"})
ADMINISTRATOR = frozenset({"administrator"})
SECRETARIES = frozenset({"secretary", "its preparer"})
APPRAISES = frozenset({"appraiser", "secretary", "its appraiser", "its preparer"})
STAFF_HERE = APPRAISES | TEAM | RECRUITER | ADMINISTRATOR

ORGANISATION = "/organisations/<organisation>"
CONSULTATION = f"{ORGANISATION}/consultations/<slug>"
TOLD = f"{CONSULTATION}/outreach/<uuid:entry_id>"
EXPORTS = f"{CONSULTATION}/exports"
EXPORT = f"{EXPORTS}/<uuid:extract_id>"
INTAKE = f"{CONSULTATION}/intake"
CAME = f"{INTAKE}/<uuid:intake_id>"
IMPORTED = f"{INTAKE}/imports/<uuid:import_id>"
CAMPAIGN = f"{CONSULTATION}/campaigns/<int:number>"
DOCUMENT = f"{CONSULTATION}/documents/<uuid:document_id>"
VACANCY = "/vacancies/<uuid:vacancy_id>"
STAGE = f"{VACANCY}/stages/<stage>"
REVIEW_PACKS = f"{ORGANISATION}/review-packs"
SCORECARD_PACKS = f"{ORGANISATION}/scorecard-packs"
PACK = "/packs/<uuid:pack_id>"
REVIEW = "/reviews/<uuid:review_id>"
REVISION = f"{REVIEW}/revisions/<int:number>"

STAFF_ROUTES: Mapping[str, frozenset[str]] = {
    "GET /staff": EVERYBODY - {"public"},
    "GET /sent-mail": frozenset(),
    f"GET {ORGANISATION}": STAFF_HERE,
    f"GET {ORGANISATION}/members": ADMINISTRATOR,
    f"POST {ORGANISATION}/members": ADMINISTRATOR,
    f"POST {ORGANISATION}/members/<uuid:account_id>/remove": ADMINISTRATOR,
    f"GET {ORGANISATION}/retention": ADMINISTRATOR,
    f"GET {ORGANISATION}/retention/<slug>": ADMINISTRATOR,
    f"POST {ORGANISATION}/retention/<slug>/hold": ADMINISTRATOR,
    f"POST {ORGANISATION}/retention/<slug>/lift": ADMINISTRATOR,
    f"GET {ORGANISATION}/consultations": TEAM,
    f"GET {ORGANISATION}/consultations/new": LEAD,
    f"POST {ORGANISATION}/consultations/new": LEAD,
    f"GET {CONSULTATION}": TEAM,
    f"GET {CONSULTATION}/preview": LEAD,
    f"GET {CONSULTATION}/preview-links": LEAD,
    f"POST {CONSULTATION}/preview-links": LEAD,
    f"POST {CONSULTATION}/preview-links/<uuid:link_id>/end": LEAD,
    f"GET {CONSULTATION}/edit": LEAD,
    f"GET {CONSULTATION}/edit/<part>": LEAD,
    f"POST {CONSULTATION}/edit/<part>": LEAD,
    f"GET {CONSULTATION}/documents": LEAD,
    f"POST {CONSULTATION}/documents": LEAD,
    f"GET {DOCUMENT}": TEAM,
    f"GET {DOCUMENT}/replace": LEAD,
    f"POST {DOCUMENT}/replace": LEAD,
    f"GET {DOCUMENT}/remove": LEAD,
    f"POST {DOCUMENT}/remove": LEAD,
    f"GET {CONSULTATION}/counts": TEAM,
    f"GET {CONSULTATION}/open": LEAD,
    f"POST {CONSULTATION}/open": LEAD,
    f"GET {CONSULTATION}/extend": LEAD,
    f"POST {CONSULTATION}/extend": LEAD,
    f"GET {CONSULTATION}/close": LEAD,
    f"POST {CONSULTATION}/close": LEAD,
    f"GET {CONSULTATION}/revise": LEAD,
    f"POST {CONSULTATION}/revise": LEAD,
    f"POST {CONSULTATION}/revise/confirm": LEAD,
    f"GET {CONSULTATION}/revise/documents": LEAD,
    f"POST {CONSULTATION}/revise/documents": LEAD,
    f"POST {CONSULTATION}/revise/documents/<uuid:document_id>/remove": LEAD,
    f"GET {CONSULTATION}/tally": TEAM,
    f"GET {CONSULTATION}/responses": LEAD,
    f"POST {CONSULTATION}/responses/release": LEAD,
    f"GET {CONSULTATION}/responses/<reference>": LEAD,
    f"POST {CONSULTATION}/responses/<reference>": LEAD,
    f"GET {CONSULTATION}/equality": LEAD,
    f"GET {CONSULTATION}/moderation": MODERATORS,
    f"GET {CONSULTATION}/moderation/second-look": MODERATORS,
    f"GET {CONSULTATION}/moderation/<response>": MODERATORS,
    f"POST {CONSULTATION}/moderation/<response>": MODERATORS,
    f"POST {CONSULTATION}/moderation/<response>/second-look": MODERATORS,
    f"POST {CONSULTATION}/moderation/<response>/original": MODERATORS,
    f"GET {CONSULTATION}/notices": LEAD,
    f"POST {CONSULTATION}/notices": LEAD,
    f"GET {CONSULTATION}/notices/new": LEAD,
    f"POST {CONSULTATION}/notices/new": LEAD,
    f"GET {CONSULTATION}/outreach": KEEPS_RECORDS,
    f"GET {CONSULTATION}/outreach.csv": KEEPS_RECORDS,
    f"GET {CONSULTATION}/outreach/classes": KEEPS_RECORDS,
    f"GET {CONSULTATION}/outreach/classes.csv": KEEPS_RECORDS,
    f"GET {CONSULTATION}/outreach/organisations": KEEPS_RECORDS,
    f"GET {CONSULTATION}/outreach/organisations.csv": KEEPS_RECORDS,
    f"GET {CONSULTATION}/outreach/new": KEEPS_RECORDS,
    f"POST {CONSULTATION}/outreach/new": KEEPS_RECORDS,
    f"GET {CONSULTATION}/outreach/list": KEEPS_RECORDS,
    f"POST {CONSULTATION}/outreach/list": KEEPS_RECORDS,
    f"POST {CONSULTATION}/outreach/list/add": KEEPS_RECORDS,
    f"GET {TOLD}": KEEPS_RECORDS,
    f"GET {TOLD}/versions/<int:number>/file": KEEPS_RECORDS,
    f"GET {TOLD}/correct": KEEPS_RECORDS,
    f"POST {TOLD}/correct": KEEPS_RECORDS,
    f"GET {TOLD}/strike-out": KEEPS_RECORDS,
    f"POST {TOLD}/strike-out": KEEPS_RECORDS,
    f"GET {CONSULTATION}/campaigns": LEAD,
    f"POST {CONSULTATION}/campaigns/search": LEAD,
    f"GET {CONSULTATION}/campaigns/results": LEAD,
    f"GET {EXPORTS}": LEAD,
    f"GET {EXPORTS}/new": LEAD,
    f"POST {EXPORTS}/new": LEAD,
    f"GET {EXPORT}": LEAD,
    f"GET {EXPORT}/tables.zip": LEAD,
    f"POST {EXPORT}/cancel": LEAD,
    f"POST {EXPORT}/delete": LEAD,
    f"GET {CAMPAIGN}": LEAD,
    f"POST {CAMPAIGN}": LEAD,
    f"GET {CAMPAIGN}/responses/<response>": LEAD,
    f"POST {CAMPAIGN}/responses/<response>": LEAD,
    f"GET {CONSULTATION}/bundles": LEAD,
    f"POST {CONSULTATION}/bundles": LEAD,
    f"GET {CONSULTATION}/bundles/<uuid:bundle_id>.zip": LEAD,
    f"GET {INTAKE}": KEEPS_RECORDS,
    f"GET {INTAKE}/new": KEEPS_RECORDS,
    f"POST {INTAKE}/new": KEEPS_RECORDS,
    f"GET {CAME}": KEEPS_RECORDS,
    f"POST {CAME}/sources": KEEPS_RECORDS,
    f"GET {CAME}/sources/<uuid:source_id>": KEEPS_RECORDS,
    f"POST {CAME}/sources/<uuid:source_id>/remove": KEEPS_RECORDS,
    f"GET {CAME}/about/<step>": KEEPS_RECORDS,
    f"POST {CAME}/about/<step>": KEEPS_RECORDS,
    f"GET {CAME}/choose": KEEPS_RECORDS,
    f"POST {CAME}/choose": KEEPS_RECORDS,
    f"GET {CAME}/answers/<item_key>": KEEPS_RECORDS,
    f"POST {CAME}/answers/<item_key>": KEEPS_RECORDS,
    f"POST {CAME}/finish": KEEPS_RECORDS,
    f"POST {CAME}/original": LEAD,
    f"GET {CAME}/check": KEEPS_RECORDS,
    # Somebody else than who transcribed it: the officer did, in the journeys both are tried.
    f"POST {CAME}/approve": LEAD,
    f"POST {CAME}/send-back": LEAD,
    f"GET {CAME}/remove": KEEPS_RECORDS,
    f"POST {CAME}/remove": KEEPS_RECORDS,
    f"GET {INTAKE}/imports/new": KEEPS_RECORDS,
    f"POST {INTAKE}/imports/new": KEEPS_RECORDS,
    f"GET {INTAKE}/imports/template.xlsx": KEEPS_RECORDS,
    f"GET {INTAKE}/imports/codes.csv": KEEPS_RECORDS,
    f"GET {IMPORTED}": KEEPS_RECORDS,
    f"GET {IMPORTED}/responses/<int:number>": KEEPS_RECORDS,
    # The officer uploaded it, so the lead takes it in.
    f"POST {IMPORTED}/take": LEAD,
    f"POST {IMPORTED}/discard": KEEPS_RECORDS,
    f"GET {ORGANISATION}/vacancies": RECRUITER,
    f"GET {ORGANISATION}/vacancies/new": RECRUITER,
    f"POST {ORGANISATION}/vacancies/new": RECRUITER,
    f"GET {VACANCY}": RECRUITER,
    f"GET {VACANCY}/person-specification": RECRUITER,
    f"GET {VACANCY}/person-specification.pdf": RECRUITER,
    f"GET {STAGE}": RECRUITER,
    f"POST {STAGE}": RECRUITER,
    f"GET {STAGE}/pick": RECRUITER,
    f"POST {STAGE}/pick": RECRUITER,
    f"GET {STAGE}/write": RECRUITER,
    f"POST {STAGE}/write": RECRUITER,
    f"GET {STAGE}/scorecard": RECRUITER,
    f"GET {STAGE}/scorecard.pdf": RECRUITER,
    f"GET {SCORECARD_PACKS}": RECRUITER,
    f"GET {SCORECARD_PACKS}/new": RECRUITER,
    f"POST {SCORECARD_PACKS}/new": RECRUITER,
    f"GET {REVIEW_PACKS}": APPRAISES,
    f"GET {REVIEW_PACKS}/new": APPRAISES,
    f"POST {REVIEW_PACKS}/new": APPRAISES,
    # This one is of review forms; tests/journeys/test_packs.py tries one of scorecards.
    f"GET {PACK}": APPRAISES,
    f"POST {PACK}/start": APPRAISES,
    f"POST {PACK}/cancel": APPRAISES,
    f"POST {PACK}/delete": APPRAISES,
    f"GET {PACK}/forms.zip": APPRAISES,
    f"GET {ORGANISATION}/reviews": APPRAISES,
    f"GET {ORGANISATION}/reviews/start": APPRAISES,
    f"POST {ORGANISATION}/reviews/start": APPRAISES,
    f"GET {ORGANISATION}/reviews/blank": APPRAISES,
    f"GET {ORGANISATION}/reviews/blank.pdf": APPRAISES,
}

ITS_APPRAISER = frozenset({"its appraiser"})
ITS_APPRAISEE = frozenset({"its appraisee"})
ITS_SIGNATORY = frozenset({"its signatory"})
ITS_SIGNERS = ITS_APPRAISER | ITS_APPRAISEE | ITS_SIGNATORY

ALWAYS: Mapping[str, frozenset[str]] = {
    # A secretary sees how far a review is, whoever prepared it.
    f"GET {REVIEW}": ITS_SIGNERS | SECRETARIES,
    f"POST {REVIEW}/approve": ITS_APPRAISER,
    f"POST {REVIEW}/share": ITS_APPRAISER,
    f"POST {REVIEW}/finish": ITS_APPRAISER,
    f"POST {REVIEW}/reopen": ITS_APPRAISER,
    f"POST {REVIEW}/reading": ITS_APPRAISER,
    f"GET {REVIEW}/amend": ITS_APPRAISER,
    f"POST {REVIEW}/amend": ITS_APPRAISER,
    f"POST {REVIEW}/comments": ITS_APPRAISEE,
    f"GET {REVIEW}/sign": ITS_SIGNERS,
    f"POST {REVIEW}/sign": ITS_SIGNERS,
}
"""Routes of a review that ask only what somebody is to it."""

TEXT_NOW = (f"GET {REVIEW}/draft", f"GET {REVIEW}/sections/<section>", f"GET {REVIEW}/comments")
UPLOAD = f"{REVIEW}/uploads/<uuid:upload_id>"
PAPER = f"{REVIEW}/papers/<uuid:paper_id>"
FILLING_IN = (
    f"POST {REVIEW}/form.pdf",
    f"GET {REVIEW}/bring-back",
    f"POST {REVIEW}/bring-back",
    f"GET {UPLOAD}",
    f"POST {UPLOAD}/take",
    f"POST {UPLOAD}/discard",
)
FILES = (
    f"GET {REVIEW}/files",
    f"GET {REVIEW}/files/<uuid:taking_id>",
    f"GET {PAPER}",
    f"GET {PAPER}/file",
    f"GET {PAPER}/check",
    f"POST {PAPER}/check",
    f"POST {PAPER}/send-back",
)
REVISIONS = (f"GET {REVISION}", f"POST {REVISION}/record.pdf")
WRITING = (
    f"POST {REVIEW}/sections/<section>",
    f"GET {REVIEW}/people",
    f"POST {REVIEW}/people/<uuid:person_id>",
    f"GET {REVIEW}/withdraw",
    f"POST {REVIEW}/withdraw",
    f"GET {REVIEW}/attach",
    f"POST {REVIEW}/attach",
    f"POST {PAPER}/remove",
    f"GET {PAPER}/sections/<section>",
    f"POST {PAPER}/sections/<section>",
    f"POST {PAPER}/finish",
)

READERS: Mapping[str, frozenset[str]] = {
    "prepared": ITS_APPRAISER | {"its preparer"},
    "draft": ITS_APPRAISER,
    "shared": ITS_APPRAISER | ITS_APPRAISEE,
    "ready": ITS_SIGNERS,
    "signing": ITS_SIGNERS,
    "signed": ITS_SIGNERS,
    "granted": ITS_SIGNERS | SECRETARIES,
    "amending": ITS_APPRAISER | ITS_APPRAISEE,
    "withdrawn": ITS_APPRAISER,
}
"""Who reads what a review says, by where it stands."""


def review_routes(state: str) -> dict[str, frozenset[str]]:
    """Return who may use each route of a review that stands at a state."""
    writers = ITS_APPRAISER | ({"its preparer"} if state == "prepared" else set())
    # Who signed the revision before still reads that, and not what is drafted beside it.
    old = READERS[state] | (ITS_SIGNATORY if state == "amending" else set())
    return {
        **ALWAYS,
        **_each(TEXT_NOW, READERS[state]),
        **_each(REVISIONS, old),
        **_each(WRITING, frozenset(writers)),
        **_each(FILLING_IN, writers | ITS_APPRAISEE),
        # What is in a file was drafted, and a signatory reads what is finished.
        **_each(FILES, READERS[state] - ITS_SIGNATORY),
    }


def _each(routes: Iterable[str], who: frozenset[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(routes, who)
