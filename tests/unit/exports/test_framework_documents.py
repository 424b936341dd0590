"""The booklet and the person specification say what the framework says."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from exports.documents.booklet import make_booklet
from exports.documents.person_specification import make_person_specification
from exports.samples.published import sample_published
from exports.templating import body
from tests.unit.exports.reading import laid_out_page_of, whole_pages_of


class TestBooklet:
    """The whole of a version."""

    def test_contents_name_the_page_on_which_each_competency_stands(
        self, printed: Mapping[str, Path]
    ) -> None:
        pages = whole_pages_of(printed["booklet"])
        contents = laid_out_page_of(printed["booklet"], 2)
        for competency in sample_published().framework.all_competencies():
            heading = f"{competency.code} {competency.title}"
            line = re.search(rf"{re.escape(heading)}[ .]+(\d+)", contents)
            assert line, heading
            assert heading in pages[int(line.group(1)) - 1]

    def test_it_shows_each_text_of_each_competency(self) -> None:
        published = sample_published()
        shown = BeautifulSoup(body(make_booklet(published)), "lxml").get_text(" ")
        for competency in published.framework.all_competencies():
            texts = [competency.statement, published.citation(competency.key)]
            texts += [each.text for each in competency.indicators]
            texts += [each.text for each in competency.anchors]
            texts += [each.text for each in competency.questions]
            texts += [each.title for each in competency.development]
            assert all(text in shown for text in texts)

    def test_it_shows_positions_tombstones_licence_and_digest(self) -> None:
        published = sample_published()
        shown = BeautifulSoup(body(make_booklet(published)), "lxml").get_text(" ")
        for words in (
            "Non-executive director of an NHS provider",
            "The senior independent director",
            "governance.minutes",
            "CC BY 4.0",
            published.digest,
        ):
            assert words in shown

    @pytest.mark.parametrize(
        ("version", "mark"),
        [
            ("1.0.0", ""),
            ("1.0.0-alpha.1", "DRAFT"),
            ("1.0.0-beta.1", "FOR CONSULTATION"),
            ("1.0.0-rc.1", "CANDIDATE"),
        ],
    )
    def test_a_version_that_is_not_final_says_so_on_each_page(
        self, version: str, mark: str
    ) -> None:
        published = sample_published()
        framework = published.framework.model_copy(update={"version": version})
        assert make_booklet(dataclasses.replace(published, framework=framework)).mark == mark

    def test_a_withdrawn_version_says_so(self) -> None:
        published = sample_published()
        booklet = make_booklet(dataclasses.replace(published, withdrawn_on=dt.date(2026, 9, 1)))
        assert booklet.mark == "WITHDRAWN"
        assert "1 September 2026" in body(booklet)

    def test_a_version_that_is_not_published_has_no_date_and_no_booklet(self) -> None:
        published = dataclasses.replace(sample_published(), published_on=None)
        with pytest.raises(ValueError, match=r"board-leadership@1\.0\.0 has not been published"):
            make_booklet(published)


class TestPersonSpecification:
    """What a vacancy asks for."""

    def test_criteria_are_split_with_where_each_is_assessed(self) -> None:
        made = make_person_specification(
            sample_published(), "provider-chair", organisation="Fairwater", vacancy="FW-1"
        )
        assert [(each.code, each.letters) for each in made.essential] == [
            ("1.1", "A, I, R"),
            ("1.2", "I, S"),
            ("2.1", "I, P"),
        ]
        assert [(each.code, each.letters) for each in made.desirable] == [("2.2", "A, I")]
        assert made.made_on == dt.date(2026, 2, 16)

    def test_the_key_names_each_letter_that_is_used_and_no_other(self) -> None:
        made = make_person_specification(
            sample_published(), "provider-non-executive", organisation="F", vacancy="V"
        )
        assert made.key == (("A", "Application"), ("I", "Interview"), ("R", "Reference"))

    @pytest.mark.parametrize("shows", [True, False])
    def test_weights_are_shown_only_where_they_are_wanted(self, shows: bool) -> None:
        made = make_person_specification(
            sample_published(),
            "provider-chair",
            organisation="F",
            vacancy="V",
            shows_weights=shows,
        )
        assert ("Weight" in body(made)) is shows

    def test_a_position_that_is_not_there_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            make_person_specification(sample_published(), "mayor", organisation="F", vacancy="V")
