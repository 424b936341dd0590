"""What templates may use everywhere: filters, addresses of static files, who is signed in."""

from __future__ import annotations

from typing import Any

import jinja2
from flask import Flask, url_for
from flask import session as cookie
from markupsafe import Markup

from frameworks.digest import short
from webapp.web.fields import in_words as answer_in_words
from webapp.web.forms import problems
from webapp.web.times import clock_time, day_in_words, in_words
from webapp.web.visit import SESSION_COOKIE, SHARED_DEVICE

SERVICE_NAME = "Boardmark"


def register_layout(app: Flask) -> None:
    """Make templates strict and give them the few functions they share."""
    app.jinja_env.undefined = jinja2.StrictUndefined
    # Every template escapes, whatever its name.
    app.jinja_env.autoescape = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        moment=in_words,
        clock_time=clock_time,
        day=day_in_words,
        short_digest=short,
        paragraphs=paragraphs,
    )
    app.jinja_env.globals.update(
        static=static_address,
        problems=problems,
        answer_in_words=answer_in_words,
        service_name=SERVICE_NAME,
    )

    @app.context_processor
    def who() -> dict[str, Any]:
        return {
            "is_signed_in": SESSION_COOKIE in cookie,
            "is_shared_device": bool(cookie.get(SHARED_DEVICE)),
        }

    app.add_url_rule("/static/<path:name>", "static_file", build_only=True)


def static_address(name: str) -> str:
    """Return the address of a file in `webapp/static`."""
    return url_for("static_file", name=name)


def paragraphs(text: str) -> Markup:
    """Return a text as paragraphs: blank lines part them, single line breaks stay."""
    parts = [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(part.strip().split("\n"))) for part in parts
    )
