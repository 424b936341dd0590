"""Campaigns as they come: a form letter that many send, each after editing it in some way.

Round it are honest responses on the same subject, in the same words, by people who copied nothing.
Everything follows from a seed.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_SPEAKING_UP = (
    "I am writing to ask that the competency on speaking up stays essential for every member of a "
    "board. Staff who raise a concern still lose their posts, and too many boards only hear of it "
    "from a newspaper or a tribunal."
)
_PANELS = (
    "A director who has never protected somebody who spoke up should not be appointed. Panels "
    "should ask for one example, check it with the person concerned, and write down what they "
    "were told before they decide."
)
_WORDING = (
    "The proposed wording is weaker than the wording of last year. It says that a member listens, "
    "when it ought to say that a member acts, reports back within a month and answers for what "
    "happened next."
)
_FIGURES = (
    "Please also make the figures public. Each trust should print how many concerns were raised, "
    "how many were upheld, and whether those who raised them are still employed a year later."
)
LETTER = (_SPEAKING_UP, _PANELS, _WORDING, _FIGURES)

_TOO_MANY = (
    "Our group supports the framework but not the number of competencies that are essential for "
    "a non-executive director. Nobody who works for a living can show evidence for twenty of them."
)
_EIGHT = (
    "We suggest eight, chosen by the council of governors, and that the others are desirable and "
    "looked at in the second year of an appointment together with the plan for development."
)
ANOTHER_LETTER = (_TOO_MANY, _EIGHT)

OPENINGS = (
    "Dear team,",
    "To whom it may concern.",
    "As a nurse of twenty years I have seen this on my own ward.",
    "My mother was a patient in a hospital where nobody dared to say anything.",
    "I am a governor and was asked by my members to write.",
    "I retired in spring, so I can finally say what I think.",
)
CLOSINGS = (
    "Kind regards, a resident of the county.",
    "Thank you for reading this.",
    "I hope that you will listen this time.",
    "Yours sincerely, a former midwife and now a carer.",
    "Please keep me informed about what you decide.",
)
SHORT = ("I agree.", "No comment", "Agree with all of it", "See above.", "", "👍", "N/A", "…")

# Pieces of up to four words, so that honest texts share words and turns of phrase and no sentence.
_SUBJECTS = (
    *("a board member", "our chair", "the lead director", "a panel", "somebody from outside"),
    *("each trust", "a new non-executive", "the council", "my own board", "the committee"),
    *("a medical director", "the regulator", "an appraiser", "the people team", "a governor"),
    *("a ward manager", "the executive", "a search firm", "our union", "the audit chair"),
)
_VERBS = (
    *("should listen to", "rarely hears of", "ought to report", "can explain", "answers for"),
    *("will not notice", "needs evidence of", "asks about", "looks into", "writes down"),
    *("takes a long time with", "avoids", "is judged on", "makes public", "puts off"),
    *("never follows up", "is moved by", "wants to measure", "learns from", "walks past"),
)
_OBJECTS = (
    *("concerns about care", "the wording", "lost posts", "long waits", "this competency"),
    *("an appraisal", "the figures", "an essential criterion", "a tribunal", "training money"),
    *("the night staff", "a second inspection", "what carers say", "plans for development"),
    *("a newspaper story", "the staff survey", "smaller organisations", "the last report"),
    *(
        "complaints",
        "those who spoke up",
        "an empty post",
        "a good idea",
        "bullying",
        "the minutes",
    ),
)
_QUALIFIERS = (
    *("in our region", "every autumn", "after the merger", "without being asked", "on paper"),
    *("when money is short", "once a year", "before a meeting", "as far as I know", "too late"),
    *("for the first time", "behind closed doors", "in the annual report", "with patients"),
    *("at night", "in spring", "since the inspection", "more often than not", "in plain words"),
)
_LINKS = (
    *("because", "although", "and I wonder whether", "so I doubt that", "which is why"),
    *("unless", "while", "and in my experience", "even where", "but I have seen that"),
)
_OTHER_WORDS = (
    "really",
    "often",
    "clearly",
    "people",
    "hospital",
    "manager",
    "safety",
    "always",
    "nobody",
    "change",
    "trusts",
    "honest",
)


@dataclass(frozen=True)
class Sent:
    """A text that somebody sent; `level` is how its letter was edited, empty for an honest one."""

    answer_id: uuid.UUID
    response_id: uuid.UUID
    text: str
    level: str = ""


class Writers:
    """Everybody who writes, in an order of chance that is the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        """Begin."""
        self.chance = random.Random(seed)  # noqa: S311  # The same every time.

    def honest(self, number: int) -> Iterator[Sent]:
        """Yield people who write for themselves, some of them next to nothing."""
        for _ in range(number):
            if self.chance.random() < 0.2:
                yield self.sent(self.chance.choice(SHORT))
            else:
                yield self.sent(self.own_words(self.chance.randint(1, 7)))

    def campaign(self, letter: tuple[str, ...], level: str, number: int) -> Iterator[Sent]:
        """Yield people who send a letter, each edited in their own way."""
        edit = LEVELS[level]
        for _ in range(number):
            yield self.sent(edit(self, letter), level)

    def own_words(self, sentences: int) -> str:
        """Return sentences of somebody’s own."""
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        pick = self.chance.choice
        said = [pick(_SUBJECTS), pick(_VERBS), pick(_OBJECTS)]
        if self.chance.random() < 0.6:
            said.append(pick(_QUALIFIERS))
        said += [pick(_LINKS), pick(_SUBJECTS), pick(_VERBS), pick(_OBJECTS)]
        return f"{' '.join(said)}.".capitalize()

    def sent(self, text: str, level: str = "") -> Sent:
        """Return a text under ids that follow from the seed."""
        return Sent(self._id(), self._id(), text, level)

    def with_greetings(self, letter: tuple[str, ...]) -> str:
        """Add an opening and a closing."""
        parts = (self.chance.choice(OPENINGS), *letter, self.chance.choice(CLOSINGS))
        return "\n\n".join(parts)

    def mistyped(self, letter: tuple[str, ...], share: float) -> str:
        """Swap two letters in some of the words."""

        def slip(word: str) -> str:
            if len(word) < 4 or self.chance.random() >= share:
                return word
            at = self.chance.randrange(len(word) - 1)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

        return " ".join(slip(word) for word in " ".join(letter).split())

    def reworded(self, letter: tuple[str, ...], share: float) -> str:
        """Put other words in the place of some."""
        return " ".join(
            self.chance.choice(_OTHER_WORDS) if self.chance.random() < share else word
            for word in " ".join(letter).split()
        )

    def shortened(self, letter: tuple[str, ...], paragraphs: int) -> str:
        """Leave out paragraphs."""
        kept = sorted(self.chance.sample(range(len(letter)), max(len(letter) - paragraphs, 1)))
        return "\n\n".join(letter[place] for place in kept)

    def lengthened(self, letter: tuple[str, ...], sentences: int) -> str:
        """Add somebody’s own words before the letter and after it."""
        before = self.own_words(sentences - sentences // 2)
        return "\n\n".join((before, *letter, self.own_words(sentences // 2)))

    def _id(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128))


LEVELS: Mapping[str, Callable[[Writers, tuple[str, ...]], str]] = {
    "word for word": lambda writers, letter: "\n\n".join(letter),
    "greeting and closing": Writers.with_greetings,
    "1 word in 20 mistyped": lambda writers, letter: writers.mistyped(letter, 0.05),
    "1 word in 10 mistyped": lambda writers, letter: writers.mistyped(letter, 0.1),
    "1 paragraph left out": lambda writers, letter: writers.shortened(letter, 1),
    "half left out": lambda writers, letter: writers.shortened(letter, 2),
    "a third added": lambda writers, letter: writers.lengthened(letter, 2),
    "as much again added": lambda writers, letter: writers.lengthened(letter, 7),
    "1 word in 10 replaced": lambda writers, letter: writers.reworded(letter, 0.1),
    "1 word in 5 replaced": lambda writers, letter: writers.reworded(letter, 0.2),
    "3 words in 10 replaced": lambda writers, letter: writers.reworded(letter, 0.3),
    "half of the words replaced": lambda writers, letter: writers.reworded(letter, 0.5),
}
