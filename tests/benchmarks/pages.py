"""Pages with some 40 competencies, beside a bare template of the same size in a bare view.

Run with `python -m tests.benchmarks.pages`. What is printed is how many times as long ours takes,
with its guard, transaction, queries, headers and layout.
"""

from __future__ import annotations

import sys

from flask import Flask, render_template
from jinja2 import DictLoader

from tests.benchmarks.installation import SLUG, an_installation
from tests.benchmarks.measuring import ratio_of
from tests.pages.client import Client
from tests.pages.respondent import Respondent
from tests.program import Program

ROUNDS = 25
ROWS = 40
TEMPLATE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><ul>
{% for row in rows %}<li><a href="{{ row.href }}">{{ row.title }}</a> {{ row.text }}</li>
{% endfor %}</ul></body></html>"""


def bare_program(size: int) -> Flask:
    """Return a Flask program with one page of 40 rows and `size` bytes."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"page.html": TEMPLATE})
    text = "x" * max(1, size // ROWS - 60)
    rows = [{"href": f"/{n}", "title": f"Competency {n}", "text": text} for n in range(ROWS)]

    @app.get("/")
    def page() -> str:
        return render_template("page.html", title="Forty competencies", rows=rows)

    return app


def page_ratio(browser: Client, path: str, rounds: int = ROUNDS) -> tuple[float, int]:
    """Return how many times as long a page takes as a bare one of its size, and the size."""
    size = len(browser.flask.get(path).data)
    bare = bare_program(size).test_client()
    assert 0.9 < len(bare.get("/").data) / size < 1.1
    return ratio_of(lambda: browser.flask.get(path), lambda: bare.get("/"), rounds), size


def a_respondent(program: Program) -> Client:
    """Return the browser of somebody who chose every competency."""
    browser = program.browser()
    person = Respondent(browser, SLUG)
    person.introduce(positions=["provider-chair"])
    asked = program.library.newest("board-leadership")
    assert asked is not None
    person.choose(domains=tuple(each.key for each in asked.framework.domains))
    return browser


def page_ratios(program: Program, rounds: int = ROUNDS) -> dict[str, tuple[float, int]]:
    """Return ratio and size for each page by what it is."""
    browser = a_respondent(program)
    response = f"/consultations/{SLUG}/response"
    pages = {
        "the list of all competencies to answer": response,
        "one of 40 competencies": f"{response}/items/culture.speaking-up",
        "choosing among 40 competencies": f"{response}/choose",
        "a framework version": "/frameworks/board-leadership/1.0.0",
    }
    return {name: page_ratio(browser, path, rounds) for name, path in pages.items()}


def main() -> None:
    """Print a line a page."""
    with an_installation() as program:
        for name, (ratio, size) in page_ratios(program).items():
            sys.stdout.write(f"page, {name}, {size // 1024} kB: {ratio:.1f} × a bare template\n")


if __name__ == "__main__":
    main()
