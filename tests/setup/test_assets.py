"""What set-up makes of the packages: nothing on a page may come from another host."""

import gzip
import re
from pathlib import Path

import pytest

from setup import assets


def test_a_change_that_is_found_less_often_stops_set_up() -> None:
    change = assets.Change("the icon", r"/icon\.svg", "images/icon.svg", 2)

    with pytest.raises(assets.Unexpected, match="the icon 1 times, not 2"):
        assets.rewrite("some.css", "a{background:/icon.svg}", (change,))


@pytest.mark.parametrize(
    "rule",
    [
        "a{background:url(https://other.example/a.png)}",
        "a{background:url(/assets/new.svg)}",
        "a{font-family:Frutiger W01}",
        "@import 'more.css';",
    ],
)
def test_what_reaches_out_of_the_site_stops_set_up(rule: str) -> None:
    with pytest.raises(assets.Unexpected, match="must not be on a page"):
        assets.rewrite("some.css", rule, ())


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vendor")
    assets.build_web(folder)
    return folder


def test_every_file_that_a_style_sheet_names_is_there(vendor: Path) -> None:
    for sheet in ("nhsuk.css", "fonts.css"):
        named = re.findall(r"url\(([^)]+)\)", (vendor / sheet).read_text(encoding="utf-8"))

        assert named, sheet
        assert [name for name in named if not (vendor / name).is_file()] == []


def test_a_first_page_loads_little_beside_its_fonts(vendor: Path) -> None:
    sizes = [len(gzip.compress((vendor / name).read_bytes())) for name in ("nhsuk.css", "nhsuk.js")]

    assert (vendor / "nhsuk.css.br").is_file()
    assert sum(sizes) < 60_000


def test_print_has_every_face_complete(tmp_path: Path) -> None:
    assets.build_print(tmp_path)

    assert len(list(tmp_path.glob("*.ttf"))) == 22
    assert len(list(tmp_path.glob("*-licence.txt"))) == 10
