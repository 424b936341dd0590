"""The contract of pages is seen to fail on each fault that it is there for."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.pages.contract import HEADERS, PAGE_LIMIT, page_faults

SOUND = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    <title>Members – Boardmark</title>
    <link rel="stylesheet" href="/static/nhsuk.css">
    <script type="module" src="/static/boardmark.js"></script>
  </head>
  <body>
    <a href="#maincontent">Skip to main content</a>
    <main id="maincontent">
      <h1>Members</h1>
      <form method="post">
        <input type="hidden" name="csrf_token" value="x">
        <label for="name">Name</label>
        <div id="name-hint">As it is written on letters</div>
        <input id="name" name="name" aria-describedby="name-hint">
        <fieldset>
          <legend>Role</legend>
          <input type="radio" id="role" name="role" value="a"><label for="role">One</label>
          <input type="radio" id="role-2" name="role" value="b"><label for="role-2">Two</label>
        </fieldset>
        <textarea hidden name="kept">{{ typed }}</textarea>
        <button>Save</button>
      </form>
      <h2>Roles</h2>
      <h3>Recruiter</h3>
    </main>
  </body>
</html>
"""

SUMMARY = '<div class="nhsuk-error-summary"><a href="#name">Enter a name</a></div>'


def faults(page: str, *, headers: tuple[str, ...] = HEADERS) -> list[str]:
    return page_faults(page.encode(), headers, BeautifulSoup(page, "lxml"))


def test_a_sound_page_has_no_fault() -> None:
    assert faults(SOUND) == []


def test_a_sound_page_with_errors_has_no_fault() -> None:
    page = SOUND.replace("<title>", "<title>Error: ").replace("<h1>", f"{SUMMARY}<h1>")
    assert faults(page) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("<h1>Members</h1>", "", "0 h1 headings"),
        ("<h2>Roles</h2>", "<h1>Roles</h1>", "2 h1 headings"),
        ("<title>Members", "<title>People", "is not the h1"),
        ("– Boardmark", "- Boardmark", "is not the h1"),
        ("<title>", "<title>Error: ", "go together"),
        ("<h1>", f"{SUMMARY}<h1>", "go together"),
        (' lang="en-GB"', "", "no language"),
        ('id="role-2"', 'id="role"', "ids used twice"),
        ('aria-describedby="name-hint"', 'aria-describedby="nothing"', "names nothing"),
        ('href="#maincontent"', 'href="#nothing"', "link to nothing"),
        ("<h2>Roles</h2>", "", "an h3 follows an h1"),
        ('<label for="name">Name</label>', "", "0 labels for “name”"),
        ("<h2>", '<label for="name">Again</label><h2>', "2 labels for “name”"),
        ('id="name" name', "name", "0 labels for “name”"),
        ("<legend>Role</legend>", "", "without a legend"),
        ("<legend>Role</legend>", "<legend> </legend>", "without a legend"),
        ('name="csrf_token"', 'name="token"', "without proof of origin"),
        ("Skip to main content", "", "a link without words"),
        ("<button>Save</button>", "<button name='go'></button>", "a button without words: go"),
        ("main", "div", "no main part"),
        ("<h2>Roles", "<h2>Roles {{ name }}", "mark-up shows as words"),
        ("<h2>Roles", "<h2>Roles &amp;amp; tasks", "mark-up shows as words"),
        ("<h2>Roles", "<h2>Roles of None", "missing shows as None"),
        ("<h2>Roles", "<h2>Roles in the organization", "American spelling: organization"),
        ("<h2>", "<style>h2 { color: red }</style><h2>", "an inline style"),
        ("<h2>", '<h2 style="color: red">', "an inline style"),
        ("<h2>", "<script>alert(1)</script><h2>", "an inline script"),
        ("<h2>", '<h2 onclick="alert(1)">', "an inline event handler"),
        ("/static/nhsuk.css", "https://cdn.example/nhsuk.css", "a request to another site"),
        ("/static/boardmark.js", "//cdn.example/a.js", "a request to another site"),
    ],
)
def test_a_fault_is_found(before: str, after: str, fault: str) -> None:
    page = SOUND.replace(before, after)
    assert page != SOUND
    assert fault in "; ".join(faults(page))


def test_choices_need_a_group() -> None:
    page = SOUND.replace("fieldset>", "div>").replace("legend>", "p>")
    assert faults(page) == ["choices outside a group: “role”"]


@pytest.mark.parametrize("name", HEADERS)
def test_a_missing_header_is_found(name: str) -> None:
    left = tuple(each for each in HEADERS if each != name)
    assert faults(SOUND, headers=left) == [f"no {name}"]


def test_a_page_that_is_too_large_is_found() -> None:
    noise = " ".join(str(number**5) for number in range(9000))
    page = SOUND.replace("Recruiter", noise)
    assert f"more than {PAGE_LIMIT}" in "; ".join(faults(page))
