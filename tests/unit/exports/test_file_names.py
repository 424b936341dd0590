from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.packs.file_names import FileNames, safe_stem

DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Anna Köster", "Chair"), "Anna Köster - Chair"),
        (("Anna Ko\u0308ster", ""), "Anna Köster"),
        (("../../etc/passwd",), "etc passwd"),
        (("a/b\\c:d*e?f",), "a b c d e f"),
        (("Jo\r\nHall\t2",), "Jo Hall 2"),
        (("\u202eJo\u202c \u200fHall",), "Jo Hall"),
        (("CON",), "_CON"),
        (("nul.txt",), "_nul.txt"),
        (("COM¹",), "_COM¹"),
        (("Con", "Chair"), "Con - Chair"),
        (("ends in stops...",), "ends in stops"),
        ((".hidden",), "hidden"),
        (("-rf ~",), "rf ~"),
        (("👩‍⚖️ Jo",), "👩⚖️ Jo"),
        (("王小明", "主席"), "王小明 - 主席"),
        (("", " "), "Unnamed"),
        (("...", "///"), "Unnamed"),
        (("x" * 300,), "x" * 120),
        (("x" * 120 + "\u0304z",), "x" * 119),
    ],
)
def test_a_name_becomes_a_file_name(parts: tuple[str, ...], expected: str) -> None:
    assert safe_stem(*parts) == expected


def test_what_repeats_is_numbered_whatever_the_case_and_composition() -> None:
    names = FileNames(".pdf")
    assert [
        names.name("Zoë"),
        names.name("ZOE\u0308"),
        names.name("zoë (2)"),
        names.name("Zoë"),
        names.name("ﬁn"),
        names.name("FIN"),
    ] == ["Zoë.pdf", "ZOË (2).pdf", "zoë (2) (2).pdf", "Zoë (3).pdf", "ﬁn.pdf", "FIN (2).pdf"]


def test_ten_thousand_people_of_one_name_are_numbered_at_once() -> None:
    names = FileNames(".pdf")
    found = {names.name("x" * 200) for _ in range(10_000)}
    assert len(found) == 10_000
    assert max(len(name) for name in found) <= 124


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("./\\:\0\n\r\u202e\u200d\u0301\u0308 -~conNUL1¹ßẞ\u0131\u0130👩"),
    ),
    max_size=330,
)


@given(st.lists(st.tuples(ODD, ODD), min_size=1, max_size=12))
@example([("\u0308", "\u0308"), ("a" * 119 + "e\u0301" * 3, "")])
@example([("con", ""), ("CON", ""), ("_con", "")])
@example([("\u0131", ""), ("I", ""), ("\u017f", ""), ("S", "")])
def test_every_name_is_safe_and_its_own(people: list[tuple[str, str]]) -> None:
    names = FileNames(".pdf")
    made = [names.name(*parts) for parts in people]
    for name in made:
        stem = name.removesuffix(".pdf")
        assert stem
        assert PurePosixPath(name).name == PureWindowsPath(name).name == name
        assert not stem.startswith((".", "-", " "))
        assert not stem.endswith((".", " "))
        assert name.partition(".")[0].rstrip().casefold() not in DEVICES
        assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in name)
        assert not set(name) & set('/\\:*?"<>|')
        for form in ("NFC", "NFD"):
            assert len(unicodedata.normalize(form, name).encode()) <= 255
    for compared in (str.upper, str.lower, str.casefold):
        seen = {unicodedata.normalize("NFD", compared(name)) for name in made}
        assert len(seen) == len(made)


@given(ODD)
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    once = safe_stem(text)
    assert safe_stem(once) == once or once.startswith("_")
