"""Debian's Chromium, started the same way for tests and for pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    # Tests may run as root, in a container with little shared memory and no graphics.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
]


@contextmanager
def running() -> Iterator[Browser]:
    """Give a browser until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def visitor(
    browser: Browser, width: int = 1280, height: int = 800, *, scripts: bool = True
) -> BrowserContext:
    """Return somebody's browser with cookies of its own, as people in England have it."""
    return browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
