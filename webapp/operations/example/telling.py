"""Who was told about the closed consultation of the example, as its officer noted it down."""

from __future__ import annotations

import datetime as dt

from webapp.consultations.consultation import Actor, Consultation
from webapp.operations.example.voices.people import ORGANISATIONS
from webapp.outreach.entries import EVERYBODY, Kind, Told, Way
from webapp.outreach.services import add_entry
from webapp.persistence import Session, new_id

SILENT = (
    ("acute", "Wharfstead General Hospital NHS Trust"),
    ("ambulance", "Coastal Counties Ambulance Service NHS Trust"),
    ("regulator", "Council for Appointed Professions"),
    ("charity", "Voices of Young Patients"),
    ("local-government", "Marrowfield District Council"),
)
"""Organisations that were told and have not answered."""

GROUPS: tuple[tuple[str, str, Way, int, int, str], ...] = (
    ("Everybody, by our own pages", EVERYBODY, Way.WEBSITE, 0, 2100, "News and the front page."),
    ("Chairs of all trusts and boards", "board-member", Way.EMAIL, 0, 410, "Letter attached."),
    ("Governors’ newsletter", "governor", Way.EMAIL, 3, 1900, "Two paragraphs and the link."),
    ("Staff networks, by their conference call", "nhs-staff", Way.MEETING, 9, 85, ""),
    ("Waiting rooms of forty practices", "patient", Way.POSTER, 12, 6000, "In five languages."),
    ("Search firms on the national list", "recruiter", Way.TELEPHONE, 20, 11, ""),
    ("Everybody, a reminder", EVERYBODY, Way.SOCIAL_MEDIA, 46, 5200, "Ten days before closing."),
)
"""Whom, their class, how, on which day, how many about, and a note."""


def tell_everybody(session: Session, consultation: Consultation, by: Actor) -> None:
    """Note down who was told in the weeks of the consultation."""
    opened_on = consultation.details.period.opens_at.date()
    told = [
        *(
            Told(Kind.GROUP, whom, of_class, way, _day(opened_on, day), about, note)
            for whom, of_class, way, day, about, note in GROUPS
        ),
        *(
            Told(Kind.ORGANISATION, name, kind, Way.EMAIL, _day(opened_on, 1))
            for kind, _, name, _ in ORGANISATIONS[::2]
        ),
        *(
            Told(Kind.ORGANISATION, name, kind, Way.LETTER, _day(opened_on, 2))
            for kind, name in SILENT
        ),
    ]
    for each in told:
        add_entry(
            session,
            entry_id=new_id(),
            consultation_id=consultation.id,
            told=each,
            by=by,
            now=consultation.details.period.opens_at + dt.timedelta(days=47),
        )


def _day(opened_on: dt.date, days: int) -> dt.date:
    return opened_on + dt.timedelta(days=days)
