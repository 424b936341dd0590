from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exports.forms import form_fields
from exports.forms.readback import read
from frameworks.questions import Given
from frameworks.yaml_text import yaml_text
from tests.factories.files import REFUSED
from tests.factories.filling import FORM_FIELDS, fill_with_pypdf, prefill
from tests.factories.forms import (
    AREAS,
    ASSESSMENT,
    EVIDENCE,
    FIELDS,
    KEYRING,
    MEETING,
    PERSON,
    a_form,
)
from tests.unit.cli.conftest import Terminal
from webapp.cli.reading import as_plain

FILLED_IN = """\
citation: board@1.0.0
digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"
kind: review_record
"""


@pytest.fixture
def filled_in(tmp_path: Path) -> Path:
    """A copy for one person, filled in by another program, in the folder of the terminal."""
    copy = prefill(a_form(FORM_FIELDS), {PERSON: Given(text="Zoë Ødegård")})
    answers = {
        ASSESSMENT: Given(choices=("often",)),
        AREAS: Given(choices=("board", "ward")),
        EVIDENCE: Given(text="One: yes\n\n- two"),
        MEETING: Given(text="31 March 2026"),
    }
    path = tmp_path / "form.pdf"
    path.write_bytes(fill_with_pypdf(copy, answers))
    return path


class TestReading:
    def test_prints_each_answer_as_the_web_form_posts_it(
        self, terminal: Terminal, filled_in: Path
    ) -> None:
        printed = terminal.ok("document", "read", "form.pdf")
        assert printed.startswith(FILLED_IN)
        said = yaml.safe_load(printed)
        assert said["answers"] == {
            "board.culture:assessment": "often",
            "board.culture:evidence": "One: yes\n\n- two",
            "board.culture:areas": ["board", "ward"],
            "objectives.1:by": "2026-03-31",
        }
        assert said["about"] == {
            "about:person": "Zoë Ødegård",
            "about:position": "",
            "about:date": "",
        }
        assert said["form"] == {"profile": "chair"}
        assert said["state"] == "filled in"
        assert said["sha256"] == hashlib.sha256(filled_in.read_bytes()).hexdigest()
        assert said["base"] != said["identifier"]

    @pytest.mark.usefixtures("filled_in")
    def test_says_that_another_installation_sealed_the_form(self, terminal: Terminal) -> None:
        said = yaml.safe_load(terminal.ok("document", "read", "form.pdf"))
        assert said["signature"] == "unknown key"
        assert not terminal.home.exists()

    @pytest.mark.usefixtures("filled_in")
    def test_writes_the_same_into_a_file(self, terminal: Terminal, tmp_path: Path) -> None:
        printed = terminal.ok("document", "read", "form.pdf")
        assert terminal.ok("document", "read", "form.pdf", "-o", "a.yaml") == "Wrote a.yaml\n"
        assert (tmp_path / "a.yaml").read_text("utf-8") == printed

    @given(text=st.text(st.characters(exclude_categories=["Cs"])))
    def test_yaml_keeps_every_text(self, text: str) -> None:
        assert yaml.safe_load(yaml_text({"answers": {"a:b": text}})) == {"answers": {"a:b": text}}

    def test_the_order_is_that_of_the_form(self) -> None:
        plain = as_plain(read(a_form(FORM_FIELDS), KEYRING))
        assert list(plain["answers"]) == [
            str(each.key) for each in FIELDS if each.key.item not in ("about", "copy")
        ]


class TestRefusals:
    @pytest.mark.parametrize("name", ["a photograph", "encrypted", "cut off", "flattened"])
    def test_say_in_one_line_what_is_wrong_and_what_to_do(
        self, terminal: Terminal, tmp_path: Path, name: str
    ) -> None:
        make, _ = REFUSED[name]
        (tmp_path / "sent.pdf").write_bytes(make(a_form(FORM_FIELDS)))
        line = terminal.wrong("document", "read", "sent.pdf", "-o", "a.yaml")
        assert line.startswith("sent.pdf: ")
        assert not (tmp_path / "a.yaml").exists()

    def test_name_every_value_that_is_wrong(self, terminal: Terminal, tmp_path: Path) -> None:
        answers = {MEETING: Given(text="soon"), EVIDENCE: Given(text="x" * 500)}
        answers[form_fields.DATE.key] = Given(text="later")
        (tmp_path / "sent.pdf").write_bytes(fill_with_pypdf(a_form(FORM_FIELDS), answers))
        line = terminal.wrong("document", "read", "sent.pdf")
        assert "Shorten it by 100" in line
        assert "“soon”, which is not a date" in line
        assert "“Date.” says “later”" in line

    def test_a_file_that_is_far_too_large_is_not_even_read(
        self, terminal: Terminal, tmp_path: Path
    ) -> None:
        with (tmp_path / "sent.pdf").open("wb") as file:
            file.truncate(50_000_000_000)
        assert "at most 10 MB" in terminal.wrong("document", "read", "sent.pdf")

    def test_a_file_that_is_not_there(self, terminal: Terminal) -> None:
        assert terminal.wrong("document", "read", "a.pdf") == "a.pdf: No such file or directory"

    @pytest.mark.usefixtures("filled_in")
    def test_a_folder_that_is_not_there_is_said_before_the_work(self, terminal: Terminal) -> None:
        line = terminal.wrong("document", "read", "form.pdf", "-o", "nowhere/a.yaml")
        assert line.startswith("there is no folder ")
