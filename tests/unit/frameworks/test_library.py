"""The library hands out only what its LOCK vouches for."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from frameworks.digest import competency_digest, framework_digest
from frameworks.library import CannotPublish, Library, Status, UnknownVersion
from frameworks.model import Reference
from frameworks.problems import Unreadable
from frameworks.writer import write_framework, write_questionnaire
from tests.factories.frameworks import a_framework, a_questionnaire
from tests.unit.frameworks.shelves import PUBLISHED, TODAY, a_draft, a_library, next_version

FINAL = Reference.parse("board-example@1.0.0")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(tmp_path)


def file_of(library: Library, version: str) -> Path:
    return library.shelves[0].folder / "board-example" / f"{version}.yaml"


class TestReading:
    def test_versions_are_listed_as_versions_with_their_status(self, library: Library) -> None:
        assert [(each.framework.version, each.status) for each in library.list()] == [
            ("1.0.0-beta.1", Status.SUPERSEDED),
            ("1.0.0", Status.IN_FORCE),
            ("1.1.0-beta.1", Status.CONSULTATION),
        ]
        assert [each.published_on for each in library.list()] == list(PUBLISHED.values())

    def test_a_version_cites_its_items_and_knows_their_digests(self, library: Library) -> None:
        published = library.get(FINAL)
        competency = published.framework.competency("culture.listening")

        assert published.digest == framework_digest(published.framework)
        assert published.citation("culture.listening") == "board-example@1.0.0#culture.listening"
        assert published.competency_digest("culture.listening") == competency_digest(competency)

    def test_the_status_is_that_of_the_day(self, library: Library) -> None:
        before = dt.date(2026, 3, 31)

        assert library.get(FINAL, before).status is Status.FINAL
        assert library.in_force("board-example", before) is None
        in_force = library.in_force("board-example")
        assert in_force is not None
        assert in_force.reference == FINAL

    def test_the_newest_is_the_highest_version(self, library: Library) -> None:
        newest = library.newest("board-example")

        assert newest is not None
        assert newest.framework.version == "1.1.0-beta.1"
        assert library.newest("nothing") is None

    def test_a_file_is_handed_out_to_the_byte(self, library: Library) -> None:
        assert library.file(FINAL) == file_of(library, "1.0.0").read_bytes()

    def test_what_is_not_there_is_told(self, library: Library) -> None:
        unknown = Reference.parse("board-example@9.0.0")

        assert library.find(unknown) is None
        with pytest.raises(
            UnknownVersion, match=r"^the library has no intact board-example@9.0.0$"
        ):
            library.get(unknown)
        with pytest.raises(UnknownVersion, match=r"board-example@9\.0\.0"):
            library.file(unknown)

    def test_a_folder_that_is_not_there_yet_is_an_empty_library(self, tmp_path: Path) -> None:
        library = Library(tmp_path / "later")

        assert library.list() == ()
        assert library.verify() == ()

    def test_of_two_folders_the_first_counts(self, library: Library, tmp_path: Path) -> None:
        other = Library(tmp_path / "other", today=lambda: TODAY)
        shadow = a_framework(title="A shadow")
        other.publish(a_draft(tmp_path, shadow), "1.0.0-beta.1", on=dt.date(2026, 1, 5))

        both = Library(library.shelves[0].folder, other.shelves[0].folder, today=lambda: TODAY)

        titles = [each.framework.title for each in both.list()]
        assert titles == ["Board example competencies"] * 3

    def test_another_programs_publication_is_seen_at_once(self, tmp_path: Path) -> None:
        reading = Library(tmp_path / "library", today=lambda: TODAY)
        assert reading.list() == ()

        a_library(tmp_path)

        assert len(reading.list()) == 3

    def test_threads_may_share_it(self, library: Library) -> None:
        fresh = Library(library.shelves[0].folder, today=lambda: TODAY)

        with ThreadPoolExecutor(8) as pool:
            lists = list(pool.map(lambda _: fresh.list(), range(40)))

        assert all(each == lists[0] for each in lists)
        first = lists[0][0].framework
        assert all(each[0].framework is first for each in lists[8:])


class TestDamage:
    def test_a_sound_library_has_nothing_to_tell(self, library: Library) -> None:
        assert library.verify() == ()

    def test_an_edited_file_is_refused(self, library: Library) -> None:
        path = file_of(library, "1.0.0")
        path.write_text(path.read_text("utf-8").replace("Listens", "Hears", 1), "utf-8")
        fresh = Library(library.shelves[0].folder, today=lambda: TODAY)

        assert [each.framework.version for each in fresh.list()] == ["1.0.0-beta.1", "1.1.0-beta.1"]
        with pytest.raises(UnknownVersion, match="is not the file that was locked here"):
            fresh.file(FINAL)
        (problem,) = fresh.verify()
        assert problem.source.endswith("LOCK")
        assert problem.line == 4
        assert problem.message.startswith("board-example/1.0.0.yaml is not the file that was")

    def test_a_deleted_file_is_told_where_it_was_locked(self, library: Library) -> None:
        file_of(library, "1.0.0-beta.1").unlink()

        (problem,) = library.verify()

        assert problem.line == 3
        assert problem.message == (
            "board-example/1.0.0-beta.1.yaml is locked here and missing: restore it"
        )

    def test_a_file_that_is_not_listed_is_told_and_not_handed_out(self, library: Library) -> None:
        path = file_of(library, "1.2.0")
        path.write_text(write_framework(next_version("1.2.0")), "utf-8")

        (problem,) = library.verify()

        assert problem.source == str(path)
        assert "is not in" in problem.message
        assert len(library.list()) == 3

    @pytest.mark.parametrize("place", ["stray.yaml", "board-example/deep/1.0.0.yaml", "x/y.txt"])
    def test_a_file_out_of_place_is_told(self, library: Library, place: str) -> None:
        path = library.shelves[0].folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file_of(library, "1.0.0").read_bytes())

        (problem,) = library.verify()

        assert problem.source == str(path)

    def test_a_damaged_lock_vouches_for_nothing(self, library: Library) -> None:
        lock = library.shelves[0].folder / "LOCK"
        lock.write_text(lock.read_text("utf-8").replace("published", "publisht", 1), "utf-8")

        assert library.list() == ()
        (problem,) = library.verify()
        assert (problem.source, problem.line) == (str(lock), 3)

    def test_a_lock_whose_content_digest_is_another_is_told(self, library: Library) -> None:
        lock = library.shelves[0].folder / "LOCK"
        text = lock.read_text("utf-8")
        digest = framework_digest(library.get(FINAL).framework)
        lock.write_text(text.replace(f"content={digest}", f"content=sha256:{'0' * 64}"), "utf-8")
        fresh = Library(library.shelves[0].folder, today=lambda: TODAY)

        (problem,) = fresh.verify()

        assert (
            problem.message == "board-example/1.0.0.yaml has another content digest than was "
            "locked here"
        )

    def test_a_renamed_file_is_told_on_the_line_of_its_version(self, library: Library) -> None:
        folder = library.shelves[0].folder
        lock = folder / "LOCK"
        text = lock.read_text("utf-8").replace("board-example@1.0.0 ", "board-example@1.0.7 ")
        lock.write_text(text, "utf-8")
        moved = file_of(library, "1.0.0").rename(file_of(library, "1.0.7"))

        (problem,) = Library(folder).verify()

        assert (problem.source, problem.line) == (str(moved), 4)
        assert problem.message == "holds board-example@1.0.0"


class TestPublishing:
    def test_a_draft_becomes_a_locked_canonical_file(self, library: Library) -> None:
        published = library.get(FINAL)

        assert library.file(FINAL).decode() == write_framework(published.framework)
        lock = (library.shelves[0].folder / "LOCK").read_text("utf-8").splitlines()
        assert lock[3].startswith("2026-03-02 published board-example@1.0.0 file=sha256:")

    def test_a_draft_supersedes_the_version_before_it_unless_it_says_so_itself(
        self, library: Library
    ) -> None:
        before = library.get(Reference.parse("board-example@1.0.0-beta.1"))

        supersedes = library.get(FINAL).framework.supersedes

        assert supersedes is not None
        assert (supersedes.version, supersedes.digest) == ("1.0.0-beta.1", before.digest)

    def test_a_published_version_never_changes(self, library: Library, tmp_path: Path) -> None:
        with pytest.raises(CannotPublish, match="is published and never changes"):
            library.publish(a_draft(tmp_path, next_version("1.0.0")), "1.0.0")

    def test_a_version_is_named_as_versions_are(self, library: Library, tmp_path: Path) -> None:
        with pytest.raises(CannotPublish, match=r"^“1\.2” is not a version such as 1\.0\.0"):
            library.publish(a_draft(tmp_path, next_version("1.2.0")), "1.2")

    def test_a_draft_cannot_follow_what_was_consulted_on(
        self, library: Library, tmp_path: Path
    ) -> None:
        with pytest.raises(CannotPublish, match=r"cannot follow board-example@1\.1\.0-beta\.1"):
            library.publish(a_draft(tmp_path, next_version("1.1.0-alpha.1")), "1.1.0-alpha.1")

    def test_a_draft_with_problems_is_refused_with_its_lines_and_nothing_is_written(
        self, library: Library, tmp_path: Path
    ) -> None:
        draft = a_draft(tmp_path, a_framework(version="1.1.0-beta.2"))
        files = sorted(library.shelves[0].folder.rglob("*"))
        lock = (library.shelves[0].folder / "LOCK").read_bytes()

        with pytest.raises(Unreadable) as caught:
            library.publish(draft, "1.1.0-beta.2")

        first = caught.value.problems[0]
        assert first.source == str(draft)
        assert "says new, but it was in 1.1.0-beta.1 already" in first.message
        assert "change: new" in draft.read_text("utf-8").splitlines()[first.line - 1]
        assert sorted(library.shelves[0].folder.rglob("*")) == files
        assert (library.shelves[0].folder / "LOCK").read_bytes() == lock

    def test_a_step_that_is_too_small_is_refused_with_the_reason(
        self, library: Library, tmp_path: Path
    ) -> None:
        heavier = next_version("1.0.1")
        chair, *others = heavier.profiles
        first, *rest = chair.requirements
        chair = chair.model_copy(
            update={"requirements": (first.model_copy(update={"weight": 50}), *rest)}
        )
        draft = a_draft(tmp_path, heavier.model_copy(update={"profiles": (chair, *others)}))

        with pytest.raises(Unreadable) as caught:
            library.publish(draft, "1.0.1")

        (problem,) = caught.value.problems
        assert problem.line == 4
        assert problem.message == (
            "1.0.1 is too small a step after 1.0.0: changed weight of requirement "
            "“culture.speaking-up” of “provider-chair” asks for 2.0.0"
        )

    def test_a_candidate_becomes_final_with_no_more_than_slips_mended(
        self, library: Library, tmp_path: Path
    ) -> None:
        library.publish(a_draft(tmp_path, next_version("1.1.0-rc.1")), "1.1.0-rc.1")
        changed = next_version("1.1.0").model_copy(update={"summary": "Something else."})

        with pytest.raises(Unreadable, match=r"may only mend typing errors of 1\.1\.0-rc\.1"):
            library.publish(a_draft(tmp_path, changed), "1.1.0")
        library.publish(a_draft(tmp_path, next_version("1.1.0")), "1.1.0")

    def test_what_was_cut_off_before_lock_can_be_published_again(
        self, library: Library, tmp_path: Path
    ) -> None:
        folder = library.shelves[0].folder
        draft = a_draft(tmp_path, next_version("1.2.0"))
        before = (folder / "LOCK").read_bytes()
        library.publish(draft, "1.2.0")
        (folder / "LOCK").write_bytes(before)
        assert len(library.verify()) == 1

        library.publish(draft, "1.2.0")

        assert library.verify() == ()

    def test_a_strange_file_in_the_way_is_not_overwritten(
        self, library: Library, tmp_path: Path
    ) -> None:
        path = file_of(library, "1.2.0")
        path.write_text("something else\n", "utf-8")

        with pytest.raises(CannotPublish, match="is in the way"):
            library.publish(a_draft(tmp_path, next_version("1.2.0")), "1.2.0")

        assert path.read_text("utf-8") == "something else\n"

    def test_lock_is_never_dated_backwards(self, library: Library, tmp_path: Path) -> None:
        early = dt.date(2026, 1, 1)

        with pytest.raises(CannotPublish, match="LOCK is only added to"):
            library.publish(a_draft(tmp_path, next_version("1.2.0")), "1.2.0", on=early)

        assert not file_of(library, "1.2.0").exists()
        assert library.verify() == ()

    def test_many_at_once_publish_one_version_once(self, library: Library, tmp_path: Path) -> None:
        draft = a_draft(tmp_path, next_version("1.2.0"))

        def publish(_: int) -> bool:
            try:
                library.publish(draft, "1.2.0")
            except CannotPublish:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(publish, range(8)))

        assert outcomes.count(True) == 1
        assert library.verify() == ()
        assert library.find(Reference.parse("board-example@1.2.0")) is not None

    def test_a_version_is_withdrawn_with_a_reason_and_stays_readable(
        self, library: Library
    ) -> None:
        library.withdraw(FINAL, "A mistake in a weight", on=TODAY)

        assert library.get(FINAL).status is Status.WITHDRAWN
        assert library.get(FINAL, dt.date(2026, 4, 30)).status is Status.IN_FORCE
        assert library.verify() == ()
        with pytest.raises(CannotPublish, match="say why"):
            library.withdraw(FINAL, "  ")
        with pytest.raises(UnknownVersion):
            library.withdraw(Reference.parse("board-example@9.0.0"), "Because")


class TestQuestionnaires:
    def test_a_questionnaire_is_published_and_found(self, tmp_path: Path) -> None:
        library = Library(tmp_path / "a", questionnaires=[tmp_path / "b"], today=lambda: TODAY)
        draft = tmp_path / "asked.yaml"
        draft.write_text(write_questionnaire(a_questionnaire()), "utf-8")

        library.publish_questionnaire(draft, "1.0.0")
        library.publish_questionnaire(draft, "1.1.0")

        assert library.questionnaire("example-consultation", "1.0.0") == a_questionnaire()
        assert [each.version for each in library.questionnaires()] == ["1.0.0", "1.1.0"]
        assert library.verify() == ()
        with pytest.raises(CannotPublish, match="never changes"):
            library.publish_questionnaire(draft, "1.1.0")
        with pytest.raises(UnknownVersion, match=r"consultation@2\.0\.0"):
            library.questionnaire("example-consultation", "2.0.0")


class TestShipped:
    def test_what_ships_is_sound(self) -> None:
        library = Library.shipped()

        assert library.verify() == ()
        assert {each.framework.slug for each in library.list()} == {"board-leadership"}
        assert [str(each.reference) for each in library.questionnaires()] == [
            "competency-consultation@1.0.0",
            "competency-consultation@1.0.1",
        ]

    def test_a_writable_folder_stands_beside_it(self, tmp_path: Path) -> None:
        shipped = Library.shipped().list()
        library = Library.shipped(tmp_path)

        assert library.list() == shipped
        library.publish(a_draft(tmp_path, a_framework()), "1.0.0-beta.1")
        assert len(library.list()) == len(shipped) + 1
        assert (tmp_path / "LOCK").exists()
