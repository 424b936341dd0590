"""What may not be committed is found."""

from pathlib import Path

import pytest

from setup import tracked


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tracked, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://pypi." + "org/simple",
        '"resolved": "https://registry.npmjs.' + 'org/a.tgz"',
        "cd /wor" + "k/main && make",
        "path = '/ro" + "ot/.cache'",
    ],
)
def test_a_line_that_names_a_registry_or_a_machine_is_found(checkout: Path, line: str) -> None:
    (checkout / "notes.md").write_text(f"# Notes\n{line}\n")

    [problem] = tracked.unwanted(checkout / "notes.md")

    assert problem.startswith("notes.md:2: names ")


def test_addresses_within_the_site_are_no_machine_paths(checkout: Path) -> None:
    (checkout / "notes.md").write_text("/homework/1, a/root/b, /works and ./root/\n")

    assert tracked.unwanted(checkout / "notes.md") == []
