"""What a lead puts right while a consultation is open, and what the public is told about it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence, Set
from typing import Self

import wtforms
from wtforms.validators import DataRequired, InputRequired, ValidationError

from webapp.consultations.consultation import PROSE_LENGTH, Consultation
from webapp.consultations.editions import AttachedDocument, DocumentKind
from webapp.consultations.forms.texts import at_most, plain
from webapp.consultations.revising import NOTICE_LENGTH, Revision
from webapp.consultations.services import LaterVersion
from webapp.web.forms import Form, SelectChoice


class RevisionForm(Form):
    """Everything that may change, as it shall be shown, and the notice."""

    questionnaire = wtforms.RadioField(
        "Questionnaire", validators=[InputRequired("Select the version to ask from now on")]
    )
    added = wtforms.SelectMultipleField("Documents to show from now on")
    taken_away = wtforms.SelectMultipleField("Documents to show no longer")
    privacy_notice = wtforms.TextAreaField(
        "Privacy notice",
        description="Change the words here. Leave them as they are if they are right.",
        filters=[plain],
        validators=[at_most(PROSE_LENGTH)],
    )
    notice = wtforms.TextAreaField(
        "Public notice",
        description="Say what was wrong, what is different now, and for whom it matters. Everybody"
        " reads this on the page of the consultation, with its date.",
        filters=[plain],
        validators=[
            DataRequired("Enter what the public is told about this change"),
            at_most(NOTICE_LENGTH),
        ],
    )
    revision = wtforms.HiddenField(default="0")

    @classmethod
    def of(cls, consultation: Consultation, waiting: Iterable[AttachedDocument]) -> Self:
        """Return the form with what is shown now, and everything chosen that waits."""
        return cls(
            data={
                "questionnaire": consultation.details.questionnaire_version,
                "added": [str(each.id) for each in waiting],
                "taken_away": [],
                "privacy_notice": consultation.details.privacy_notice,
                "revision": str(consultation.revision),
            }
        )

    def offering(
        self,
        consultation: Consultation,
        later: Sequence[LaterVersion],
        shown: Iterable[AttachedDocument],
        waiting: Iterable[AttachedDocument],
    ) -> Self:
        """Return this form with what there is to choose from."""
        now = consultation.details.questionnaire_version
        fit = [each.questionnaire.version for each in later if not each.problems]
        self.offered = (now, *fit)
        self.questionnaire.choices = [
            SelectChoice(now, f"Keep version {now}, which is asked now"),
            *(SelectChoice(version, f"Ask version {version}") for version in fit),
        ]
        waiting, shown = tuple(waiting), tuple(shown)
        self.added.choices = [SelectChoice(str(each.id), each.title) for each in waiting]
        self.taken_away.choices = [SelectChoice(str(each.id), each.title) for each in shown]
        self.assessments_shown, self.assessments_waiting = (
            {str(each.id) for each in some if each.kind is DocumentKind.IMPACT_ASSESSMENT}
            for some in (shown, waiting)
        )
        self.privacy_was = consultation.details.privacy_notice
        return self

    offered: tuple[str, ...] = ()
    """The versions of the questionnaire to choose from, the present one in front."""

    privacy_was = ""
    """The privacy notice that is shown now."""

    assessments_shown: Set[str] = frozenset()
    assessments_waiting: Set[str] = frozenset()
    """The impact assessments among the documents to choose from."""

    def going_on_from(self, consultation: Consultation) -> Self:
        """Return this form with everything typed, to be tried again on what is shown now."""
        self.revision.data = str(consultation.revision)
        if self.questionnaire.data not in self.offered:
            self.questionnaire.data = consultation.details.questionnaire_version
        return self

    def validate_privacy_notice(self, field: wtforms.Field) -> None:
        """Let a notice that is there be put right, and not be taken away."""
        if self.privacy_was and not field.data:
            raise ValidationError("Enter the privacy notice: it can be put right, not taken away")

    def validate_taken_away(self, field: wtforms.Field) -> None:
        """Let an impact assessment be replaced, and not be taken away for nothing."""
        stays = self.assessments_shown - set(field.data or ())
        comes = self.assessments_waiting & set(self.added.data or ())
        if self.assessments_shown and not stays and not comes:
            raise ValidationError("Show an impact assessment in place of the one you take away")

    @property
    def shown_revision(self) -> int:
        """The revision that the page showed; 0 where it was tampered with."""
        typed = self.revision.data or ""
        return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed, re.ASCII) else 0

    def change(self) -> Revision:
        """Return what a valid form says."""
        return Revision(
            notice=self.notice.data or "",
            questionnaire_version=self.questionnaire.data,
            privacy_notice=self.privacy_notice.data or "",
            added=tuple(map(uuid.UUID, self.added.data or ())),
            taken_away=tuple(map(uuid.UUID, self.taken_away.data or ())),
        )
