"""The form for a new pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from exports.packs.people import LineProblem, PackForm
from frameworks.library import Published
from frameworks.model import AssessAt
from webapp.packs.tables import offered_positions
from webapp.web.forms import Form, SelectChoice

STAGE_TITLES = {
    AssessAt.APPLICATION: "Application",
    AssessAt.INTERVIEW: "Interview",
    AssessAt.PRESENTATION: "Presentation",
    AssessAt.STAKEHOLDER: "Stakeholder group",
}
VACANCY_LENGTH = 150
MOST_LISTED = 200
"""How many mistakes a page lists; whoever makes more has one mistake many times."""

LONGEST_KEPT = 60_000
"""How long a table may be that a page shows again to be corrected, in characters."""


@dataclass
class TableFile:
    """The field for the file, with everything that is wrong with the table."""

    id: str = "file"
    errors: list[str] = field(default_factory=list)
    problems: tuple[LineProblem, ...] = ()

    def refuse(self, problems: Iterable[LineProblem]) -> None:
        """Say what is wrong with the table."""
        self.problems = tuple(problems)
        count = len(self.problems)
        self.errors = [
            f"The table has {count} mistakes: they are listed below"
            if count > 1
            else f"The table has a mistake on {self.problems[0]}"
        ]

    @property
    def listed(self) -> tuple[str, ...]:
        """The mistakes as sentences, the first of them where there are too many."""
        return tuple(str(each) for each in self.problems[:MOST_LISTED])


class PackWantedForm(Form):
    """What is asked for: `position` is `slug@version position`, or without a position."""

    position = SelectField(
        "Framework and board position",
        [InputRequired("Choose the framework and the board position")],
    )
    table = TextAreaField("Or paste the table")

    def offer(self, versions: Iterable[Published], form: PackForm, on: dt.date) -> None:
        """Fill in the positions of the versions that forms are made from."""
        self.position.choices = [SelectChoice("", "Choose a position")]
        for published in versions:
            group = f"{published.framework.title} {published.framework.version}"
            each_row = SelectChoice(
                str(published.reference), "As the profile column of each row says", optgroup=group
            )
            self.position.choices += [
                each_row,
                *(
                    SelectChoice(f"{published.reference} {key}", title, optgroup=group)
                    for key, title in offered_positions(published, form, on)
                ),
            ]

    @property
    def asked_stage(self) -> AssessAt | None:
        """The stage that is asked for; None for review forms."""
        return None

    @property
    def asked_vacancy(self) -> str:
        """What is printed as the vacancy."""
        return ""


class ScorecardsWantedForm(PackWantedForm):
    """Scorecards have a stage and a vacancy besides."""

    stage = RadioField(
        "Stage",
        [InputRequired("Choose the stage")],
        choices=[SelectChoice(stage.value, title) for stage, title in STAGE_TITLES.items()],
    )
    vacancy = StringField(
        "Vacancy",
        [Length(max=VACANCY_LENGTH, message="Shorten the vacancy to 150 characters or fewer")],
        description="As it is printed on every scorecard; leave it empty for room to write",
    )

    @property
    def asked_stage(self) -> AssessAt | None:
        """The stage that is asked for."""
        return AssessAt(self.stage.data)

    @property
    def asked_vacancy(self) -> str:
        """What is printed as the vacancy."""
        return self.vacancy.data or ""


FORMS: dict[PackForm, type[PackWantedForm]] = {
    PackForm.APPRAISAL: PackWantedForm,
    PackForm.SCORECARD: ScorecardsWantedForm,
}
