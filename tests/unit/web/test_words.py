"""The words in templates are punctuated and spelt as print is, since nobody proofreads a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.pages.contract import AMERICAN

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted(
    path
    for room in ("webapp", "exports")
    for path in (ROOT / room).rglob("*.html")
    if "static" not in path.parts
)
FAULTS = {
    "a straight quotation mark": re.compile(r"[\"']"),
    "a hyphen for a dash": re.compile(r"\s--?\s"),
    "three full stops for an ellipsis": re.compile(r"\.\.\."),
    "American spelling": AMERICAN,
    "an empty courtesy": re.compile(r"\b(simply|please note|click here)\b", re.IGNORECASE),
}


def words_of(template: str) -> str:
    """Return what a template says by itself, without tags, comments and values."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    soup = BeautifulSoup(plain, "lxml")
    for tag in soup.find_all(["script", "style", "code"]):
        tag.decompose()
    # A macro may write attributes for the tag that calls it.
    return re.sub(r"(?<!\S)[\w-]+=\"[^\"]*\"", "", soup.get_text("\n"))


def faults_in(template: str) -> list[str]:
    words = words_of(template)
    return [name for name, pattern in FAULTS.items() if pattern.search(words)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_reads_like_print(path: Path) -> None:
    assert faults_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("<p>What's new</p>", "a straight quotation mark"),
        ("<p>Open - or closed</p>", "a hyphen for a dash"),
        ("<p>Wait...</p>", "three full stops for an ellipsis"),
        # Written so that the check of spelling does not find it here.
        ("<p>Your organi\x7aation</p>", "American spelling"),
        ("<p>Click here</p>", "an empty courtesy"),
    ],
)
def test_a_fault_is_found(template: str, fault: str) -> None:
    assert faults_in(template) == [fault]


def test_what_is_no_word_of_the_template_is_left_alone() -> None:
    assert (
        faults_in("""{# don't #}<p class="a" title='b'>{{ x["y"] }}{% if a - b %}…{% endif %}""")
        == []
    )


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 40
