from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.delimited import NotATable, decode_table, one_line, read_rows
from exports.packs import people
from exports.packs.people import LineProblem, PackForm, PeopleUnreadable, Person, read_people
from exports.tables import write_csv

PROFILES = {
    "provider-chair": "Chair of an NHS provider",
    "non-executive-director": "Non-executive director",
}
HEADER = "name,role,profile,organisation,period,appraiser"


def read(text: str, profile: str = "", form: PackForm = PackForm.APPRAISAL) -> tuple[Person, ...]:
    return read_people(text, form, PROFILES, profile)


def wrong(text: str, profile: str = "", form: PackForm = PackForm.APPRAISAL) -> list[str]:
    with pytest.raises(PeopleUnreadable) as caught:
        read(text, profile, form)
    return [str(each) for each in caught.value.problems]


def read_or_not(text: str) -> tuple[tuple[Person, ...], tuple[LineProblem, ...]]:
    try:
        return read(text, "provider-chair"), ()
    except PeopleUnreadable as refused:
        return (), refused.problems


class TestATableOfPeople:
    def test_a_row_is_somebody_with_a_profile_and_what_else_is_known(self) -> None:
        found = read(f"{HEADER}\nAnna Köster,Chair,provider-chair,North Trust,,Sam Hill\n")
        assert found == (
            Person(
                2,
                "provider-chair",
                (
                    ("name", "Anna Köster"),
                    ("role", "Chair"),
                    ("organisation", "North Trust"),
                    ("appraiser", "Sam Hill"),
                ),
            ),
        )

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
    def test_separators_and_line_ends_are_found_out(self, separator: str, ending: str) -> None:
        lines = ["name,role", '"Hill, Sam",Chair', "", "Jo;Hall,Lead"]
        if separator == ";":
            lines[3] = '"Jo;Hall",Lead'
        text = ending.join(lines).replace(",", separator).replace('"Hill; Sam"', '"Hill, Sam"')
        assert [each.said["role"] for each in read(text, "provider-chair")] == ["Chair", "Lead"]

    def test_a_spreadsheets_own_line_about_its_separator_is_understood(self) -> None:
        found = read("sep=;\nname;role\n\nJo, Hall;Chair\n", "provider-chair")
        assert [(each.line, each.said["name"]) for each in found] == [(4, "Jo, Hall")]

    def test_headings_are_forgiven_case_blanks_and_other_words(self) -> None:
        found = read(" Full_Name ,JOB-TITLE,Board position,\nJo,Chair,PROVIDER CHAIR,\n")
        assert found[0].said == {"name": "Jo", "role": "Chair"}
        assert found[0].profile == "provider-chair"

    def test_a_profile_may_be_named_by_its_title(self) -> None:
        assert read("name,profile\nJo,Non-Executive Director\n")[0].profile == (
            "non-executive-director"
        )

    def test_a_row_without_a_profile_gets_that_of_everybody(self) -> None:
        found = read("name,profile\nJo,\nAl,provider-chair\n", "non-executive-director")
        assert [each.profile for each in found] == ["non-executive-director", "provider-chair"]

    def test_a_scorecard_is_for_a_candidate_and_a_panel_member(self) -> None:
        found = read("Candidate,Panel member\nA12,Sam\n", "provider-chair", PackForm.SCORECARD)
        assert found[0].values == (("candidate", "A12"), ("assessor", "Sam"))

    def test_what_a_cell_hides_is_taken_out_and_its_breaks_are_blanks(self) -> None:
        found = read('name\n"Jo\n\u202eHall\u200b\t2"\n', "provider-chair")
        assert found[0].said["name"] == "Jo Hall 2"

    def test_a_row_is_named_by_the_line_on_which_it_begins(self) -> None:
        found = read('name,role\n"Jo\nHall",x\nAl,y\n', "provider-chair")
        assert [each.line for each in found] == [2, 4]


class TestWhatIsWrongWithATable:
    def test_everything_is_said_at_once_with_its_line(self) -> None:
        text = (
            f"{HEADER}\n"
            ",Chair,provider-chair\n"
            "Jo,Chair,provider-chairs\n"
            "\n"
            f"Al,{'x' * 201},provider-chair\n"
            "Di,Chair,\n"
            "Ed,Chair,provider-chair,,,,and more\n"
            "Bo,Chair,provider-chair\n"
            "bo,Lead,Provider Chair\n"
        )
        assert wrong(text) == [
            "line 2: the name is missing",
            "line 3: there is no profile “provider-chairs”; did you mean “provider-chair”?",
            "line 5: the role has 201 characters and at most 200 fit",
            "line 6: the profile is missing",
            "line 7: “and more” stands below no heading",
            "line 9: bo is on line 8 already, with the same profile, organisation and period",
        ]

    def test_the_profiles_are_listed_once(self) -> None:
        first, second = wrong("name,profile\na,x\nb,y\n")
        assert first.endswith("“x”; the profiles are: provider-chair, non-executive-director")
        assert second == "line 3: there is no profile “y”"

    def test_people_of_one_name_at_two_organisations_are_two(self) -> None:
        text = "name,organisation\nJo Hall,North\nJo Hall,South\nJo Hall,north\n"
        (found,) = wrong(text, "provider-chair")
        assert found.startswith("line 4: Jo Hall is on line 2 already, with the same profile, ")

    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            ("nama", "line 1: there is no column “nama”; did you mean “name”?"),
            (
                "name,shoe size",
                "line 1: there is no column “shoe size”; the columns are: name, role",
            ),
            ("name,person", "line 1: the column “name” is there twice"),
            ("role", "line 1: the column “name” is missing and is needed"),
        ],
    )
    def test_a_heading_that_is_not_known_is_refused(self, header: str, expected: str) -> None:
        assert any(
            each.startswith(expected) for each in wrong(f"{header}\nx,y\n", "provider-chair")
        )

    def test_a_profile_is_needed_unless_one_is_given_for_everybody(self) -> None:
        (found,) = wrong("name\nJo\n")
        assert found.startswith("line 1: the column “profile” is missing and is needed because no ")

    def test_nobody_is_said(self) -> None:
        assert wrong("name\n", "provider-chair") == ["line 1: there is nobody below the header"]
        assert "line 1: the column “name” is missing and is needed" in wrong("", "provider-chair")

    def test_a_pack_holds_ten_thousand_people_and_no_more(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert people.MOST_PEOPLE == 10_000
        monkeypatch.setattr(people, "MOST_PEOPLE", 3)
        assert len(read("name\na\nb\nc\n", "provider-chair")) == 3
        assert wrong("name\na\nb\nc\nd\n", "provider-chair") == [
            "line 5: the table has 4 people and a pack holds 3 at most: send it in parts"
        ]

    def test_a_quotation_mark_that_is_never_closed_is_found(self) -> None:
        assert wrong('name,role\nJo,Chair\n"Al,Chair\n', "provider-chair") == [
            "line 3: a quotation mark is never closed, or something stands right after one"
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("name\n" + "A\n" * 30_000, "more than 20,000 rows"),
            ("name" + ",more" * 200 + "\nA\n", "at most 100 cells, this has 201"),
            ("name\n" + "A" * 5_000_000, "the table is too long"),
        ],
        ids=["rows", "cells", "characters"],
    )
    def test_a_table_beyond_all_measure_is_refused_before_it_is_read(
        self, text: str, message: str
    ) -> None:
        [problem] = wrong(text, "provider-chair")
        assert message in problem


class TestTheLettersOfAFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_unicode_is_read_in_the_ways_that_spreadsheets_write_it(self, encoding: str) -> None:
        text = "name\nZoë Köster\n"
        found = read_rows(decode_table(text.encode(encoding)))
        assert found[1].cells == ("Zoë Köster",)

    def test_an_older_code_page_is_refused_with_what_to_do(self) -> None:
        with pytest.raises(NotATable, match="CSV UTF-8") as caught:
            decode_table("name\nJo\nKöster\n".encode("cp1252"))
        assert caught.value.line == 3

    def test_a_spreadsheet_itself_is_refused_with_what_to_do(self) -> None:
        with pytest.raises(NotATable, match="spreadsheet and not a CSV file"):
            decode_table(b"PK\x03\x04 and so on")

    def test_what_is_no_text_is_refused(self) -> None:
        with pytest.raises(NotATable, match="not a table"):
            read_rows("name\n\x00\x00")


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_with_lines_that_are_there(text: str) -> None:
    found, problems = read_or_not(text)
    lines = len(text.splitlines()) + 1
    assert bool(found) != bool(problems)
    assert all(1 <= each.line <= lines for each in problems)


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)


@given(st.lists(NAMES, min_size=1, max_size=8, unique_by=lambda name: one_line(name).casefold()))
def test_whatever_people_are_called_they_are_read_as_they_were_written(names: list[str]) -> None:
    clean = [one_line(name) for name in names]
    rows = [[name, str(number)] for number, name in enumerate(clean) if name]
    if not rows or any(name != one_line(name) for name, _ in rows):
        return
    table = write_csv(["name", "organisation"], rows)
    # The apostrophe before what might be a formula is part of what a spreadsheet shows.
    found = [each.said["name"].removeprefix("'") for each in read(table, "provider-chair")]
    assert found == [name.removeprefix("'") for name, _ in rows]
