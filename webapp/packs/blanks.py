"""The empty forms of a pack, one a position."""

from __future__ import annotations

import datetime as dt

from exports.document import Document
from exports.forms.blank_forms import blank_appraisal, blank_scorecard
from exports.packs.people import PackForm
from frameworks.library import Published
from frameworks.model import AssessAt
from webapp.packs.pack import Pack


def form_of(pack: Pack, published: Published, profile_key: str, organisation: str) -> Document:
    """Return what the copies for people of a position are made from; see `make_form`."""
    return make_form(
        published,
        profile_key,
        pack.form,
        stage=pack.stage,
        vacancy=pack.vacancy,
        organisation=organisation,
        on=pack.rule_on,
    )


def make_form(
    published: Published,
    profile_key: str,
    form: PackForm,
    *,
    stage: AssessAt | None,
    vacancy: str,
    organisation: str,
    on: dt.date,
) -> Document:
    """Return the empty form of a position.

    Raises NothingAssessed for a scorecard of a stage at which nothing is assessed; KeyError for a
    position that the version does not have.
    """
    if form is PackForm.APPRAISAL:
        return blank_appraisal(published, profile_key, on)
    return blank_scorecard(
        published,
        profile_key,
        stage or AssessAt.INTERVIEW,
        organisation=organisation,
        vacancy=vacancy,
    )
