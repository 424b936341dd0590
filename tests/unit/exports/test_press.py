"""The press keeps its limits, and whatever happens to one document, the next is made."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from exports.samples import receipt
from exports.templating import page
from exports.worker import DocumentFailed, DocumentTooLarge, Limits, Press, PressBusy

SMALL = '<html lang="en-GB"><head><title>A page</title></head><body><h1>A page</h1></body></html>'
# Tens of seconds of layout, if it were let.
LARGE = SMALL.replace("<h1>", "<p>" + "word <b>bold</b> " * 60_000 + "</p><h1>")
ENDLESS = Limits(cpu_seconds=100, wall_seconds=100)


def a_press(limits: Limits, processes: int = 1, waiting: int = 4) -> Iterator[Press]:
    press = Press(processes=processes, waiting=waiting, limits=limits)
    yield press
    press.close()


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def small_press() -> Iterator[Press]:
    yield from a_press(ENDLESS)


def test_no_process_is_started_before_it_is_needed() -> None:
    assert Press().running == ()


def test_one_process_makes_many_documents(small_press: Press) -> None:
    assert small_press.make(receipt.sample()).startswith(b"%PDF-1.7")
    running = small_press.running
    assert small_press.print_page(SMALL)
    assert small_press.running == running
    assert len(running) == 1


def test_a_closed_press_leaves_no_process() -> None:
    press = Press(processes=2)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press.print_page, [SMALL, SMALL]))
    started = press.running
    assert len(started) == 2
    press.close()
    assert not any(is_alive(each) for each in started)
    assert press.running == ()


def test_many_threads_get_each_their_own_document() -> None:
    pages = [SMALL.replace("A page", f"Page {number}") for number in range(12)]
    for press in a_press(ENDLESS, processes=2, waiting=12):
        with ThreadPoolExecutor(12) as pool:
            made = list(pool.map(press.print_page, pages))
        assert made == [press.print_page(each) for each in pages]
        assert len(set(made)) == len(pages)


def test_a_full_press_says_that_it_is_busy_and_loses_nothing() -> None:
    for press in a_press(ENDLESS, processes=1, waiting=1):
        press.print_page(SMALL)
        with ThreadPoolExecutor(4) as pool:
            waiting = [pool.submit(press.print_page, page(receipt.sample())) for _ in range(4)]
            outcomes = [each.exception() for each in waiting]
        refused = [each for each in outcomes if isinstance(each, PressBusy)]
        assert len(refused) == 2
        assert outcomes.count(None) == 2
        assert press.print_page(SMALL)


def test_a_document_that_waits_too_long_is_told_so() -> None:
    for press in a_press(Limits(cpu_seconds=1, waiting_seconds=0.2)):
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(press.print_page, LARGE) for _ in range(2)]
        outcomes = {type(each.exception()) for each in both}
        assert outcomes == {DocumentTooLarge, PressBusy}


def test_a_document_over_its_processor_time_is_refused_and_the_next_is_made() -> None:
    for press in a_press(Limits(cpu_seconds=2)):
        with pytest.raises(DocumentTooLarge, match="more time"):
            press.print_page(LARGE)
        assert press.print_page(SMALL)


def test_processor_time_is_counted_for_each_document_alone() -> None:
    for press in a_press(Limits(cpu_seconds=1)):
        made = {press.make(receipt.sample()) for _ in range(15)}
        (worker,) = press.running
        assert processor_seconds(worker) > 2, "together they need more than one may use"
        assert len(made) == 1


def test_a_document_over_its_memory_is_refused_and_the_next_is_made() -> None:
    for press in a_press(Limits(memory_bytes=350_000_000)):
        with pytest.raises(DocumentTooLarge, match="more memory"):
            press.print_page(LARGE)
        assert press.print_page(SMALL)


def test_a_document_over_the_wall_clock_is_refused_and_the_next_is_made() -> None:
    for press in a_press(Limits(wall_seconds=8)):
        with pytest.raises(DocumentTooLarge, match="more time"):
            press.print_page(LARGE)
        assert press.print_page(SMALL)


def test_more_text_than_a_document_may_have_is_refused_at_once() -> None:
    for press in a_press(Limits(page_characters=1000)):
        with pytest.raises(DocumentTooLarge, match="more text"):
            press.print_page(SMALL + " " * 1000)


def test_a_process_that_is_killed_is_replaced(small_press: Press) -> None:
    small_press.print_page(SMALL)
    (worker,) = small_press.running
    killer = threading.Timer(0.5, os.kill, (worker, signal.SIGTERM))
    killer.start()
    with pytest.raises(DocumentFailed, match="-15"):
        small_press.print_page(LARGE)
    killer.join()
    assert small_press.print_page(SMALL)


def test_a_process_that_ended_between_two_documents_is_replaced(small_press: Press) -> None:
    small_press.print_page(SMALL)
    (worker,) = small_press.running
    os.kill(worker, signal.SIGKILL)
    os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
    assert small_press.print_page(SMALL)
    assert small_press.running != (worker,)


def test_a_page_that_is_a_defect_fails_and_the_next_is_made(
    capfd: pytest.CaptureFixture[str],
) -> None:
    # A process of its own: it writes its log to where that went when it was started.
    for press in a_press(ENDLESS):
        with pytest.raises(DocumentFailed, match="AddressRefused"):
            press.print_page(SMALL.replace("<h1>", '<img alt="" src="file:///etc/passwd"><h1>'))
        assert press.print_page(SMALL)
    logged = capfd.readouterr().err
    assert "AddressRefused" in logged
    # What a page says is a person's, and no business of a log.
    assert "passwd" not in logged


def test_a_process_is_replaced_after_its_share_of_documents() -> None:
    for press in a_press(Limits(documents_a_process=2)):
        press.print_page(SMALL)
        first = press.running
        press.print_page(SMALL)
        assert press.running == first
        press.print_page(SMALL)
        assert press.running != first


def test_half_a_surrogate_pair_is_shown_by_its_number(small_press: Press) -> None:
    assert small_press.print_page(SMALL.replace("A page", "\ud800"))


def test_secrets_of_the_service_stay_out_of_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOARDMARK_SECRET_KEYS", "not for workers")
    for press in a_press(ENDLESS):
        press.print_page(SMALL)
        (worker,) = press.running
        assert "BOARDMARK" not in Path(f"/proc/{worker}/environ").read_text()
