"""The same document is the same to the byte, whatever machine made it."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from exports.samples import samples
from exports.samples.framework import sample_framework
from frameworks.library import Library
from frameworks.writer import write_framework
from tests.unit.exports.another_machine import PLANTED

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Machine:
    """What two machines differ in, as far as one can play both."""

    day: str
    zone: str
    language: str
    hash_seed: int
    umask: int
    folder: str
    """Its home and working directory, in a folder of the test's."""

    def run(self, home: Path, *command: str, **more: str) -> str:
        """Run a command of ours as on this machine and return what it prints."""
        place = home / self.folder
        place.mkdir(parents=True, exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": str(self.hash_seed),
            "HOME": str(place),
            "TZ": self.zone,
            "LANG": self.language,
            "LC_ALL": self.language,
            **more,
        }
        return subprocess.run(
            [sys.executable, *command],
            env=environment,
            cwd=place,
            umask=self.umask,
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ).stdout


MACHINES = {
    "one": Machine("2001-01-01", "Pacific/Kiritimati", "C.UTF-8", 1, 0o022, "one"),
    # A day that 32 bits do not hold, and a folder whose name has to be quoted.
    "other": Machine(
        "2038-02-03", "America/Los_Angeles", "ja_JP.UTF-8", 2, 0o077, "an 'other' & é"
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, bytes]]:
    """Every file by machine and title."""
    home = tmp_path_factory.mktemp("machines")
    found = {}
    for name, machine in MACHINES.items():
        folder = home / name / "made"
        folder.mkdir(parents=True)
        machine.run(home, "-m", "tests.unit.exports.another_machine", str(folder), machine.day)
        found[name] = {file.stem: file.read_bytes() for file in folder.iterdir()}
    return found


def test_a_document_is_the_same_from_two_machines(made: Mapping[str, Mapping[str, bytes]]) -> None:
    one, other = made["one"], made["other"]
    assert one.keys() == other.keys()
    titles = {title for title in one if not title.startswith("planted")}
    assert [title for title in sorted(titles) if one[title] != other[title]] == []


def test_every_sample_was_compared_printed_sealed_and_copied(
    made: Mapping[str, Mapping[str, bytes]],
) -> None:
    titles = made["one"].keys()
    for name, document in samples().items():
        assert {f"{name}, printed", f"{name}, sealed"} <= titles
        copies = [title for title in titles if title.startswith(f"{name}, copy")]
        asks_for_a_person = any(str(field.key) == "about:person" for field in document.fields)
        assert len(copies) == (2 if asks_for_a_person else 0)
    assert any(", copy" in title for title in titles)


@pytest.mark.parametrize("name", PLANTED)
def test_a_page_that_shows_its_machine_is_found_out(
    name: str, made: Mapping[str, Mapping[str, bytes]]
) -> None:
    assert made["one"][f"planted, {name}"] != made["other"][f"planted, {name}"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a small framework, so that its booklet is made in a moment."""
    folder = tmp_path_factory.mktemp("library")
    framework = sample_framework().model_copy(update={"slug": "small", "version": "2.0.0-alpha.1"})
    draft = folder / "draft.yaml"
    draft.write_text(write_framework(framework), encoding="utf-8")
    Library.shipped(folder / "library").publish(draft, "2.0.0-beta.1", dt.date(2026, 3, 2))
    return folder / "library"


def test_the_program_makes_the_same_files_in_two_new_installations(
    library: Path, tmp_path: Path
) -> None:
    # One process a machine for all three: what takes long is starting them.
    commands = """
from webapp.cli import program
for kind in ("framework", "scorecard", "appraisal"):
    profile = () if kind == "framework" else ("--profile", "provider-chair")
    words = ("document", kind, "small@2.0.0-beta.1", *profile, "-o", f"{kind}.pdf")
    program(words, standalone_mode=False)
"""
    files = []
    for machine in MACHINES.values():
        folder = tmp_path / machine.folder
        machine.run(
            tmp_path,
            *("-c", commands),
            BOARDMARK_HOME=str(folder / "boardmark"),
            BOARDMARK_LIBRARY=str(library),
        )
        files.append({file.stem: file.read_bytes() for file in folder.glob("*.pdf")})
    assert files[0].keys() == {"framework", "scorecard", "appraisal"}
    assert [kind for kind, content in files[0].items() if content != files[1][kind]] == []
