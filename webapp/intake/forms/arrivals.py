"""What came in: how, when, with what."""

from __future__ import annotations

import datetime as dt

import wtforms
from wtforms.validators import InputRequired, ValidationError

from exports.forms.filled import FileRefused
from webapp.consultations.consultation import Consultation
from webapp.consultations.forms.moments import ClockField
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.opening import NoSuchTime, NotATime, read_clock, uk_moment
from webapp.consultations.respondents import Channel, label_of
from webapp.intake.items import CHANNELS, NOTE_LENGTH, WORDS_LENGTH, Arrival
from webapp.intake.services import received_at
from webapp.web.days import DayField
from webapp.web.forms import Form, SelectChoice


class FileForm(Form):
    """Asks for one file."""

    file = wtforms.StringField("The file")

    def refuse(self, refused: FileRefused) -> None:
        """Say beside the field why a file cannot be taken."""
        self.file.errors = [refused.message, *refused.further]


class ArrivalForm(FileForm):
    """Something that came in."""

    channel = wtforms.RadioField(
        "How did it come?",
        choices=[SelectChoice(each.value, label_of(each)) for each in CHANNELS],
        validators=[InputRequired("Select how it came")],
    )
    received_on = DayField(
        "When was it received?",
        validators=[InputRequired("Enter the day on which it was received")],
    )
    received_time = ClockField("At what time, if that is known? (optional)")
    words = wtforms.TextAreaField(
        "Notes of the meeting or call (optional)",
        description="For what did not come in a file. Write down what was said, and not who said"
        " it. Whoever checks the transcription compares it with this.",
        filters=[plain],
        validators=[at_most(WORDS_LENGTH)],
    )
    note = wtforms.TextAreaField(
        "A note for colleagues (optional)",
        description="For example where the letter itself is kept. It never becomes part of the"
        " response.",
        filters=[plain],
        validators=[at_most(NOTE_LENGTH)],
    )

    def validate_received_time(self, field: wtforms.Field) -> None:
        """Refuse what is not a time, or one that the clocks left out that day."""
        if not field.data:
            return
        try:
            time = read_clock(field.data)
            if self.received_on.data:
                uk_moment(self.received_on.data, time)
        except (NotATime, NoSuchTime) as error:
            raise ValidationError(str(error)) from error

    def arrival(self, consultation: Consultation) -> Arrival:
        """Return what a valid form says; the start of the day where no time is known."""
        day: dt.date = self.received_on.data  # type: ignore[assignment]  # It was validated.
        typed = self.received_time.data
        moment = uk_moment(day, read_clock(typed)) if typed else received_at(day, consultation)
        return Arrival(
            Channel(self.channel.data),
            moment,
            bool(typed),
            note=self.note.data or "",
            words=self.words.data or "",
        )
