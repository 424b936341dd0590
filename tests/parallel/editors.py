"""Several people who change one draft at random, and settle what clashes as people would."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from tests.pages.client import Client, Screen, filled_in
from tests.pages.together import Colleague
from tests.program import Program

ITEMS = ("culture.speaking-up", "quality.patient-voice")
WORD = re.compile(r"\bw\d+x\d+\b")
NAMES = ("Asha Rao", "Ben Cole", "Cai Huw", "Dee Okoro", "Eli Stone")


def colleagues(program: Program, number: int) -> list[Client]:
    """Return the browsers of so many colleagues who write one response."""
    lead = Colleague(program.browser(), name=NAMES[0])
    lead.introduce_organisation()
    lead.choose(*ITEMS)
    lead.lead()
    code = lead.joining_code()
    found = [lead.browser]
    for name in NAMES[1:number]:
        colleague = Colleague(program.browser(), name=name)
        colleague.join(code)
        found.append(colleague.browser)
    return found


@dataclass
class Memory:
    """What was acknowledged to anybody, which has to be there in the end."""

    words: set[str] = field(default_factory=set)
    choices: dict[str, str] = field(default_factory=dict)
    """The choice that was acknowledged last, by the name of its question."""
    clashes: int = 0
    not_given_back: list[str] = field(default_factory=list)
    """Words that somebody typed and did not find again on the page that answered."""


@dataclass
class Editor:
    """One of them: has at most one page open, and knows what they typed on it."""

    browser: Client
    place: int
    memory: Memory
    chance: random.Random
    numbers: Iterator[int]
    screen: Screen | None = None
    typed: dict[str, str] = field(default_factory=dict)
    """The fields that they changed on the page, with what stands there now."""

    def act(self) -> None:
        """Do one thing that somebody might do."""
        if self.screen is None:
            self.open(self.chance.choice(ITEMS))
        elif self.chance.random() < 0.5:
            self.type()
        else:
            self.save()

    def open(self, item: str) -> None:
        """Open the page of an item."""
        path = f"/consultations/example-region/response/items/{item}"
        self.screen, self.typed = self.browser.open(path), {}

    def type(self) -> None:
        """Add a word to one of the texts, or choose something else."""
        assert self.screen is not None
        data = self.data()
        form = self.screen.form("Save")
        texts = [str(each["name"]) for each in form.select("textarea:not([hidden])")]
        radios = sorted({str(each["name"]) for each in form.select("input[type=radio]")})
        if self.chance.random() < 0.7:
            name = self.chance.choice(texts)
            before = data[name][0]
            self.typed[name] = f"{before} w{self.place}x{next(self.numbers)}".strip()
        else:
            name = self.chance.choice(radios)
            options = [str(each["value"]) for each in form.select(f'input[name="{name}"]')]
            self.typed[name] = self.chance.choice(options)

    def data(self) -> dict[str, list[str]]:
        """Return what the page would send now."""
        assert self.screen is not None
        typed = {name: [value] for name, value in self.typed.items()}
        return filled_in(self.screen.form("Save")) | typed

    def save(self) -> None:
        """Press the button, and settle what clashes until everything is acknowledged."""
        assert self.screen is not None
        data = self.data() | {"then": ["list"]}
        form = self.screen.form("Save")
        answer = self.post(urljoin(self.screen.path, str(form.get("action") or "")), data)
        while answer.status == 409:
            self.memory.clashes += 1
            answer = self.settle(answer)
        assert answer.status == 200, answer.text[:500]
        self.memory.words |= set(WORD.findall(" ".join(self.typed.values())))
        for name, value in self.typed.items():
            if not WORD.search(value):
                self.memory.choices[name] = value
        self.screen = None

    def settle(self, screen: Screen) -> Screen:
        """Keep both texts, the own choice where one was made, and else what was saved."""
        form = screen.form("Save these answers")
        data = filled_in(form)
        for name in [each.removeprefix("keep:") for each in self.asked(screen)]:
            mine = self.typed.get(name)
            together = data.get(f"both:{name}", [""])[0]
            if mine is None:
                kept = "saved"
            elif f"both:{name}" in data:
                kept = "both"
                self.memory.not_given_back += [
                    word for word in WORD.findall(mine) if word not in together
                ]
                # Nobody leaves the same words there twice.
                self.typed[name] = " ".join(dict.fromkeys(together.split()))
                data[f"both:{name}"] = [self.typed[name]]
            else:
                kept = self.chance.choice(("saved", "sent"))
                if kept == "saved":
                    del self.typed[name]
            data[f"keep:{name}"] = [kept]
        return self.post(urljoin(screen.path, str(form["action"])), data)

    def asked(self, screen: Screen) -> list[str]:
        """Return the names of the decisions that a page of clashes asks for, once each."""
        radios = screen.form("Save these answers").select('input[name^="keep:"]')
        return sorted({str(each["name"]) for each in radios})

    def post(self, path: str, data: dict[str, list[str]]) -> Screen:
        """Post and follow; where the service is busy the browser sends it again."""
        for _ in range(20):
            response = self.browser.flask.post(path, data=data, follow_redirects=True)
            if response.status_code != 503:
                break
        return Screen(response, path, BeautifulSoup(response.text, "lxml"))


def final_answers(browser: Client) -> dict[str, list[str]]:
    """Return every answer of the draft as its pages show it."""
    found: dict[str, list[str]] = {}
    for item in ITEMS:
        screen = browser.open(f"/consultations/example-region/response/items/{item}")
        found |= filled_in(screen.form("Save"))
    return found
