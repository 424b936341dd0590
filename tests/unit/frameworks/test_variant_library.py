"""Language variants are locked beside their versions, in revisions, and never change either."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from frameworks.checking import check_paths, look_at
from frameworks.journal import HEADER, published_line, read_journal, withdrawn_line
from frameworks.library import CannotPublish, Library, UnknownVersion
from frameworks.model import Framework, Reference
from frameworks.problems import Unreadable
from frameworks.variants import Variant, VariantOf
from frameworks.versions import VariantReference, parse_name
from frameworks.writer import write_questionnaire, write_variant
from tests.factories.frameworks import a_questionnaire
from tests.factories.variants import in_welsh
from tests.unit.frameworks.shelves import TODAY, a_library

FINAL = Reference.parse("board-example@1.0.0")
BETA = Reference.parse("board-example@1.1.0-beta.1")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def framework_of(library: Library, reference: Reference = FINAL) -> Framework:
    return library.get(reference).framework


def put(folder: Path, variant: Variant, name: str = "variant.yaml") -> Path:
    path = folder / name
    path.write_text(write_variant(variant), encoding="utf-8")
    return path


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "board-example@1.0.0.cy",
            "board-example@1.1.0-beta.1.cy",
            "board-example@1.1.0-beta.1.cy.2",
            "board-example@1.0.0.en-GB-x-easyread.12",
            "board-example@1.0.0.zh-Hant-TW",
        ],
    )
    def test_a_variant_is_named_by_version_language_and_revision(self, text: str) -> None:
        name = parse_name(text)
        assert isinstance(name, VariantReference)
        assert str(name) == text
        assert f"{name.of.slug}@{name.stem}" == text

    @pytest.mark.parametrize(
        "text",
        [
            *("board-example@1.0.0", "board-example@1.1.0-beta.1"),
            *("board-example@1.1.0-beta.2", "board-example@1.0.0-alpha.10"),
        ],
    )
    def test_a_version_is_still_a_version(self, text: str) -> None:
        name = parse_name(text)
        assert isinstance(name, Reference)
        assert str(name) == text

    @pytest.mark.parametrize(
        "text",
        [
            *("board-example@1.0.0.", "board-example@1.0.0.CY", "board-example@1.0.0.cy.1"),
            *("board-example@1.0.0.cy.0", "board-example@1.0.cy", "board-example@1.0.0.cy/../x"),
            *("@1.0.0.cy", "../x@1.0.0.cy", "board-example@1.0.0.en-gb", "a@1.0.0.cy\n"),
        ],
    )
    def test_anything_else_names_nothing(self, text: str) -> None:
        with pytest.raises(ValueError, match="is not a"):
            parse_name(text)


class TestJournal:
    DIGEST = f"sha256:{'a' * 64}"

    def test_a_variant_is_an_entry_of_its_own(self) -> None:
        welsh = VariantReference(slug="board-example", version="1.0.0", language="cy")
        better = welsh.model_copy(update={"revision": 2})
        on = dt.date(2026, 1, 5)
        text = HEADER + "".join(
            published_line(each, on, self.DIGEST, self.DIGEST) for each in (FINAL, welsh, better)
        )
        locked = read_journal(text + withdrawn_line(welsh, on, "a slip"))

        assert list(locked) == [FINAL, welsh, better]
        assert locked[welsh].withdrawn_on == on
        assert locked[FINAL].withdrawn_on is None
        assert locked[better].withdrawn_on is None

    def test_a_variant_is_published_once(self) -> None:
        welsh = VariantReference(slug="board-example", version="1.0.0", language="cy")
        line = published_line(welsh, dt.date(2026, 1, 5), self.DIGEST, self.DIGEST)
        with pytest.raises(Unreadable, match=r"1\.0\.0\.cy was already published on line 3"):
            read_journal(HEADER + line + line)


class TestPublishing:
    def test_a_variant_stands_beside_its_version_in_canonical_form(
        self, library: Library, folder: Path, tmp_path: Path
    ) -> None:
        variant = in_welsh(framework_of(library))
        published = library.publish_variant(put(tmp_path, variant), on=TODAY)

        assert str(published.reference) == "board-example@1.0.0.cy"
        assert published.variant == variant
        assert published.published_on == TODAY
        file = folder / "board-example" / "1.0.0.cy.yaml"
        assert file.read_text("utf-8") == write_variant(variant)
        assert library.variant_file(published.reference) == file.read_bytes()
        assert library.variants(FINAL) == (published,)
        assert library.variants(BETA) == ()
        assert library.verify() == ()

    def test_versions_are_listed_without_their_variants(
        self, library: Library, tmp_path: Path
    ) -> None:
        before = library.list(TODAY)
        library.publish_variant(put(tmp_path, in_welsh(framework_of(library))), on=TODAY)
        assert library.list(TODAY) == before

    def test_what_is_not_written_yet_is_left_out(self, library: Library, tmp_path: Path) -> None:
        variant = in_welsh(framework_of(library))
        blank = variant.texts[0].model_copy(update={"title": "", "looks_like": ""})
        draft = variant.model_copy(update={"texts": (blank, *variant.texts[1:])})

        published = library.publish_variant(put(tmp_path, draft), on=TODAY)

        assert published.variant.texts == variant.texts[1:]

    def test_a_later_one_is_a_revision_and_both_stay(
        self, library: Library, tmp_path: Path
    ) -> None:
        variant = in_welsh(framework_of(library))
        first = library.publish_variant(put(tmp_path, variant), on=TODAY)
        better = variant.model_copy(update={"title": "Cymwyseddau gwell", "revision": 7})
        second = library.publish_variant(put(tmp_path, better), on=TODAY)

        assert second.variant.revision == 2
        assert second.variant.edition == "cy.2"
        assert library.variants(FINAL) == (second,)
        assert library.editions(FINAL) == (first, second)
        assert library.variant(FINAL, "cy") == second
        assert library.variant(FINAL, "cy.2") == second
        with pytest.raises(UnknownVersion, match=r"no intact board-example@1\.0\.0\.cy\.3"):
            library.variant(FINAL, "cy.3")

    def test_a_withdrawn_one_gives_way_to_the_one_before_and_stays_readable(
        self, library: Library, tmp_path: Path
    ) -> None:
        variant = in_welsh(framework_of(library))
        first = library.publish_variant(put(tmp_path, variant), on=TODAY)
        second = library.publish_variant(put(tmp_path, variant), on=TODAY)
        library.withdraw(second.reference, "wrong words", on=TODAY)

        assert library.variant(FINAL, "cy") == first
        assert library.variant(FINAL, "cy.2").withdrawn_on == TODAY
        third = library.publish_variant(put(tmp_path, variant), on=TODAY)
        assert third.variant.revision == 3

    @pytest.mark.parametrize("change", ["words", "version"])
    def test_a_variant_of_other_words_is_refused_and_nothing_is_written(
        self, library: Library, folder: Path, tmp_path: Path, change: str
    ) -> None:
        variant = in_welsh(framework_of(library))
        if change == "words":
            stale = variant.texts[0].model_copy(update={"source": f"sha256:{'0' * 64}"})
            variant = variant.model_copy(update={"texts": (stale, *variant.texts[1:])})
            refusal: type[Exception] = Unreadable
        else:
            variant = variant.model_copy(update={"version": "9.0.0"})
            refusal = CannotPublish
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

        with pytest.raises(refusal):
            library.publish_variant(put(tmp_path, variant), on=TODAY)

        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before

    def test_a_questionnaire_has_variants_of_its_own(self, tmp_path: Path) -> None:
        folder = tmp_path / "questionnaires"
        library = Library(tmp_path / "library", questionnaires=[folder], today=lambda: TODAY)
        draft = tmp_path / "draft.yaml"
        draft.write_text(write_questionnaire(a_questionnaire()), encoding="utf-8")
        asked = library.publish_questionnaire(draft, "1.0.0")

        published = library.publish_variant(put(tmp_path, in_welsh(asked)))

        kind = VariantOf.QUESTIONNAIRE
        assert (folder / asked.slug / "1.0.0.cy.yaml").is_file()
        assert library.variants(asked.reference, kind) == (published,)
        assert library.variants(asked.reference) == ()
        assert library.variant_file(published.reference, kind).startswith(b"# yaml-language-server")
        assert library.questionnaires() == (asked,)
        assert library.verify() == ()


class TestDamage:
    @pytest.fixture
    def file(self, library: Library, folder: Path, tmp_path: Path) -> Path:
        library.publish_variant(put(tmp_path, in_welsh(framework_of(library))), on=TODAY)
        return folder / "board-example" / "1.0.0.cy.yaml"

    def test_a_changed_variant_is_refused_and_told_once(
        self, library: Library, folder: Path, file: Path
    ) -> None:
        file.write_text(file.read_text("utf-8").replace("Cy: ", "Cymraeg: ", 1), encoding="utf-8")
        fresh = Library(folder, today=lambda: TODAY)

        assert fresh.variants(FINAL) == ()
        message = "board-example/1.0.0.cy.yaml is not the file that was locked here: restore it"
        assert [(each.line, each.message) for each in fresh.verify()] == [(6, message)]
        assert [each.message for each in check_paths([folder])] == [message]

    def test_a_deleted_variant_is_told(self, library: Library, folder: Path, file: Path) -> None:
        file.unlink()
        fresh = Library(folder, today=lambda: TODAY)
        assert fresh.variants(FINAL) == ()
        assert [each.message for each in fresh.verify()] == [
            "board-example/1.0.0.cy.yaml is locked here and missing: restore it"
        ]

    def test_a_variant_that_lock_does_not_know_is_told_and_not_shown(
        self, library: Library, folder: Path, file: Path
    ) -> None:
        stray = file.with_name("1.0.0.cy.2.yaml")
        better = in_welsh(framework_of(library)).model_copy(update={"revision": 2})
        stray.write_text(write_variant(better), encoding="utf-8")

        assert library.variant(FINAL, "cy").variant.revision == 1
        assert [each.source for each in library.verify()] == [str(stray)]

    def test_a_variant_under_another_name_is_told(
        self, library: Library, folder: Path, file: Path
    ) -> None:
        moved = file.with_name("1.1.0-beta.1.cy.yaml")
        file.rename(moved)
        lock = folder / "LOCK"
        lock.write_text(lock.read_text("utf-8").replace("@1.0.0.cy", "@1.1.0-beta.1.cy"), "utf-8")

        assert Library(folder).variants(BETA) == ()
        assert "holds board-example@1.0.0.cy" in Library(folder).verify()[0].message


class TestChecking:
    def test_a_sound_variant_passes_with_its_coverage(
        self, library: Library, folder: Path, tmp_path: Path
    ) -> None:
        framework = framework_of(library)
        key = framework.domains[0].key
        library.publish_variant(put(tmp_path, in_welsh(framework, key)), on=TODAY)

        checked = look_at([folder])

        assert checked.problems == ()
        ((path, reference, there),) = checked.coverage
        assert path.name == "1.0.0.cy.yaml"
        assert str(reference) == "board-example@1.0.0.cy"
        assert (there.written, there.is_whole, there.same) == (1, False, ())

    def test_a_draft_elsewhere_is_checked_against_the_library(
        self, library: Library, tmp_path: Path
    ) -> None:
        draft = put(tmp_path, in_welsh(framework_of(library)))

        assert [each.message for each in check_paths([draft])] == [
            "framework board-example@1.0.0 is not there to check this against"
        ]
        assert check_paths([draft], library.source) == ()

    def test_a_wrong_key_is_told_on_its_line(self, library: Library, tmp_path: Path) -> None:
        draft = put(tmp_path, in_welsh(framework_of(library)))
        text = draft.read_text("utf-8").replace("key: culture\n", "key: cultur\n", 1)
        draft.write_text(text, encoding="utf-8")
        line = text[: text.index("key: cultur\n")].count("\n") + 1

        (problem,) = check_paths([draft], library.source)

        assert problem.line == line
        assert problem.message.endswith("did you mean “culture”?")

    def test_a_file_named_for_another_language_is_told(
        self, library: Library, folder: Path, tmp_path: Path
    ) -> None:
        place = tmp_path / "board-example"
        place.mkdir()
        draft = put(place, in_welsh(framework_of(library)), "1.0.0.ga.yaml")
        assert [each.message for each in check_paths([draft], library.source)] == [
            "version 1.0.0.cy does not stand in a file of that name"
        ]
