"""The examiner: a process that opens the files of others, within narrower limits than the press.

The parent side is `Examiner`, which any thread may call. The child side is `python -m
exports.forms.examining`. Whatever a file does to the child, the service gets a refusal.
"""

from __future__ import annotations

import json
from typing import Any

from exports.forms.examined import (
    filled_as_data,
    filled_from_data,
    refusal_as_data,
    refusal_from_data,
    verdict_as_data,
    verdict_from_data,
)
from exports.forms.filled import FileRefused, Filled, Reason
from exports.forms.opening import check_size, limit_the_library, too_much
from exports.incoming.answer_rows import TableRow
from exports.incoming.source_kinds import LookedAt, SourceKind
from exports.processes import (
    Answer,
    Processes,
    ProcessesBusy,
    TaskFailed,
    TaskLimits,
    TaskTooLarge,
    serve,
)
from exports.seals.signing import Keyring, PublicKey
from exports.seals.verifying import Verdict

LIMITS = TaskLimits(
    cpu_seconds=20,
    wall_seconds=60,
    memory_bytes=600_000_000,
    waiting_seconds=20,
    tasks_a_process=500,
    reply_bytes=20_000_000,
)


class ExaminerBusy(Exception):
    """As many files are waiting as may wait; ask again in a moment."""


class Examiner:
    """Says what files are and what they say; safe to call from many threads.

    Nothing is started before the first file.
    """

    def __init__(
        self, processes: int = 1, waiting: int = 16, limits: TaskLimits | None = None
    ) -> None:
        """Take the sizes; `limits` are the usual ones if not given."""
        self._processes = Processes("exports.forms.examining", processes, waiting, limits or LIMITS)

    def verify(self, content: bytes, keyring: Keyring) -> Verdict:
        """Return what a file is worth; raises FileRefused or ExaminerBusy."""
        return verdict_from_data(self._ask("verify", content, keyring))

    def read(self, content: bytes, keyring: Keyring) -> Filled:
        """Return what the form in a file says; raises FileRefused or ExaminerBusy."""
        return filled_from_data(self._ask("read", content, keyring))

    def look_at(self, content: bytes) -> LookedAt:
        """Return what a file is that a response came in; raises FileRefused or ExaminerBusy."""
        found = self._ask_of_any("look at", content, "Print it as a PDF, and attach that.")
        return LookedAt(SourceKind(found["kind"]), found["text"])

    def read_table(self, content: bytes) -> tuple[TableRow, ...]:
        """Return the rows of a CSV file or spreadsheet; raises FileRefused or ExaminerBusy."""
        advice = "Copy the answers alone into a new spreadsheet, and send that."
        found = self._ask_of_any("read table", content, advice)
        return tuple(TableRow(number, tuple(cells)) for number, cells in found)

    @property
    def running(self) -> tuple[int, ...]:
        """The ids of the processes that were started and not ended by the examiner."""
        return self._processes.running

    def close(self) -> None:
        """End the processes; a further file starts new ones."""
        self._processes.close()

    def _ask_of_any(self, task: str, content: bytes, advice: str) -> Any:
        try:
            return self._ask(task, content)
        except FileRefused as refused:
            if refused.reason is not Reason.TOO_MUCH:
                raise
            message = f"This file needs more time or memory to read than a file may have. {advice}"
            raise FileRefused(Reason.TOO_MUCH, message) from refused

    def _ask(self, task: str, content: bytes, keyring: Keyring | None = None) -> Any:
        check_size(len(content))
        keys = [key.text for key in keyring.public.values()] if keyring else []
        try:
            reply = self._processes.ask(content, task=task, keys=keys)
        except ProcessesBusy:
            raise ExaminerBusy("as many files are being read as this service can read") from None
        except (TaskTooLarge, TaskFailed) as error:
            # A file that brings its reader down is no form of ours, whatever it did.
            raise too_much() from error
        answer = json.loads(reply)
        if "refused" in answer:
            raise refusal_from_data(answer["refused"])
        return answer["found"]


def _examiner() -> Answer:
    # Only here: the service itself never runs what reads the files of others.
    from exports.forms.readback import read, verify
    from exports.incoming.answer_tables import read_table
    from exports.incoming.looking import look_at

    limit_the_library()

    def found(task: str, keyring: Keyring, content: bytes) -> Any:
        match task:
            case "verify":
                return verdict_as_data(verify(content, keyring))
            case "read":
                return filled_as_data(read(content, keyring))
            case "look at":
                looked_at = look_at(content)
                return {"kind": looked_at.kind.value, "text": looked_at.text}
            case _:
                return [[each.number, each.cells] for each in read_table(content)]

    def examine(asked: dict[str, Any], content: bytes) -> bytes:
        keyring = Keyring(None, [PublicKey.parse(text) for text in asked["keys"]])
        try:
            answer = {"found": found(asked["task"], keyring, content)}
        except FileRefused as refused:
            answer = {"refused": refusal_as_data(refused)}
        return json.dumps(answer).encode()

    return examine


if __name__ == "__main__":
    serve(_examiner)
