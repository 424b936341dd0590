"""Many people who respond, made from hand-written words by a seed: always the same people."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from webapp.consultations.respondents import Channel, Interest, Publish, Respondent, RespondsAs
from webapp.operations.example.responses import ExampleResponse, Said
from webapp.operations.example.voices import choices, general, letters, people
from webapp.operations.example.voices.culture import CULTURE
from webapp.operations.example.voices.direction import DIRECTION
from webapp.operations.example.voices.fairness import FAIRNESS
from webapp.operations.example.voices.governance import GOVERNANCE
from webapp.operations.example.voices.partners import PARTNERS
from webapp.operations.example.voices.quality import QUALITY
from webapp.operations.example.voices.remark import KEEP, REWORD, Remark

Key = TypeVar("Key", str, int)

SEED = 1948
WHOLE = 300
"""How many responses the example has."""

REMARKS: Mapping[str, Sequence[Remark]] = {
    **QUALITY,
    **DIRECTION,
    **FAIRNESS,
    **GOVERNANCE,
    **CULTURE,
    **PARTNERS,
}
SPEAKING_UP, PATIENT_VOICE = "culture.speaking-up", "quality.patient-voice"


class Fate(StrEnum):
    """What becomes of a response after it was written."""

    SENT = "sent"
    HELD = "held"
    IN_A_SURGE = "in a surge"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    ADMITTED_LATE = "admitted late"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Voice:
    """One response; `at` is when, from 0 at the opening to 1 at the closing."""

    response: ExampleResponse
    at: float
    channel: Channel = Channel.WEB
    fate: Fate = Fate.SENT


class _Deck:
    """Things that are dealt twice each at most, in an order of chance."""

    def __init__(self, chance: random.Random, cards: Iterable[tuple[str, Remark]]) -> None:
        dealt = list(cards)
        self._left = dealt + dealt
        chance.shuffle(self._left)

    def deal(self, fits: Callable[[str, Remark], bool] = lambda *_: True) -> tuple[str, Remark]:
        """Return the next that fits; raises StopIteration where there is none."""
        place = next(place for place, card in reversed(list(enumerate(self._left))) if fits(*card))
        return self._left.pop(place)


def crowd(number: int = WHOLE) -> tuple[Voice, ...]:
    """Return so many responses in the order in which they come."""
    return tuple(sorted(_Crowd(number).voices(), key=lambda each: each.at))


class _Crowd:
    """Makes everybody, one after the other."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._chance = random.Random(SEED)  # noqa: S311  # The same people every time.
        self._remarks = _Deck(
            self._chance, [(item, each) for item, said in REMARKS.items() for each in said]
        )
        self._domains = _Deck(
            self._chance,
            [
                (f"{domain} {question}", Remark(KEEP, text))
                for question, of_domains in (
                    ("missing", general.MISSING),
                    ("equality-effect", general.EQUALITY),
                )
                for domain, texts in of_domains.items()
                for text in texts
            ],
        )
        self._wordings = _Deck(
            self._chance,
            ((item, Remark(REWORD, text)) for item, text in general.WORDINGS.items()),
        )
        self._profiles = _Deck(
            self._chance,
            (
                (f"profile.{position}", Remark(KEEP, text))
                for position, texts in general.PROFILES.items()
                for text in texts
            ),
        )
        self._overall = _Deck(
            self._chance, [("consultation", Remark(KEEP, text)) for text in general.OVERALL]
        )

    def voices(self) -> Iterator[Voice]:
        identical = self._share(35)
        changed = self._share(25)
        alone = self._number - identical - changed
        organisations = min(self._share(len(people.ORGANISATIONS)), len(people.ORGANISATIONS))
        private = min(self._share(len(people.PERSONAL_DETAILS)), len(people.PERSONAL_DETAILS))
        made = [
            *(self._organisation(*each) for each in people.ORGANISATIONS[:organisations]),
            *(self._private(*each) for each in people.PERSONAL_DETAILS[:private]),
        ]
        made += [self._person() for _ in range(alone - len(made))]
        self._chance.shuffle(made)
        yield from self._come(made)
        for place in range(identical):
            # Some of them come so close together that they are held for a look.
            surge = Fate.IN_A_SURGE if place % 12 == 11 else Fate.SENT
            yield Voice(self._speaking_up(), self._around(0.52), fate=surge)
        for _ in range(changed):
            yield Voice(self._carer(), self._around(0.8))

    def _share(self, of_whole: int) -> int:
        return max(3, round(of_whole * self._number / WHOLE))

    def _come(self, made: Sequence[ExampleResponse]) -> Iterator[Voice]:
        """Yield each when it comes, most after the opening and before the closing."""
        papers = (Channel.LETTER, Channel.EMAIL, Channel.MEETING, Channel.FORM, Channel.TELEPHONE)
        fates = (
            *(Fate.HELD, Fate.REPLACED, Fate.ADMITTED_LATE, Fate.HELD, Fate.WITHDRAWN),
            *(Fate.REPLACED, Fate.LATE, Fate.REPLACED, Fate.WITHDRAWN, Fate.LATE),
        )
        for place, response in enumerate(made):
            if place % 17 == 5:
                yield Voice(response, self._moment(), channel=papers[place // 17 % len(papers)])
            elif place % 21 == 9:
                yield Voice(response, self._moment(), fate=fates[place // 21 % len(fates)])
            else:
                yield Voice(response, self._moment())

    def _moment(self) -> float:
        draw = self._chance.random()
        if draw < 0.34:
            return min(self._chance.expovariate(28), 0.9)
        if draw < 0.72:
            return max(1 - self._chance.expovariate(24), 0.05) - 0.001
        return self._chance.uniform(0.03, 0.97)

    def _around(self, middle: float) -> float:
        return min(max(self._chance.gauss(middle, 0.03), 0.01), 0.99)

    def _person(self) -> ExampleResponse:
        of_class = self._weighted(choices.CLASSES)
        respondent = self._somebody(of_class)
        said = list(self._about(respondent, self._weighted(choices.COMMENTS)))
        said += self._at_large(respondent, of_class)
        return ExampleResponse(respondent, tuple(said))

    def _organisation(self, kind: str, region: str, name: str, gathered: str) -> ExampleResponse:
        respondent = Respondent(
            responds_as=RespondsAs.ORGANISATION,
            respondent_class=kind,
            region=region,
            publish=Publish.NAMED,
            organisation_name=name,
            gathered=gathered,
            positions=self._positions("icb" if kind == "icb" else "organisation"),
            interest=Interest.DECLARED if kind == "search-firm" else Interest.NONE,
            interests=(
                "We are paid to find candidates for these positions."
                if kind == "search-firm"
                else ""
            ),
        )
        said = list(self._about(respondent, 3 + self._chance.randrange(3)))
        said += self._at_large(respondent, "organisation")
        return ExampleResponse(respondent, tuple(said))

    def _private(self, item: str, text: str) -> ExampleResponse:
        """Return somebody who says more than should be published."""
        of_class = "patient" if item.startswith("quality") else "nhs-staff"
        respondent = replace(self._somebody(of_class), publish=Publish.UNNAMED)
        return ExampleResponse(respondent, (*self._choices(item, KEEP, ()), _comment(item, text)))

    def _speaking_up(self) -> ExampleResponse:
        """Return somebody who sends a letter as it is."""
        respondent = self._somebody(self._weighted(choices.CAMPAIGNERS))
        said = (
            *self._choices(SPEAKING_UP, REWORD, ()),
            _comment(SPEAKING_UP, letters.SPEAKING_UP),
            Said("consultation", "overall", "with-large-changes"),
        )
        return ExampleResponse(replace(respondent, positions=()), said)

    def _carer(self) -> ExampleResponse:
        """Return somebody who changes a letter a little."""
        paragraphs = list(letters.CARERS)
        if self._chance.random() < 0.3:
            del paragraphs[self._chance.randrange(3)]
        opening = self._chance.choice(letters.CARERS_OPENINGS)
        closing = self._chance.choice(letters.CARERS_CLOSINGS)
        text = "\n\n".join(each for each in (opening, *paragraphs, closing) if each)
        said = [*self._choices(PATIENT_VOICE, REWORD, ()), _comment(PATIENT_VOICE, text)]
        if self._chance.random() < 0.7:
            said.append(Said("consultation", "overall", "with-small-changes"))
            said.append(Said("consultation", "overall-comment", text=letters.CARERS_OVERALL))
        return ExampleResponse(replace(self._somebody("patient"), positions=()), tuple(said))

    def _somebody(self, of_class: str) -> Respondent:
        publish = self._weighted(choices.PUBLISH)
        name = ""
        if publish == Publish.NAMED or self._chance.random() < 0.15:
            first = self._chance.choice(people.FIRST_NAMES)
            name = f"{first} {self._chance.choice(people.FAMILY_NAMES)}"
        return Respondent(
            responds_as=RespondsAs.INDIVIDUAL,
            respondent_class=of_class,
            region=self._weighted(choices.REGIONS),
            publish=Publish(publish),
            name=name,
            positions=self._positions(of_class),
            role=self._chance.choice(choices.ROLES.get(of_class, ("",))),
            interest=Interest.NONE,
        )

    def _positions(self, of_class: str) -> tuple[str, ...]:
        offered = choices.POSITIONS.get(of_class, ())
        return tuple(each for each in offered if self._chance.random() < 0.55)

    def _about(self, respondent: Respondent, comments: int) -> Iterator[Said]:
        """Yield what somebody says about competencies, and what they only tick."""
        seen: set[str] = set()

        def fits(item: str, remark: Remark) -> bool:
            return item not in seen and choices.suits(remark.text, respondent.respondent_class)

        for _ in range(comments):
            with suppress(StopIteration):
                item, remark = self._remarks.deal(fits)
                seen.add(item)
                yield from self._remarked(respondent, item, remark)
        for item in self._chance.sample(sorted(REMARKS), self._weighted(choices.TICKED)):
            if item not in seen:
                action = self._chance.choice([KEEP, KEEP, *(each.action for each in REMARKS[item])])
                yield from self._choices(item, action, respondent.positions)

    def _remarked(self, respondent: Respondent, item: str, remark: Remark) -> Iterator[Said]:
        yield from self._choices(item, remark.action, respondent.positions)
        yield _comment(item, self._in_their_voice(respondent, remark.text))
        with suppress(StopIteration):
            if remark.action == REWORD and self._chance.random() < 0.5:
                wording = self._wordings.deal(lambda of, _: of == item)
                yield Said(item, "wording", text=wording[1].text)

    def _in_their_voice(self, respondent: Respondent, text: str) -> str:
        about = general.OF_THEMSELVES.get(respondent.respondent_class, ("",))
        of_themselves = self._chance.choice(about)
        if not of_themselves or self._chance.random() < 0.5:
            return text
        front = self._chance.random() < 0.5
        return f"{of_themselves} {text}" if front else f"{text} {of_themselves}"

    def _choices(self, item: str, action: str, positions: Sequence[str]) -> Iterator[Said]:
        if action != KEEP or self._chance.random() < 0.9:
            yield Said(item, "action", action)
        if self._chance.random() < 0.85:
            yield Said(item, "clarity", self._weighted(choices.clarity(action)))
        for position in positions:
            wanted = choices.necessity(item, position, action)
            yield Said(item, "necessity", self._weighted(wanted), position=position)

    def _at_large(self, respondent: Respondent, of_class: str) -> Iterator[Said]:
        """Yield what somebody says about domains, positions and the whole."""
        if self._chance.random() < 0.7:
            views = choices.OVERALL.get(of_class, choices.OVERALL["public"])
            yield Said("consultation", "overall", self._weighted(views))
        with suppress(StopIteration):
            if self._chance.random() < 0.16:
                yield Said("consultation", "overall-comment", text=self._overall.deal()[1].text)
        with suppress(StopIteration):
            if self._chance.random() < 0.22:
                where, remark = self._domains.deal()
                domain, question = where.split()
                yield Said(domain, question, text=remark.text)
        for position in respondent.positions:
            if self._chance.random() < 0.4:
                yield from self._about_position(f"profile.{position}")

    def _about_position(self, item: str) -> Iterator[Said]:
        yield Said(item, "essential-right", self._weighted(choices.ESSENTIALS))
        yield Said(item, "weights-right", self._weighted(choices.WEIGHTS))
        with suppress(StopIteration):
            if self._chance.random() < 0.25:
                dealt = self._profiles.deal(lambda of, _: of == item)
                yield Said(item, "profile-comment", text=dealt[1].text)

    def _weighted(self, weights: Mapping[Key, float]) -> Key:
        return self._chance.choices(list(weights), list(weights.values()))[0]


def _comment(item: str, text: str) -> Said:
    return Said(item, "comment", text=text)
