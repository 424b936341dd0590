"""The sentences in which a checked document is spoken of, on pages and in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How an answer is to be taken."""

    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"


@dataclass(frozen=True)
class Answer:
    """What a document is worth: in a few words, in a few sentences, and what to do next."""

    tone: Tone
    heading: str
    text: str
    advice: tuple[str, ...] = ()


_GET_IT_AGAIN = (
    "Do not rely on it. Get the document again from whoever issued it, or from this service."
)
_TYPE_IT = (
    "If you have it on paper, or it was scanned or printed to a new PDF: type the identifier that "
    "is at the foot of each page instead."
)
_ASK_FOR_IT = "If somebody sent it as a document of ours: ask for the file as it was issued."
_LOOK_AT_THE_STAMP = (
    "The foot of each page and the QR code on the first one name the service that issued it: "
    "check it there."
)
_GET_A_SIGNED_ONE = (
    "Everything that leaves through the pages of this service is signed. If it matters who made "
    "this file, get the document there."
)
_COMPARE = (
    "Compare it group by group with the foot of the page, and look where the QR code leads: "
    "another service may have issued the document."
)
_CHECK_THE_FILE = (
    "Documents that were made by command, and forms that were made for many people at once, are "
    "in no register by an identifier of their own: check the file itself instead."
)

UNCHANGED = Answer(
    Tone.GOOD,
    "This file is exactly as we made it",
    "It is the same to the byte: nothing was filled in and nothing was changed since.",
)
FILLED_IN = Answer(
    Tone.GOOD,
    "This is a form of ours, filled in or saved again",
    "Its pages, its questions and the values that we wrote into it are as we made them. What "
    "somebody filled in since then is theirs: we do not check it and do not keep it. How a box is "
    "drawn is up to the program that saved it, so it can show something else than the file holds.",
)
SAVED_AGAIN = Answer(
    Tone.GOOD,
    "This is our document, saved again",
    "Another program has saved it; everything that it shows is as we made it.",
)
ALTERED = Answer(
    Tone.BAD,
    "This file has been altered",
    "It began as a document of ours, and what it shows or does is not what we made: a page, a "
    "question, a value that we wrote in, or something added.",
    (_GET_IT_AGAIN,),
)
ALTERED_UNSIGNED = Answer(
    Tone.BAD,
    "This file has been altered",
    "It is not what its own seal says, and that seal is not signed.",
    (_GET_IT_AGAIN,),
)
FORGED = Answer(
    Tone.BAD,
    "This file carries a false seal",
    "Its seal names a key of ours, and that key never signed it.",
    (_GET_IT_AGAIN,),
)
UNKNOWN_KEY = Answer(
    Tone.CAUTION,
    "This file was not sealed by this service",
    "Its seal was made with a key that this service does not have, so nothing can be said about "
    "it here.",
    (_LOOK_AT_THE_STAMP,),
)
UNSIGNED = Answer(
    Tone.CAUTION,
    "This file is not signed",
    "It is what its own seal says, but the seal is not signed: anybody could have made it.",
    (_GET_A_SIGNED_ONE,),
)
NOT_OURS = Answer(
    Tone.BAD,
    "This is not a file of ours",
    "It carries no seal: nothing in it shows that it was issued here.",
    (_TYPE_IT, _ASK_FOR_IT),
)

TOO_LARGE = Answer(
    Tone.BAD,
    "This file is too large to be one of ours",
    "No document of ours has more than 10 MB.",
    (_TYPE_IT,),
)
NOT_A_PDF = Answer(
    Tone.BAD,
    "This is not a PDF file",
    "Our documents are PDF files, and this is something else.",
    (_TYPE_IT,),
)
DAMAGED = Answer(
    Tone.BAD,
    "This file is damaged",
    "It is cut off, or was changed so that it cannot be read without guessing.",
    ("Save, download or send it once more, and check the new file.", _TYPE_IT),
)
ENCRYPTED = Answer(
    Tone.BAD,
    "This file is encrypted",
    "It is protected by a password or a licence, so nobody can look into it here.",
    ("Check the file as it was issued, which is never encrypted.", _TYPE_IT),
)
TOO_MUCH = Answer(
    Tone.BAD,
    "This is not a file of ours",
    "It takes more time or memory to read than any document of ours.",
    (_TYPE_IT,),
)

KNOWN_IDENTIFIER = Answer(
    Tone.GOOD,
    "This identifier is one of ours",
    "This service issued a document with it. Compare what is below with the document that you "
    "have. An identifier alone does not show whether a text was changed: check the file for that.",
)
UNKNOWN_IDENTIFIER = Answer(
    Tone.CAUTION,
    "We do not know this identifier",
    "No document with it has left through the pages of this service.",
    (_COMPARE, _CHECK_THE_FILE),
)
LATER = Answer(
    Tone.CAUTION,
    "There is a later revision",
    "A later revision of the same document has been issued since. Ask for that one.",
)

_UNALTERED = "Its text is unaltered since it was published."

IN_FORCE = Answer(Tone.GOOD, "Its framework version is in force", _UNALTERED)
WITHDRAWN = Answer(
    Tone.BAD,
    "Its framework version has been withdrawn",
    f"{_UNALTERED} It is not to be used any more.",
)
NOT_YET_IN_FORCE = Answer(Tone.CAUTION, "Its framework version is not in force yet", _UNALTERED)
OTHER_TEXT = Answer(
    Tone.BAD,
    "Its framework is not the published one",
    "The document was made from a version of that number with another text than the one that is "
    "published here.",
)
UNKNOWN_VERSION = Answer(
    Tone.CAUTION,
    "Its framework version is not published here",
    "So nothing can be said about whether it is unaltered and still current.",
)
DAMAGED_VERSION = Answer(
    Tone.BAD,
    "Its framework version cannot be checked",
    "The published file of that version is not as it was locked. Tell whoever runs this service.",
)


def replaced_by(version: str) -> Answer:
    """Return what is said of a version that is no longer current; empty if there is none now."""
    by = f"by version {version}" if version else "by a later one"
    return Answer(Tone.CAUTION, f"Its framework version has been replaced {by}", _UNALTERED)


def not_final(status: str) -> Answer:
    """Return what is said of a draft, a consultation or a candidate."""
    stage = {"draft": "a draft", "consultation": "for consultation"}.get(status, "a candidate")
    return Answer(
        Tone.CAUTION,
        f"Its framework version is {stage}",
        f"{_UNALTERED} It is not a final version, and not in force.",
    )
