"""What may not be committed is found."""

from pathlib import Path

import pytest

from setup import tracked


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.setattr(tracked, "ROOT", folder)
    return folder


def found_in(path: Path, text: str) -> list[str]:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return tracked.unwanted(path)


@pytest.mark.parametrize(
    "line",
    [
        "--index" + "-url elsewhere",
        '"resol' + 'ved": "a.tgz"',
        "/ho" + "me/jo/notes",
        "cd {checkout}/x",
    ],
)
def test_a_line_that_names_an_index_or_a_machine_is_found(checkout: Path, line: str) -> None:
    text = f"# Notes\n{line.format(checkout=checkout)}\n"
    [problem] = found_in(checkout / "notes.md", text)
    assert problem.startswith("notes.md:2: names ")


@pytest.mark.parametrize(
    "name", ["requirements/runtime.txt", "package-lock.json", "pyproject.toml"]
)
def test_a_file_that_says_where_packages_come_from_holds_no_address(
    checkout: Path, name: str
) -> None:
    assert found_in(checkout / name, "see https://packages.example/simple\n")
    assert not found_in(checkout / "notes.md", "see https://packages.example/simple\n")


def test_addresses_within_the_site_are_no_machine_paths(checkout: Path) -> None:
    text = "/homework/1, a/home/b, /users and ./Users/x\n--no-emit-index-url\n"
    assert found_in(checkout / "notes.md", text) == []
