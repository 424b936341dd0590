"""What holds on every page that any test opens."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

PAGE_LIMIT = 60 * 1024
"""Bytes of a page after compression."""

HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")
AMERICAN = re.compile(r"\b(color|organization|organize|center|favorite|behavior|summarize)\b")


def check_page(response: TestResponse, soup: BeautifulSoup, path: str) -> None:
    """Assert the page contract; the message names the page and what is wrong."""
    faults = page_faults(response.data, response.headers.keys(), soup)
    assert not faults, f"{path}: " + "; ".join(faults)


def page_faults(html: bytes, headers: Iterable[str], soup: BeautifulSoup) -> list[str]:
    """Return what is wrong with a page as it was sent; `headers` are the names of its headers."""
    faults = [*_structure(soup), *_controls(soup), *_words(soup), *_safety(soup)]
    sent = {name.lower() for name in headers}
    faults += [f"no {name}" for name in HEADERS if name.lower() not in sent]
    size = len(gzip.compress(html))
    if size > PAGE_LIMIT:
        faults.append(f"{size} bytes compressed, more than {PAGE_LIMIT}")
    return faults


def _structure(soup: BeautifulSoup) -> list[str]:
    faults = []
    headings = soup.find_all("h1")
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1 headings")
    else:
        h1 = " ".join(headings[0].get_text(" ").split())
        title = " ".join(soup.title.get_text().split()) if soup.title else ""
        if title.removeprefix("Error: ") != f"{h1} – Boardmark":
            faults.append(f"title “{title}” is not the h1 “{h1}” and the service")
        if bool(soup.select(".nhsuk-error-summary")) != title.startswith("Error: "):
            faults.append("‘Error:’ in the title and an error summary go together")
    if not soup.html or not soup.html.get("lang"):
        faults.append("no language")
    doubles = [
        key for key, n in Counter(tag["id"] for tag in soup.find_all(id=True)).items() if n > 1
    ]
    if doubles:
        faults.append(f"ids used twice: {doubles}")
    ids = {str(tag["id"]) for tag in soup.find_all(id=True)}
    for tag in soup.select("[aria-describedby]"):
        missing = set(str(tag["aria-describedby"]).split()) - ids
        if missing:
            faults.append(f"aria-describedby names nothing: {sorted(missing)}")
    for link in soup.find_all("a", href=re.compile("^#")):
        if str(link["href"])[1:] not in ids:
            faults.append(f"link to nothing on this page: {link['href']}")
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    for before, after in pairwise(levels):
        if after > before + 1:
            faults.append(f"an h{after} follows an h{before}")
            break
    return faults


def _controls(soup: BeautifulSoup) -> list[str]:
    faults = []
    labelled = Counter(str(label.get("for")) for label in soup.find_all("label"))
    for control in soup.find_all(["input", "textarea", "select"]):
        if control.get("type") in ("hidden", "submit") or control.has_attr("hidden"):
            continue
        if labelled[str(control.get("id"))] != 1:
            faults.append(f"{labelled[str(control.get('id'))]} labels for “{control.get('name')}”")
    for group in soup.find_all("fieldset"):
        legend = group.find("legend")
        if legend is None or not legend.get_text().strip():
            faults.append("a group of controls without a legend")
    for form in soup.find_all("form"):
        if str(form.get("method", "get")).lower() == "post" and not form.find(
            "input", attrs={"name": "csrf_token"}
        ):
            faults.append(f"a form without proof of origin: {form.get('action')}")
    for tag in soup.find_all(["a", "button"]):
        if not tag.get_text().strip() and not tag.get("aria-label"):
            kind = "link" if tag.name == "a" else "button"
            faults.append(f"a {kind} without words: {tag.get('href') or tag.get('name')}")
    groups = Counter(
        str(control.get("name"))
        for control in soup.find_all("input", type=["radio", "checkbox"])
        if control.find_parent("fieldset") is None
    )
    faults += [f"choices outside a group: “{name}”" for name, n in groups.items() if n > 1]
    return faults


def _words(soup: BeautifulSoup) -> list[str]:
    faults = []
    main = soup.find("main")
    if not isinstance(main, Tag):
        return ["no main part"]
    text = " ".join(
        string
        for string in main.find_all(string=True)
        if string.parent is not None
        and string.parent.name not in ("textarea", "script", "code")
        and not string.find_parent(class_="bm-typed")
    )
    if re.search(r"\{\{|\}\}|\{%|&(amp|lt|gt|quot);", text):
        faults.append("mark-up shows as words")
    if " None " in f" {text} " or "Undefined" in text:
        faults.append("a value that is missing shows as None")
    found = AMERICAN.search(text)
    if found:
        faults.append(f"American spelling: {found[0]}")
    return faults


def _safety(soup: BeautifulSoup) -> list[str]:
    faults = []
    if soup.find_all("style") or soup.find_all(style=True):
        faults.append("an inline style")
    if any(not script.get("src") for script in soup.find_all("script")):
        faults.append("an inline script")
    if soup.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs)):
        faults.append("an inline event handler")
    for tag in soup.find_all(["link", "script", "img"]):
        address = str(tag.get("href") or tag.get("src") or "")
        if address.startswith(("http:", "https:", "//")):
            faults.append(f"a request to another site: {address}")
    return faults
