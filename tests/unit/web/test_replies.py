"""Where a redirect may lead, and what a file may be called."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.web.replies import Page, SeeOther, SeePath, disposition, is_local_path

ELSEWHERE = (
    "",
    "staff",
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " /staff",
    "/staff ",
    "/staff\r\nSet-Cookie: a=b",
    "/staff\x00",
    "javascript:alert(1)",
    "/a\\b",
)


@pytest.mark.parametrize("path", ELSEWHERE)
def test_an_address_that_a_browser_may_take_elsewhere_is_not_local(path: str) -> None:
    assert not is_local_path(path)
    with pytest.raises(ValueError, match="not a path on this site"):
        SeePath(path).response()


@pytest.mark.parametrize("path", ["/", "/staff", "/a//b", "/a?next=/b#c", "/%5Cevil.example"])
def test_a_path_of_ours_is_local(path: str) -> None:
    assert is_local_path(path)
    assert SeePath(path).response().status_code == 303


@given(st.text(alphabet="/\\?#:@.a%\t\n \u3000x", max_size=12))
def test_a_local_path_stays_on_the_site(path: str) -> None:
    if is_local_path(path):
        # A browser drops these before it reads an address.
        seen = path.replace("\t", "").replace("\n", "").replace("\\", "/")
        assert urlsplit(urljoin("https://boards.example/a", seen)).netloc == "boards.example"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("scorecard.pdf", "scorecard.pdf"),
        ("Prüfung Ärzte.pdf", "Prufung Arzte.pdf"),
        ("審査.pdf", "document.pdf"),
        ("審査", "document"),
        ('a"; filename="evil.exe', "a- filename-evil.exe"),
        ("a\r\nSet-Cookie: b=c", "a-Set-Cookie- b-c"),
        ("../../etc/passwd", "document.etc-passwd"),
        ("", "document"),
        ("...", "document"),
        ("scorecard.審査", "scorecard"),
    ],
)
def test_a_file_name_in_any_script_has_a_plain_twin(name: str, plain: str) -> None:
    assert f'filename="{plain}"' in disposition(name, inline=False)


@given(st.text(max_size=40), st.booleans())
def test_a_file_name_never_ends_its_header(name: str, inline: bool) -> None:
    header = disposition(name, inline=inline)
    assert header.isascii()
    assert header.isprintable()
    kind, plain, whole = header.split("; ")
    assert kind == ("inline" if inline else "attachment")
    assert plain.count('"') == 2
    assert "/" not in plain
    assert unquote(whole.removeprefix("filename*=UTF-8''")) == name


def test_a_refused_page_keeps_nothing_and_a_shown_one_what_was_written() -> None:
    assert not Page.of("x.html", status=422).keep
    assert Page.of("x.html").keep
    assert SeeOther.to("x").keep
