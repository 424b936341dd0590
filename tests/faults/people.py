"""Sixteen people who respond over and over, and what each of them was told."""

from __future__ import annotations

import itertools
import random
import threading
import traceback
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.wire import Answer, NoAnswer, WireBrowser
from tests.pages.respondent import Respondent

WORDS = ("Say who listens,", "und zwar mündlich;", "пишите кратко.", "Gofynnwch i'r bobl.", "𝄞?")


@dataclass(frozen=True)
class Draft:
    """What somebody saved and was told is saved; they have not sent it."""

    browser: WireBrowser
    item: str
    text: str


@dataclass
class Ledger:
    """What the server acknowledged, as the people remember it; any thread may write."""

    sent: dict[str, str] = field(default_factory=dict)
    """The text of every response whose sending was acknowledged, by its mark."""
    drafts: dict[str, Draft] = field(default_factory=dict)
    """Every text whose saving was acknowledged and that was not sent, by its mark."""
    saves: int = 0
    posts: Counter[str] = field(default_factory=Counter)
    """How often each response was posted until an answer came."""
    stuck: list[str] = field(default_factory=list)
    """What kept somebody from going on, which nothing should."""
    broken: list[str] = field(default_factory=list)
    """Every answer that said the server could not: people try again, and it is a fault where
    nobody kills the server."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def saved(self, mark: str, draft: Draft) -> None:
        """Note that a save was acknowledged."""
        with self._lock:
            self.saves += 1
            self.drafts[mark] = draft

    def posted(self, mark: str) -> None:
        """Note that somebody pressed the button that sends, or their browser did so again."""
        with self._lock:
            self.posts[mark] += 1

    def submitted(self, mark: str) -> None:
        """Note that sending was acknowledged."""
        with self._lock:
            self.sent[mark] = self.drafts[mark].text

    def stopped(self, why: str) -> None:
        """Note that somebody could not go on."""
        with self._lock:
            self.stuck.append(why)

    def broke(self, what: str) -> None:
        """Note that the server answered that it could not."""
        with self._lock:
            self.broken.append(what)

    def closed(self, mark: str) -> None:
        """Note that nobody can read that draft any more, because it was sent."""
        with self._lock:
            self.drafts.pop(mark, None)


@dataclass
class Moments:
    """When something happens in the middle of which a server may be killed."""

    sending: threading.Event = field(default_factory=threading.Event)
    acknowledged: threading.Event = field(default_factory=threading.Event)


@dataclass
class People:
    """Threads of people, each with a browser, who go on until they are asked to stop."""

    port: int
    slug: str
    items: tuple[str, ...]
    ledger: Ledger
    moments: Moments
    seed: int = 0
    reloads: int = 0
    leaving: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def come(self, number: int) -> None:
        """Let so many people begin."""
        for place in range(number):
            thread = threading.Thread(target=self._live, args=(place,), name=f"person {place}")
            self._threads.append(thread)
            thread.start()

    def go(self) -> None:
        """Let everybody finish what they are doing, and wait for that."""
        self.leaving.set()
        for thread in self._threads:
            thread.join()

    def _live(self, place: int) -> None:
        chance = random.Random(f"{self.seed} {place}")  # noqa: S311  # The same every time.
        while not self.leaving.is_set():
            browser = WireBrowser(self.port, reloads=self.reloads)
            mark = f"mark-{place}-{next(self._numbers)}-end"
            try:
                self._respond(browser, mark, chance)
            except (AssertionError, NoAnswer):
                self.ledger.stopped(f"{mark}: {traceback.format_exc(limit=-3)}")
            finally:
                browser.hang_up()

    def _respond(self, browser: WireBrowser, mark: str, chance: random.Random) -> None:
        item = chance.choice(self.items)
        text = f"{mark} {chance.choice(WORDS)}\n\n" + chance.choice(WORDS) * chance.randint(1, 80)

        def posted(path: str) -> None:
            if path.endswith("/response/send"):
                self.moments.sending.set()
                self.ledger.posted(mark)

        def heard(answer: Answer) -> None:
            if answer.status >= 500:
                self.ledger.broke(f"{answer.status} {answer.method} {answer.path}")
            if answer.is_acknowledged_save:
                self.ledger.saved(mark, Draft(browser, item, text))
            elif answer.is_acknowledged_send:
                self.moments.acknowledged.set()
                self.ledger.submitted(mark)

        browser.heard, browser.about_to_hear = heard, posted
        person = Respondent(browser, self.slug)
        person.introduce()
        person.choose(item)
        person.open_item(item)
        person.save({f"{item}:comment": text})
        if chance.random() < 0.2:
            return
        try:
            person.send()
        finally:
            # Sent or not, whoever pressed the button reads the draft no more.
            self.ledger.closed(mark)
