"""The example installation, of which the pictures in the README are taken, holds on every page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.screenshots import DOCS, SHOWN, take


def test_the_tour_of_the_example_holds_on_every_page(chromium: Browser, tmp_path: Path) -> None:
    take(
        chromium,
        tmp_path,
        is_whole=False,
        wanted=lambda name: name == "home-phone",
        # Of the closed consultation the tour shows nothing that depends on how many came.
        responses=12,
    )
    assert [each.name for each in tmp_path.iterdir()] == ["home-phone.png"]


def test_every_picture_of_the_readme_is_one_that_is_taken() -> None:
    readme = (DOCS.parents[1] / "README.md").read_text("utf-8")
    for name in SHOWN:
        assert f"docs/screenshots/{name}.png" in readme
    assert {each.stem for each in DOCS.iterdir()} == SHOWN
