"""The life of a consultation, step by step, with what the record has to say of each step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from frameworks.questions import Given
from tests.factories.consultations import BEFORE, a_lead
from tests.factories.writing import COMMENT, LIBRARY, Writer, a_draft_consultation, open_it
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import State
from webapp.consultations.respondents import Publish
from webapp.consultations.submissions import Decision
from webapp.files import FileStore
from webapp.notices import services as notices
from webapp.notices.notice import Sender
from webapp.outreach import services as outreach
from webapp.outreach.entries import Attachment, Kind, Told, Way
from webapp.persistence import Session, new_id

LEAD = a_lead()
WORDS = "canary-words"
NAME = "Canary Nameson"
EMAIL = "canary@example.org"
_numbers = count(1)


class Life:
    """One consultation to which things happen, a minute apart; `told` is what happened."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.files = session, FileStore(folder)
        self.now = BEFORE
        self.told: list[tuple[dt.datetime, str]] = []
        self.entries: list[tuple[object, int]] = []
        self.sent: list[str] = []
        slug = f"life-{next(_numbers)}"
        self.consultation = a_draft_consultation(session, slug=slug)
        self._happened("consultations.created")

    def live(self) -> None:
        """Let everything happen once, in the order in which it usually does."""
        for step in STEPS:
            if step == "close":
                # What is left at the end is a letter that stands and a response that counts.
                self.tell()
                self.respond()
            STEPS[step](self)

    def reread(self) -> Consultation:
        """Return the consultation as it is now."""
        return consultations.get_consultation(self.session, self.consultation.id)

    @property
    def is_open(self) -> bool:
        """Whether responses are taken."""
        found = self.reread()
        return found.state is State.OPENED and self.now >= found.details.period.opens_at

    def edit(self) -> None:
        """Change a draft."""
        found = self.reread()
        if found.state is State.DRAFT:
            purpose = f"To find out, at {self.now}."
            consultations.edit_consultation(
                self.session,
                consultation_id=found.id,
                revision=found.revision,
                details=replace(found.details, purpose=purpose),
                library=LIBRARY,
                by=LEAD,
                now=self.now,
            )
            self._happened("consultations.edited")

    def open(self) -> None:
        """Open it, and go on to the day on which it opens."""
        found = self.reread()
        if found.state is State.DRAFT:
            # Opening needs an assessment, and attaching one is a change of the draft.
            self.told.append((self.now, "consultations.edited"))
            opened = open_it(self.session, found, self.now)
            self._happened("consultations.opened")
            opens_at = max(self.now, opened.details.period.opens_at)
            self.told.append((opens_at, "consultations.edition"))
            self.now = opens_at + dt.timedelta(minutes=1)

    def tell(self) -> None:
        """Record who was told, with what was sent."""
        content = f"A letter of {self.now}.".encode()
        letter = Attachment("Letter.pdf", "application/pdf", self.files.put(content), len(content))
        told = Told(
            Kind.ORGANISATION, "Riverside", "acute", Way.LETTER, self.now.date(), attachment=letter
        )
        entry_id = new_id()
        outreach.add_entry(
            self.session,
            entry_id=entry_id,
            consultation_id=self.consultation.id,
            told=told,
            by=LEAD,
            now=self.now,
        )
        self.entries.append((entry_id, 1))
        self._happened("outreach.added")

    def strike(self) -> None:
        """Strike the last entry out."""
        if self.entries:
            entry_id, shown = self.entries.pop()
            outreach.strike_entry(
                self.session,
                consultation_id=self.consultation.id,
                entry_id=entry_id,  # type: ignore[arg-type]
                shown=shown,
                reason="It never went out.",
                by=LEAD,
                now=self.now,
            )
            self._happened("outreach.struck-out")

    def notify(self) -> None:
        """Send a notice to somebody on the list."""
        notices.sign_up(self.session, consultation=self.reread(), email=EMAIL, now=self.now)
        owed = notices.take_owed_mail(self.session)
        if owed is None:
            return
        notices.confirm(self.session, owed.id, self.now)
        notices.send_notice(
            self.session,
            notice_id=new_id(),
            consultation_id=self.consultation.id,
            subject="What we heard",
            text="Thank you.",
            by=Sender(LEAD.account_id, LEAD.name),
            now=self.now,
        )
        self._happened("notices.sent")

    def respond(self) -> None:
        """Send a response with canaries in it."""
        if self.is_open:
            writer = Writer(self.session, self.reread(), self.now)
            writer.introduce(name=NAME, publish=Publish.NAMED)
            writer.choose("culture.speaking-up")
            writer.answer(COMMENT, Given(text=WORDS))
            self.sent.append(writer.send().reference)
            self.now += dt.timedelta(minutes=1)

    def remove(self) -> None:
        """Remove the last response."""
        if self.sent:
            consultations.decide(
                self.session,
                consultation_id=self.consultation.id,
                reference=self.sent.pop(),
                decision=Decision.REMOVE,
                reason="It was sent to try the page out.",
                by=LEAD,
                now=self.now,
            )
            self._happened("consultations.response-removed")

    def close(self) -> None:
        """Close it early."""
        if self.is_open:
            consultations.close_consultation(
                self.session,
                consultation_id=self.consultation.id,
                reason="The election was called.",
                by=LEAD,
                now=self.now,
            )
            self._happened("consultations.closed")

    def _happened(self, kind: str) -> None:
        self.told.append((self.now, kind))
        self.now += dt.timedelta(minutes=1)


STEPS: Mapping[str, Callable[[Life], None]] = {
    "edit": Life.edit,
    "tell": Life.tell,
    "open": Life.open,
    "strike": Life.strike,
    "notify": Life.notify,
    "respond": Life.respond,
    "remove": Life.remove,
    "close": Life.close,
}
"""What can happen in the life of a consultation; a step that cannot be taken does nothing."""
