"""Completed records printed by one process of the press, and by two.

Run with `python -m tests.benchmarks.records`. What is printed is how many times as many records
two processes make in the same time, stamped, sealed and signed as they leave the service.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from exports.document import Document
from exports.documents.review_record import RecordState
from exports.issuing import Issuer, issue
from exports.samples import receipt, review_record
from exports.seals.signing import Keyring, SigningKey
from exports.worker import Press
from tests.benchmarks.measuring import ratio_of

RECORDS = 4
ROUNDS = 12


def completed_records(number: int) -> tuple[Document, ...]:
    """Return signed reviews, and receipts of consultations in between."""
    kinds = (review_record.sample(RecordState.FINAL), receipt.sample())
    return tuple(kinds[n % 2] for n in range(number))


@contextmanager
def a_press(processes: int) -> Iterator[Press]:
    """Give a press whose processes have started, for that is paid once in their life."""
    press = Press(processes)
    with ExitStack() as closing:
        closing.callback(press.close)
        make_all(press, processes, completed_records(processes))
        yield press


def make_all(press: Press, at_once: int, records: Sequence[Document]) -> None:
    """Issue every record, as many at once as the press has processes."""
    issuer = Issuer("https://boards.example.org", Keyring(SigningKey.new()))
    with ThreadPoolExecutor(at_once) as threads:
        for issued in threads.map(lambda record: issue(press, record, issuer), records):
            assert issued.content.startswith(b"%PDF")


def speed_of_two(number: int = RECORDS, rounds: int = ROUNDS) -> float:
    """Return how many times as fast two processes are as one."""
    records = completed_records(number)
    with a_press(1) as one, a_press(2) as two:
        return ratio_of(
            lambda: make_all(one, 1, records), lambda: make_all(two, 2, records), rounds
        )


def main() -> None:
    """Print one line."""
    ratio = speed_of_two()
    sys.stdout.write(f"{RECORDS} completed records: two processes {ratio:.2f} × as fast as one\n")


if __name__ == "__main__":
    main()
