"""What moderators type: a ruling with its marks, a second look, why the original is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Length, ValidationError

from webapp.consultations.respondents import INDIVIDUAL_CLASSES, ORGANISATION_TYPES
from webapp.consultations.response import plain_lines
from webapp.publication.marking import PassageMarks, read_marks
from webapp.publication.ruling import NOTE_LENGTH, REASON_LENGTH, Outcome, Verdict
from webapp.publication.searching import LONGEST_SEARCH
from webapp.web.forms import Form, SelectChoice

OUTCOMES = (
    (Outcome.PUBLISH, "Publish it, without what is taken out"),
    (Outcome.WITHHOLD, "Withhold it: nothing of it is published"),
)
VERDICTS = (
    (Verdict.APPROVED, "Approve it"),
    (Verdict.SENT_BACK, "Send it back"),
)
WITHOUT_WORDS = (
    "Do not repeat what was taken out: this is kept when the words of the response are erased."
)


def _plain(value: Any) -> Any:
    return plain_lines(value) if isinstance(value, str) else value


def _reason(label: str, description: str, *validators: Any, **more: Any) -> wtforms.TextAreaField:
    at_most = Length(max=REASON_LENGTH, message=f"Shorten this to {REASON_LENGTH:,} characters")
    return wtforms.TextAreaField(
        label, description=description, filters=[_plain], validators=[*validators, at_most], **more
    )


class RulingForm(Form):
    """What becomes of a response, and why."""

    outcome = wtforms.RadioField(
        "What do you propose?",
        choices=[SelectChoice(key, label) for key, label in OUTCOMES],
        validators=[InputRequired("Select what you propose")],
    )
    note = _reason(
        "Reason",
        f"Needed where you withhold the response; otherwise if there is something that the second "
        f"person should know. {WITHOUT_WORDS}",
    )
    seen = wtforms.HiddenField()

    def validate_note(self, field: wtforms.Field) -> None:
        """Ask why a response is withheld."""
        if self.outcome.data == Outcome.WITHHOLD and not field.data:
            raise ValidationError("Enter why nothing of it is to be published")

    @property
    def seen_number(self) -> int:
        """The number of the newest ruling that the page showed."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


class SecondLookForm(Form):
    """Whether a second person agrees, and why not."""

    verdict = wtforms.RadioField(
        "What do you decide?",
        choices=[SelectChoice(key, label) for key, label in VERDICTS],
        validators=[InputRequired("Select what you decide")],
    )
    reason = _reason("Reason", f"Needed where you send it back. {WITHOUT_WORDS}")
    number = wtforms.HiddenField()

    def validate_reason(self, field: wtforms.Field) -> None:
        """Ask why a ruling is sent back."""
        if self.verdict.data == Verdict.SENT_BACK and not field.data:
            raise ValidationError("Enter why you send it back")

    @property
    def ruling_number(self) -> int:
        """The number of the ruling that the page showed."""
        typed = self.number.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


class OriginalForm(Form):
    """Why somebody has to read what was written."""

    reason = _reason(
        "Why do you need to read it?",
        "It is recorded with your name, and is part of the record of the consultation.",
        InputRequired("Enter why you need to read it"),
        # A second look has a reason on the same page.
        id="why-original",
    )


class SearchForm(Form):
    """What somebody looks for in published responses."""

    words = wtforms.StringField(
        "Words",
        description="Finds responses that have all of the words.",
        validators=[Length(max=LONGEST_SEARCH, message=f"Enter at most {LONGEST_SEARCH} letters")],
    )
    kind = wtforms.SelectField("Kind of respondent", validate_choice=False)
    about = wtforms.SelectField("About", validate_choice=False)

    def offering(self, kinds: Mapping[str, int], items: Mapping[str, str]) -> Self:
        """Return this form with the kinds and items of which there is something to find."""
        self.kind.choices = [
            SelectChoice("", "All kinds"),
            *(
                SelectChoice(each.key, f"{each.label} ({kinds[each.key]:,})")
                for each in (*INDIVIDUAL_CLASSES, *ORGANISATION_TYPES)
                if each.key in kinds
            ),
        ]
        self.about.choices = [
            SelectChoice("", "Everything"),
            *(SelectChoice(key, title) for key, title in items.items()),
        ]
        return self


@dataclass(frozen=True)
class Fault:
    """Something to put right, as an error summary needs it."""

    id: str
    errors: tuple[str, ...]


def read_marking(
    posted: MultiDict[str, str], marks: Mapping[str, PassageMarks]
) -> Mapping[str, PassageMarks]:
    """Give passages, which have no marks yet, what was posted about them."""
    for each in marks.values():
        each.cuts.clear()
        each.answers.clear()
    read_marks(posted.getlist("mark"), marks)
    for key, each in marks.items():
        each.words = posted.get(f"words-{key}", "")
        each.which = posted.get(f"which-{key}", "").strip() or each.which
        each.reason = posted.get(f"reason-{key}", "")
        each.note = " ".join(posted.get(f"note-{key}", "").split())
        for suggestion in each.suggestions:
            answer = posted.get(f"suggestion-{key}-{suggestion.start}")
            if answer:
                each.answers[suggestion] = answer
        if len(each.note) > NOTE_LENGTH:
            each.word_errors.append(f"Shorten the note to {NOTE_LENGTH} characters")
        else:
            each.take_words()
    return marks


def marking_faults(marks: Mapping[str, PassageMarks]) -> Iterator[Fault]:
    """Yield what has to be put right in the passages, in their order."""
    for key, each in marks.items():
        for suggestion, message in each.suggestion_errors.items():
            yield Fault(f"suggestion-{key}-{suggestion.start}", (message,))
        if each.word_errors:
            yield Fault(f"words-{key}", tuple(each.word_errors))
        if each.reason_errors:
            yield Fault(f"reason-{key}", tuple(each.reason_errors))
