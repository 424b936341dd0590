"""How each kind of erasure in the journal is done again, room by room."""

from __future__ import annotations

from webapp.accounts.services import ERASERS as OF_ACCOUNTS
from webapp.consultations.services import ERASERS as OF_RESPONSES
from webapp.intake.services import ERASERS as OF_INTAKE
from webapp.notices.services import ERASERS as OF_NOTICES
from webapp.packs.services import ERASERS as OF_PACKS
from webapp.publication.services import erase_notes
from webapp.retention.services import ERASERS as OF_HOLDS
from webapp.retention.services import Erasers

NOTES_ERASED = "publication.notes"

ERASERS: Erasers = {
    **OF_HOLDS,
    **OF_ACCOUNTS,
    **OF_RESPONSES,
    **OF_INTAKE,
    **OF_NOTICES,
    **OF_PACKS,
    NOTES_ERASED: lambda session, consultation_id, _at: erase_notes(session, consultation_id),
}
