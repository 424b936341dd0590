"""`frameworks check`: a file, a folder, a library, and what is wrong with each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from frameworks.checking import check_paths
from frameworks.library import SHIPPED, SHIPPED_QUESTIONNAIRES
from frameworks.writer import write_framework, write_questionnaire
from tests.factories.frameworks import a_framework, a_questionnaire
from tests.unit.frameworks.shelves import a_library, next_version


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_library(tmp_path).shelves[0].folder


def told(*paths: Path) -> list[str]:
    return [str(problem) for problem in check_paths(paths)]


def edit(path: Path, old: str, new: str) -> int:
    """Replace a text that stands in a file, and return the line on which it stood first."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_what_ships_passes() -> None:
    assert told(SHIPPED, SHIPPED_QUESTIONNAIRES, SHIPPED.parent) == []


def test_a_sound_library_passes_as_a_folder_and_file_by_file(folder: Path) -> None:
    assert told(folder) == []
    assert told(folder / "board-example") == []
    assert told(*sorted((folder / "board-example").iterdir())) == []


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "nothing.yaml") == [f"{tmp_path}/nothing.yaml:1: is not there"]


def test_a_folder_without_frameworks_is_told(tmp_path: Path) -> None:
    assert told(tmp_path) == [f"{tmp_path}:1: holds no framework: no file ends in .yaml"]


def test_a_draft_by_itself_is_checked_by_itself(tmp_path: Path) -> None:
    draft = tmp_path / "any-name.yaml"
    draft.write_text(write_framework(a_framework()), "utf-8")

    assert told(draft) == []


def test_a_questionnaire_is_checked_as_one(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text(write_questionnaire(a_questionnaire()), "utf-8")
    assert told(path) == []

    line = edit(path, "per_position: true", "per_position: yes")

    assert told(path) == [
        f"{path}:{line}: “per_position” of “necessity” must be true or false, not “yes”"
    ]


def test_a_fault_in_a_locked_file_is_told_on_its_line_and_in_lock(folder: Path) -> None:
    path = folder / "board-example" / "1.0.0.yaml"
    line = edit(path, "weight: 10, assess_at", "weight: ten, assess_at")

    fault, seal = told(folder)

    assert fault == (
        f"{path}:{line}: “weight” of “culture.speaking-up” must be a whole number "
        "without quotes, not “ten”"
    )
    assert seal == (
        f"{folder}/LOCK:4: board-example/1.0.0.yaml is not the file that was locked here: "
        "restore it"
    )
    assert told(path) == [fault, seal]


def test_a_damaged_file_is_not_told_of_the_one_that_follows_it(folder: Path) -> None:
    edit(folder / "board-example" / "1.0.0.yaml", "Listens before", "Hears before")

    assert told(folder / "board-example" / "1.1.0-beta.1.yaml") == []


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "board-example/1.0.0-beta.1.yaml is locked here and missing"),
        (
            lambda path: edit(path, "Listens before", "Hears before"),
            "board-example/1.0.0-beta.1.yaml is not the file that was locked here",
        ),
    ],
    ids=["deleted", "edited"],
)
def test_a_broken_seal_is_told_on_the_line_of_lock(
    folder: Path, damage: Callable[[Path], object], message: str
) -> None:
    damage(folder / "board-example" / "1.0.0-beta.1.yaml")

    seals = [each for each in told(folder) if each.startswith(f"{folder}/LOCK:3: ")]

    assert len(seals) == 1
    assert message in seals[0]


def test_a_file_that_lock_does_not_know_is_told(folder: Path) -> None:
    path = folder / "board-example" / "1.1.0.yaml"
    final = next_version("1.1.0")
    path.write_text(write_framework(final.model_copy(update={"supersedes": None})), "utf-8")

    supersedes, stray = told(folder)

    assert supersedes.startswith(f"{path}:18: supersedes is missing: version 1.1.0-beta.1, digest")
    assert stray == f"{path}:1: is not in {folder}/LOCK: publish it, or keep it elsewhere"
    assert told(path) == [supersedes, stray]


def test_a_file_named_for_another_version_is_told_on_the_line_of_its_version(
    tmp_path: Path,
) -> None:
    path = tmp_path / "board-example" / "1.0.0.yaml"
    path.parent.mkdir()
    path.write_text(write_framework(a_framework()), "utf-8")

    assert told(path) == [f"{path}:4: version 1.0.0-beta.1 does not stand in a file of that name"]


def test_a_file_in_the_folder_of_another_framework_is_told_on_the_line_of_its_slug(
    tmp_path: Path,
) -> None:
    path = tmp_path / "board-leadership" / "1.0.0-beta.1.yaml"
    path.parent.mkdir()
    path.write_text(write_framework(a_framework()), "utf-8")

    assert told(path) == [f"{path}:3: slug “board-example” does not stand in a folder of that name"]


class TestVersionsBesideEachOther:
    """Files that are not locked yet are held to each other all the same."""

    @pytest.fixture
    def drafts(self, folder: Path, tmp_path: Path) -> Path:
        drafts = tmp_path / "drafts" / "board-example"
        drafts.mkdir(parents=True)
        for path in (folder / "board-example").iterdir():
            (drafts / path.name).write_bytes(path.read_bytes())
        return drafts

    def test_sound_versions_pass(self, drafts: Path) -> None:
        assert told(drafts) == []

    def test_a_wrong_derivation_is_told_on_its_line(self, drafts: Path) -> None:
        path = drafts / "1.1.0-beta.1.yaml"
        edit(path, 'statement: "I show it every day: listens', 'statement: "I show it: listens')
        text = path.read_text("utf-8")
        listening = text.index("- key: culture.listening\n")
        line = text[: text.index("change: unchanged", listening)].count("\n") + 1

        (problem,) = told(path)
        assert problem == (
            f"{path}:{line}: “culture.listening” says unchanged, but it differs from 1.0.0 in "
            "statement: say reworded"
        )

    def test_a_missing_tombstone_is_told_where_it_belongs(self, drafts: Path) -> None:
        path = drafts / "1.1.0-beta.1.yaml"
        text = path.read_text("utf-8").replace("governance.risk", "governance.hazard")
        path.write_text(text, "utf-8")
        line = text[: text.index("withdrawn: []")].count("\n") + 1

        assert f"{path}:{line}: “governance.risk” of 1.0.0 has gone: give it a tombstone here" in (
            told(drafts)
        )

    def test_a_version_that_is_superseded_but_not_there_is_told(self, drafts: Path) -> None:
        (drafts / "1.0.0.yaml").unlink()
        path = drafts / "1.1.0-beta.1.yaml"
        line = path.read_text("utf-8").splitlines().index("supersedes:") + 2

        assert told(path) == [f"{path}:{line}: supersedes 1.0.0, which is not here"]

    def test_a_wrong_digest_is_told_with_the_right_one(self, drafts: Path) -> None:
        path = drafts / "1.1.0-beta.1.yaml"
        text = path.read_text("utf-8")
        digest = text[text.index("sha256:") :][:71]
        line = edit(path, digest, f"sha256:{'0' * 64}")

        assert told(path) == [f"{path}:{line}: the digest of 1.0.0 is {digest}"]

    def test_a_step_that_is_too_small_is_told_on_the_line_of_the_version(
        self, drafts: Path
    ) -> None:
        path = drafts / "1.1.0-beta.1.yaml"
        edit(path, "weight: 10, assess_at", "weight: 30, assess_at")

        (problem,) = told(path)

        assert problem.startswith(f"{path}:4: 1.1.0-beta.1 is too small a step after 1.0.0:")

    def test_a_key_that_was_only_consulted_on_is_not_forgotten(self, drafts: Path) -> None:
        consulted, final = drafts / "1.1.0-beta.1.yaml", drafts / "1.1.0.yaml"
        text = (drafts / "1.1.0-beta.1.yaml").read_text("utf-8")
        final.write_text(
            text.replace('version: "1.1.0-beta.1"', 'version: "1.1.0"').replace(
                "effective_from: null", 'effective_from: "2026-09-01"'
            ),
            "utf-8",
        )
        renamed = text.replace("governance.challenge", "governance.dare")
        consulted.write_text(renamed, "utf-8")

        assert [each.split(": ", 1)[1] for each in told(final)] == [
            "“governance.dare” of 1.1.0-beta.1 has gone: give it a tombstone here"
        ]

    def test_a_tombstone_for_what_never_was_is_told(self, drafts: Path) -> None:
        path = drafts / "1.1.0-beta.1.yaml"
        stone = '[{key: governance.risks, last_version: "1.0.0", reason: withdrawn}]'
        line = edit(path, "withdrawn: []", f"withdrawn: {stone}")

        (problem,) = told(path)
        assert problem == (
            f"{path}:{line}: no earlier version has “governance.risks” to withdraw; "
            "did you mean “governance.risk”?"
        )
