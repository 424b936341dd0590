"""What can be wrong with what somebody asks of a consultation."""

from __future__ import annotations

from collections.abc import Sequence

from webapp.consultations.fitness import Missing
from webapp.consultations.respondents import AboutStep
from webapp.consultations.response import Submission


class ConsultationError(Exception):
    """A consultation does not allow this; the text says what is wrong."""


class SlugTaken(ConsultationError):
    """Another consultation, perhaps of another organisation, has this address."""


class NotOpenToConsultation(ConsultationError):
    """The framework version is not in its consultation status, or it is not in the library."""


class QuestionnaireMissing(ConsultationError):
    """The library has no such questionnaire version."""


class WrongState(ConsultationError):
    """A consultation cannot be edited, opened or closed from the state that it is in."""


class ChangedMeanwhile(ConsultationError):
    """Somebody else changed the consultation since the page was opened."""


class WrongPeriod(ConsultationError):
    """The dates cannot be."""


class NotFitToOpen(ConsultationError):
    """The consultation lacks what it needs before it may be opened; `missing` names it."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        """Take what is missing, in the order of the sections."""
        super().__init__("; ".join(each.what for each in missing))
        self.missing = tuple(missing)


class CannotRevise(ConsultationError):
    """What is shown cannot be put right like this; `problems` says everything that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Take the problems, each a sentence."""
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


class NothingChanges(ConsultationError):
    """Everything would be shown as it is."""


class NoDocument(ConsultationError):
    """The consultation has no such document, or not any more."""


class TooManyDocuments(ConsultationError):
    """No more documents can be attached."""


class TooManyLinks(ConsultationError):
    """As many links to a preview work as may."""


class EditionChanged(ConsultationError):
    """What is consulted on was revised since a page was shown; nothing was sent from it."""

    def __init__(self, shown: int, present: int) -> None:
        """Take the edition that the page showed and the present one."""
        super().__init__(f"edition {shown} was shown, and {present} is the present one")
        self.shown = shown
        self.present = present


class FrameworkChanged(ConsultationError):
    """A published file is not what it was when the consultation was opened."""


class ConsultationNotOpen(ConsultationError):
    """Responses are not taken: it has not opened yet, or it has closed."""


class NoDraft(ConsultationError):
    """There is no such draft: it was never started, or it was sent."""


class NotTheLead(ConsultationError):
    """Several colleagues write this response, and another of them decides about it."""


class NotAnOrganisation(ConsultationError):
    """Only a response for an organisation that has a name is written together."""


class NotInvited(ConsultationError):
    """No response of this consultation can be joined with this code, or not any more."""


class NameTaken(ConsultationError):
    """Another of the colleagues has this name."""


class TooManyMembers(ConsultationError):
    """No more colleagues can join."""


class NotAMember(ConsultationError):
    """Whoever is named does not write this response, or left."""


class TooManyNotes(ConsultationError):
    """The response has as many notes as it may have."""


class AnotherDraft(ConsultationError):
    """The page belongs to another response than the one that this browser is writing."""


class EmptyResponse(ConsultationError):
    """Nothing was answered, so there is nothing to send."""


class NotReceivedThen(ConsultationError):
    """Nobody can have sent a response at that moment: it is to come, or nothing was open."""


class CannotReplace(ConsultationError):
    """The earlier response was replaced, withdrawn or removed: another cannot take its place."""

    def __init__(self, earlier: Submission) -> None:
        """Take the response that was to be replaced."""
        super().__init__(f"{earlier.reference} cannot be replaced: it is {earlier.standing}")
        self.earlier = earlier


class IsOver(ConsultationError):
    """The response was replaced, withdrawn or removed, so nothing can be done about it."""


class StillOpen(ConsultationError):
    """The consultation is open: a response is sent, and not lodged late."""


class NotThatDecision(ConsultationError):
    """What was decided does not fit how the response stands now."""


class RespondentMissing(ConsultationError):
    """Pages about who is responding are not complete; `steps` names them."""

    def __init__(self, steps: Sequence[AboutStep]) -> None:
        """Take the pages that are missing, in order."""
        super().__init__(f"not complete: {', '.join(steps)}")
        self.steps = tuple(steps)


class TooManyMails(ConsultationError):
    """A response asks for more mails with its link than one may."""
