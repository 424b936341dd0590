"""How fast is too fast: for one response, and for everybody together.

Nobody is slowed by an address: a whole trust may share one. What is counted stays in the memory
of this process and is gone with it; several machines each count for themselves.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from webapp.web.errors import Refusal

Seconds = Callable[[], float]
"""A clock that only goes forward, in seconds from anywhere."""

Kind = Literal["starts", "sends"]
"""What is counted over everybody: responses that are started, and that are sent."""

MINUTE = 60.0
HOUR = 60 * MINUTE
MAILS_AN_HOUR = 10
"""How many mails strangers can have sent to one mailbox, whatever each response may ask for."""

MOST_KEYS = 100_000
"""How many responses are watched at once; a full bucket is the same as none."""


class TooFast(Refusal):
    """More came for one response than people and their browsers can cause."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        """Take the seconds after which one more request is answered."""
        super().__init__(
            "Very much came from this response within a short time. "
            "What you typed is kept: wait a few seconds, then go on."
        )
        self.retry_after = retry_after


class Crowded(Refusal):
    """More people begin at this moment than can be answered well: they are asked to wait."""

    status = 503
    heading = "Many people are starting a response"

    def __init__(self, retry_after: int = 30) -> None:
        """Take the seconds after which to try again."""
        super().__init__(
            "You are in a queue. Wait half a minute, then press the button. "
            "Nothing that was written is lost, and responses that have been started go on."
        )
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many requests one response may still make, as counted at a moment."""

    left: float
    at: float

    def at_moment(self, now: float, *, size: int, span: float) -> Bucket:
        """Return the bucket later: a whole span, in seconds, without a request fills it."""
        since = max(0.0, now - self.at)
        return Bucket(min(float(size), self.left + since * size / span), now)

    def wait(self, *, size: int, span: float) -> int:
        """Return the whole seconds until one request is left, at least one."""
        return max(1, math.ceil((1 - self.left) * span / size))


class Pace:
    """Lets every response make so many requests a minute, all at once or spread out.

    What is counted may be something else, such as mails to one address, over another `span` of
    seconds.
    """

    def __init__(
        self,
        a_span: int,
        clock: Seconds = time.monotonic,
        most_keys: int = MOST_KEYS,
        *,
        span: float = MINUTE,
    ) -> None:
        """Take how many requests within a span one response may make."""
        self._size = a_span
        self._span = span
        self._clock = clock
        self._most_keys = most_keys
        # The one that was idle longest stands first. Keys are digests: they open nothing.
        self._buckets: OrderedDict[bytes, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many responses are watched."""
        return len(self._buckets)

    def take(self, key: str) -> None:
        """Count one request of the response that has this secret; raises TooFast."""
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            now = self._clock()
            known = self._buckets.pop(name, Bucket(float(self._size), now))
            bucket = known.at_moment(now, size=self._size, span=self._span)
            enough = bucket.left >= 1
            self._buckets[name] = Bucket(bucket.left - 1, now) if enough else bucket
            self._forget(now)
        if not enough:
            raise TooFast(bucket.wait(size=self._size, span=self._span))

    def _forget(self, now: float) -> None:
        # Two for each that comes, so that it shrinks and no request has much to do.
        for _ in range(2):
            oldest = next(iter(self._buckets.values()))
            if now - oldest.at < self._span and len(self._buckets) <= self._most_keys:
                return
            if len(self._buckets) == 1:
                return
            self._buckets.popitem(last=False)


class Window:
    """How often something happened within the last minute, to the second."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._seconds: deque[tuple[int, int]] = deque()
        self._total = 0

    def add(self, now: float) -> None:
        """Count one more."""
        second = math.floor(now)
        if self._seconds and self._seconds[-1][0] >= second:
            last, number = self._seconds.pop()
            self._seconds.append((last, number + 1))
        else:
            self._seconds.append((second, 1))
        self._total += 1

    def count(self, now: float) -> int:
        """Return how often it happened in the minute before a moment."""
        while self._seconds and self._seconds[0][0] <= math.floor(now) - MINUTE:
            self._total -= self._seconds.popleft()[1]
        return self._total


class Surge:
    """A breaker over everybody: says when more comes than an installation expects.

    It refuses nothing by itself. Whoever asks decides what being over the limit means: a response
    that is sent then is taken, and held for a person's look; one that is started waits.
    """

    def __init__(self, *, starts: int, sends: int, clock: Seconds = time.monotonic) -> None:
        """Take how many responses a minute may be started and sent."""
        self._limits: dict[Kind, int] = {"starts": starts, "sends": sends}
        self._windows: dict[Kind, Window] = {"starts": Window(), "sends": Window()}
        self._clock = clock
        self._lock = threading.Lock()

    def is_over(self, kind: Kind) -> bool:
        """Say whether as many as expected were counted within the last minute."""
        with self._lock:
            return self._windows[kind].count(self._clock()) >= self._limits[kind]

    def note(self, kind: Kind) -> None:
        """Count one that was started or sent."""
        with self._lock:
            now = self._clock()
            self._windows[kind].count(now)
            self._windows[kind].add(now)

    def admit(self, kind: Kind) -> None:
        """Count one unless there are too many already; raises Crowded."""
        with self._lock:
            now = self._clock()
            if self._windows[kind].count(now) >= self._limits[kind]:
                raise Crowded
            self._windows[kind].add(now)
