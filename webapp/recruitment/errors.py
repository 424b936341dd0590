"""What recruitment refuses."""

from __future__ import annotations


class VacancyUnknown(LookupError):
    """There is no such vacancy."""


class NumberTaken(ValueError):
    """The organisation has a vacancy of that number already."""


class PlanChanged(ValueError):
    """Somebody else saved the questions of this stage first."""


class TooManyQuestions(ValueError):
    """A stage has as many questions as it may have."""
