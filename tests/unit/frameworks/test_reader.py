"""Reading a file: all problems at once, in order, and nothing that could surprise."""

import pytest

from frameworks.model import Framework
from frameworks.problems import Unreadable
from frameworks.questionnaire import Questionnaire
from frameworks.reader import read_file, read_framework, read_questionnaire
from frameworks.writer import write_framework, write_questionnaire
from tests.factories.frameworks import a_framework, a_questionnaire

GOOD = write_framework(a_framework())

EVERY_PROBLEM = """\
board.yaml:4: key “slug” stands here a second time: keep one
board.yaml:9: “owner” must be text: put it in quotes
board.yaml:68: “polarity” of “culture.speaking-up.asks” is “good”, not one of effective, ineffective
board.yaml:303: “weight” of “culture.speaking-up” must be a whole number without quotes, not “ten”
board.yaml:304: unknown competency “culture.lissening” in profile “provider-chair”; \
did you mean “culture.listening”?
board.yaml:404: unknown key “extra”"""


def told(text: str | bytes) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        read_framework(text, "board.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("slug: board-example", "slug: board-example\nslug: again")
        .replace("owner: Example commissioning body", "owner: 7")
        .replace("            polarity: effective\n", "            polarity: good\n", 1)
        .replace("weight: 10, assess_at", "weight: ten, assess_at", 1)
        .replace("competency: culture.listening,", "competency: culture.lissening,", 1)
        .replace("withdrawn: []", "withdrawn: []\nextra: 1")
    )

    assert "\n".join(told(text)) == EVERY_PROBLEM


def test_an_alias_is_refused_where_it_stands_and_nothing_else_is_said_of_it() -> None:
    text = GOOD.replace("owner: Example", "owner: &body Example").replace(
        "release_notes: First version for consultation.", "release_notes: *body"
    )

    assert told(text) == [
        "board.yaml:8: anchor &body: take it away and write the value out",
        "board.yaml:19: alias *body: write the value out",
    ]


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"

    assert any("alias *h" in problem for problem in told(bomb))


def test_two_hundred_thousand_brackets_do_not_bring_the_reader_down() -> None:
    assert told("sources: " + "[" * 200_000) == ["board.yaml:1: is nested more than 40 deep"]


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert told(GOOD + "#" * 4_000_000) == ["board.yaml:1: is larger than 4 MB: split it"]


@pytest.mark.parametrize("text", ["", "# Only a comment.\n", "\n\n"])
def test_an_empty_file_is_told(text: str) -> None:
    assert told(text) == ["board.yaml:1: is empty"]


@pytest.mark.parametrize("text", ["- a\n- b\n", "only text\n", "null\n"])
def test_a_file_without_keys_is_told(text: str) -> None:
    assert told(text) == [
        "board.yaml:1: a file holds keys such as slug, version and title, each with a colon"
    ]


def test_a_file_in_another_encoding_is_told_with_the_line_of_the_byte() -> None:
    content = GOOD.replace("owner: Example", "owner: Exämple").encode("latin-1", "replace")

    assert told(content) == ["board.yaml:8: is not UTF-8 (byte 0xe4): save the file as UTF-8"]


def test_half_a_character_is_told() -> None:
    assert told(GOOD.replace("owner: Ex", "owner: \ud800Ex")) == [
        "board.yaml:8: holds half a character: save the file as UTF-8"
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_line_ends_and_a_byte_order_mark_change_nothing(mark: bytes, ending: str) -> None:
    content = mark + GOOD.replace("\n", ending).encode()

    assert read_framework(content) == a_framework()


@pytest.mark.parametrize(
    "word", ["NO", "yes", "Null", "TRUE", "010", "0x1f", "1e3", "2026-04-01", "12:30", "1_000"]
)
def test_a_word_that_other_readers_change_stays_as_it_was_written(word: str) -> None:
    text = GOOD.replace("owner: Example commissioning body", f"owner: {word}")

    assert read_framework(text).owner == word


def test_mappings_of_the_file_become_lists_of_the_model() -> None:
    framework = read_framework(GOOD)

    assert framework.uses == a_framework().uses
    assert framework.competency("culture.listening").anchors[1].level == "4"


def test_a_file_is_known_for_a_framework_or_a_questionnaire_by_its_keys() -> None:
    assert isinstance(read_file(GOOD, "a"), Framework)
    assert isinstance(read_file(write_questionnaire(a_questionnaire()), "b"), Questionnaire)


def test_the_message_of_an_unreadable_file_is_its_problems_a_line_each() -> None:
    with pytest.raises(Unreadable, match=r"^x\.yaml:1: is empty$"):
        read_questionnaire("", "x.yaml")
