"""What came by post and email for the open consultation of the example and waits for somebody."""

from __future__ import annotations

import datetime as dt

from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.respondents import Channel
from webapp.files import FileStore
from webapp.intake.items import Arrival
from webapp.intake.services import add_item
from webapp.persistence import Session

LETTER = """Dear programme team,

I have no computer and my neighbour typed this for me. I was a hospital porter for 36 years. A \
board member who has never pushed a bed at four in the morning should spend one night doing it. \
Please put that under ‘Looks after the people who do the work’.

With good wishes"""

EMAIL = """Hello,

Your form asked me for a position and I do not have one. I only want to say that ‘Is open with the \
public’ is the one that matters to me, and that it should be essential for all of them. When my \
sister was harmed it was eleven months before anybody told us.

Thank you"""

MEETING = """Notes of the carers’ coffee morning, 14 people.

They would like meetings of boards in the evening. Nine of them had never heard of a non-executive \
director. All agreed with ‘Hears patients and carers, and acts’, and asked what happens if a board \
does not."""

CAME = (
    (Channel.LETTER, LETTER, "Two pages, by hand.", 6),
    (Channel.EMAIL, EMAIL, "To the programme’s address.", 4),
    (Channel.MEETING, MEETING, "Written down by the officer who was there.", 2),
)
"""How something came, what it says, a note, and how many days ago."""


def receive_post(
    session: Session, files: FileStore, consultation: Consultation, by: Actor, now: dt.datetime
) -> None:
    """Note down what came; each waits to be typed and then to be checked by somebody else."""
    for channel, words, note, days in CAME:
        received_at = now - dt.timedelta(days=days)
        add_item(
            session,
            files,
            consultation_id=consultation.id,
            arrival=Arrival(channel, received_at, is_time_known=False, note=note, words=words),
            sent=None,
            read=None,
            by=by,
            now=received_at + dt.timedelta(hours=3),
        )
