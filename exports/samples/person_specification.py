"""A sample person specification."""

from __future__ import annotations

import datetime as dt

from exports.documents.person_specification import PersonSpecification, make_person_specification
from exports.samples.published import sample_published


def sample() -> PersonSpecification:
    """Return the specification of a chair, with weights."""
    return make_person_specification(
        sample_published(),
        "provider-chair",
        organisation="Fairwater Hospitals NHS Foundation Trust",
        vacancy="FW-2026-014 Chair of the trust",
        shows_weights=True,
        made_on=dt.date(2026, 3, 2),
    )
