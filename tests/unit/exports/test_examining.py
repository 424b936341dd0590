"""The examiner keeps its limits, and whatever one file does to it, the next is read."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from exports.forms.examining import LIMITS, Examiner, ExaminerBusy
from exports.forms.filled import FileRefused, Filled, Reason
from exports.forms.readback import read, verify
from exports.seals.verifying import FileState
from frameworks.questions import Given
from tests.factories.bombs import BOMBS, bombs, with_fields
from tests.factories.files import REFUSED, flipped, garbage, truncated
from tests.factories.filling import FORM_FIELDS, fill_with_pypdf, prefill
from tests.factories.forms import AREAS, ASSESSMENT, EVIDENCE, KEYRING, PERSON, a_form

ANSWERS = {
    PERSON: Given(text="Zoë Ødegård"),
    ASSESSMENT: Given(choices=("often",)),
    AREAS: Given(choices=("board",)),
    EVIDENCE: Given(text="One\n\nTwo, “three” – четыре"),
}
A_MOMENT = 10.0
SEEDS = range(120)


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    examiner = Examiner()
    yield examiner
    examiner.close()


@pytest.fixture(scope="module")
def filled_in() -> bytes:
    return fill_with_pypdf(a_form(FORM_FIELDS), ANSWERS)


@pytest.fixture(scope="module")
def harmful(filled_in: bytes) -> dict[str, bytes]:
    return bombs(a_form(FORM_FIELDS))


def an_examiner(**changes: float) -> Iterator[Examiner]:
    examiner = Examiner(limits=replace(LIMITS, **changes))  # type: ignore[arg-type]  # whole numbers
    yield examiner
    examiner.close()


def kilobytes(process: int | str, name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1])


def outcome(examiner: Examiner, content: bytes) -> Filled | Reason:
    """Return what is read, or why not; anything else that is raised is a defect."""
    try:
        return examiner.read(content, KEYRING)
    except FileRefused as refused:
        return refused.reason


class TestHonestFiles:
    def test_are_read_as_they_are_without_a_process(
        self, examiner: Examiner, filled_in: bytes
    ) -> None:
        filled = examiner.read(filled_in, KEYRING)
        assert filled == read(filled_in, KEYRING)
        assert filled.answers[EVIDENCE] == ANSWERS[EVIDENCE]
        assert filled.about[PERSON] == "Zoë Ødegård"

    def test_are_verified_as_they_are_without_a_process(
        self, examiner: Examiner, filled_in: bytes
    ) -> None:
        verdict = examiner.verify(filled_in, KEYRING)
        assert verdict == verify(filled_in, KEYRING)
        assert verdict.state is FileState.FILLED_IN
        assert verdict.is_ours

    def test_need_no_process_before_the_first(self) -> None:
        assert Examiner().running == ()

    def test_are_read_by_one_process_however_many_ask(self, filled_in: bytes) -> None:
        for examiner in an_examiner():
            with ThreadPoolExecutor(8) as pool:
                asked = [pool.submit(examiner.read, filled_in, KEYRING) for _ in range(16)]
            assert {each.result().sha256 for each in asked} == {read(filled_in, KEYRING).sha256}
            assert len(examiner.running) == 1

    def test_wait_no_longer_than_they_may(self, filled_in: bytes) -> None:
        with_a_queue_of_one = Examiner(processes=1, waiting=0)
        try:
            with_a_queue_of_one.read(filled_in, KEYRING)
            with ThreadPoolExecutor(6) as pool:
                asked = [
                    pool.submit(with_a_queue_of_one.read, filled_in, KEYRING) for _ in range(6)
                ]
            errors = [each.exception() for each in asked]
            assert any(isinstance(each, ExaminerBusy) for each in errors)
            assert any(each is None for each in errors)
        finally:
            with_a_queue_of_one.close()


class TestHarmfulFiles:
    @pytest.mark.parametrize("name", BOMBS)
    def test_are_refused_in_a_moment_and_in_little_memory(
        self, examiner: Examiner, harmful: dict[str, bytes], filled_in: bytes, name: str
    ) -> None:
        started = time.monotonic()
        reason = outcome(examiner, harmful[name])
        assert reason in BOMBS[name]
        assert time.monotonic() - started < A_MOMENT
        assert kilobytes(examiner.running[0], "VmPeak") * 1024 <= LIMITS.memory_bytes
        assert examiner.read(filled_in, KEYRING).answers[EVIDENCE] == ANSWERS[EVIDENCE]

    def test_are_verified_as_safely(
        self, examiner: Examiner, harmful: dict[str, bytes], filled_in: bytes
    ) -> None:
        ours = []
        for name, content in harmful.items():
            with suppress(FileRefused):
                if examiner.verify(content, KEYRING).is_ours:
                    ours.append(name)
        # Of which only the answer is not as it should be.
        assert ours == ["an answer of nine megabytes"]
        assert examiner.verify(filled_in, KEYRING).is_ours

    def test_leave_the_memory_of_the_service_as_it_was(
        self, examiner: Examiner, harmful: dict[str, bytes]
    ) -> None:
        content = harmful["gigabytes in a page"]
        outcome(examiner, content)
        before = kilobytes("self", "VmRSS")
        for _ in range(4):
            assert outcome(examiner, content) is Reason.TOO_MUCH
        assert kilobytes("self", "VmRSS") - before < 20_000

    def test_over_their_processor_time_are_refused_and_the_next_is_read(
        self, filled_in: bytes
    ) -> None:
        # The limit counts whole seconds: what is slow takes far more than two of them.
        slow = with_fields(a_form(FORM_FIELDS), 180_000)
        for examiner in an_examiner(cpu_seconds=1):
            examiner.read(filled_in, KEYRING)
            before = examiner.running
            assert outcome(examiner, slow) is Reason.TOO_MUCH
            assert examiner.read(filled_in, KEYRING).verdict.is_ours
            assert examiner.running != before, "the kernel has ended the one before"

    def test_over_their_memory_are_refused_and_the_next_is_read(
        self, harmful: dict[str, bytes], filled_in: bytes
    ) -> None:
        for examiner in an_examiner(memory_bytes=100_000_000):
            examiner.read(filled_in, KEYRING)
            before = examiner.running
            assert outcome(examiner, harmful["gigabytes in a page"]) is Reason.TOO_MUCH
            assert examiner.read(filled_in, KEYRING).verdict.is_ours
            assert examiner.running != before, "it had not the memory that its caps allow"

    def test_that_end_the_process_are_refused_and_the_next_is_read(
        self, harmful: dict[str, bytes], filled_in: bytes
    ) -> None:
        for examiner in an_examiner():
            examiner.read(filled_in, KEYRING)
            [process] = examiner.running
            os.kill(process, signal.SIGSTOP)
            ending = threading.Timer(0.3, os.kill, (process, signal.SIGSEGV))
            ending.start()
            waking = threading.Timer(0.4, os.kill, (process, signal.SIGCONT))
            waking.start()
            assert outcome(examiner, filled_in) is Reason.TOO_MUCH
            waking.join()
            assert examiner.read(filled_in, KEYRING).verdict.is_ours
            assert examiner.running != (process,)


class TestDamagedFiles:
    def test_cut_off_anywhere_are_refused(self, examiner: Examiner, filled_in: bytes) -> None:
        reasons = [outcome(examiner, each) for each in truncated(filled_in)]
        assert set(reasons) == {Reason.NOT_A_PDF, Reason.CUT_OFF}

    def test_cut_off_in_a_later_section_are_never_taken_for_an_earlier_save(
        self, examiner: Examiner
    ) -> None:
        form = a_form(FORM_FIELDS)
        copy = prefill(form, {EVIDENCE: Given(text="A draft")})
        cuts = range(len(form) + 10, len(copy) - 1, 97)
        # The first of the two sections is whole, and then says what it says: no seal of a copy.
        ends = {at for at in cuts if copy[:at].rstrip().endswith(b"%%EOF")}
        reasons = {outcome(examiner, copy[:at]) for at in set(cuts) - ends}
        assert reasons == {Reason.CUT_OFF}

    def test_with_a_bit_changed_are_refused_or_say_the_same(
        self, examiner: Examiner, filled_in: bytes
    ) -> None:
        said = examiner.read(filled_in, KEYRING)
        for seed in SEEDS:
            found = outcome(examiner, flipped(filled_in, seed))
            if isinstance(found, Filled):
                assert found.answers == said.answers, seed
                assert found.verdict.holds, seed

    def test_of_random_bytes_are_refused(self, examiner: Examiner) -> None:
        reasons = {outcome(examiner, garbage(seed, 200 * seed)) for seed in range(30)}
        assert reasons == {Reason.CUT_OFF}

    @pytest.mark.parametrize("name", REFUSED)
    def test_and_all_others_are_refused_by_the_process_too(
        self, examiner: Examiner, name: str
    ) -> None:
        make, reason = REFUSED[name]
        assert outcome(examiner, make(a_form(FORM_FIELDS))) is reason


def test_private_keys_and_secrets_stay_out_of_the_process(
    monkeypatch: pytest.MonkeyPatch, filled_in: bytes
) -> None:
    monkeypatch.setenv("BOARDMARK_SECRET_KEYS", "not for workers")
    for examiner in an_examiner():
        assert examiner.read(filled_in, KEYRING).verdict.is_ours
        [process] = examiner.running
        assert "BOARDMARK" not in Path(f"/proc/{process}/environ").read_text()
