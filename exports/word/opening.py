"""What the Word files about a consultation begin with."""

from __future__ import annotations

from exports.documents.consultation_form import Invitation
from exports.templating import moment
from exports.word.sheet import Sheet
from frameworks.digest import short


def write_citation(sheet: Sheet, citation: str, digest: str) -> None:
    """Say at the foot of every page what the file rests on."""
    sheet.foot(f"{citation} · {short(digest)}")


def write_invitation(sheet: Sheet, invitation: Invitation, about: str) -> None:
    """Write what is consulted on, why, until when, and what becomes of the answers."""
    for label, value in (
        ("From", invitation.organisation),
        ("Closes", moment(invitation.closes_at)),
        ("About", about),
        ("Contact", invitation.contact),
    ):
        sheet.fact(label, value)
    for title, text in (
        ("What we are consulting on, and why", invitation.purpose),
        ("What can change", invitation.open_to_change),
        ("What cannot change", invitation.not_open_to_change),
        ("How your answers will be used", invitation.use_of_answers),
    ):
        sheet.heading(1, title)
        sheet.text(text)
