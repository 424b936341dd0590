"""The door to the layout library lets nothing in and nothing through."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest

from exports.pdf import AddressRefused, StyleFetcher, make_pdf

PAGE = (
    '<html lang="en-GB"><head><title>A page</title>{head}</head>'
    "<body><h1>A page</h1>{body}</body></html>"
)


def a_page(head: str = "", body: str = "") -> str:
    return PAGE.format(head=head, body=body)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever tries to reach a machine, this one included."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something tried to open a connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/picture.png",
        "https://example.org/picture.png",
        "ftp://example.org/picture.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "boardmark:styles/../pdf.py",
        "boardmark:styles/%2e%2e/pdf.css",
        "boardmark:fonts/SourceSans3-Regular.ttf",
        "BOARDMARK:styles/print.css",
    ],
)
@pytest.mark.usefixtures("no_network")
class TestAddressesThatAreNotOurs:
    """Whatever way a page asks for it, it is refused and nothing is fetched."""

    def test_the_fetcher_refuses_it(self, address: str) -> None:
        with pytest.raises(AddressRefused):
            StyleFetcher().fetch(address)

    def test_a_style_sheet_is_refused(self, address: str) -> None:
        with pytest.raises(AddressRefused):
            make_pdf(a_page(head=f'<link rel="stylesheet" href="{address}">'))

    def test_an_import_is_refused(self, address: str) -> None:
        with pytest.raises(AddressRefused):
            make_pdf(a_page(head=f'<style>@import url("{address}");</style>'))

    def test_a_typeface_is_refused(self, address: str) -> None:
        source = f'@font-face {{ font-family: X; src: url("{address}") }}'
        with pytest.raises(AddressRefused):
            make_pdf(a_page(head=f"<style>{source}</style>"))

    def test_a_picture_is_refused(self, address: str) -> None:
        with pytest.raises(AddressRefused):
            make_pdf(a_page(body=f'<img alt="A picture" src="{address}">'))

    def test_a_background_is_refused(self, address: str) -> None:
        style = f'body {{ background: url("{address}") }}'
        with pytest.raises(AddressRefused):
            make_pdf(a_page(head=f"<style>{style}</style>"))


def test_our_own_style_sheets_are_fetched() -> None:
    response = StyleFetcher().fetch("boardmark:styles/print.css")
    assert response.content_type == "text/css"
    assert b"@page" in response.read()


def test_a_link_is_printed_and_not_followed() -> None:
    assert make_pdf(a_page(body='<p><a href="https://example.org/">A link</a></p>'))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("address", ["//example.org/picture.png", "picture.png", "/etc/passwd"])
def test_an_address_without_a_scheme_leads_nowhere(address: str) -> None:
    assert make_pdf(a_page(body=f'<img alt="A picture" src="{address}">'))
