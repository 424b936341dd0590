"""What can be wrong with equality answers that somebody sends."""

from __future__ import annotations


class EqualityError(Exception):
    """Equality answers are not taken; the text says why."""


class FormsClosed(EqualityError):
    """The consultation closed so long ago that its forms are being counted."""


class NoQuestions(EqualityError):
    """The library has no equality questions."""
