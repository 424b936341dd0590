"""What goes wrong between a person and a page, and the page that says so."""

from __future__ import annotations

import traceback

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from exports.forms.examining import ExaminerBusy
from exports.worker import DocumentFailed, DocumentTooLarge, PressBusy
from webapp.persistence import DatabaseBusy

HEADINGS = {
    400: ("We could not read what was sent", "Go back and try again."),
    401: ("Sign in to go on", ""),
    403: (
        "You do not have access to this page",
        "Ask your organisation’s administrator if you think you should have it.",
    ),
    404: (
        "Page not found",
        "Check the address. A link that you were sent may have been replaced or be out of date.",
    ),
    405: ("Page not found", "This address cannot be used in that way."),
    409: ("Somebody else changed this first", "Go back, look at what changed and try again."),
    410: ("This is no longer available", ""),
    413: (
        "That was too much at once",
        "Go back: what you typed is still there. Shorten it, or send it in parts.",
    ),
    429: ("Please wait a moment", "Wait a few seconds, then try again."),
    500: (
        "Sorry, there is a problem with the service",
        "What you sent was not saved. Go back: what you typed is still there. Try again later.",
    ),
    503: (
        "Sorry, the service is busy",
        "What you sent was not saved yet. Wait a minute, then try again.",
    ),
}


RESENDABLE = (400, 401, 429, 503)
"""What a browser can send again as it was, by the button of the error page."""

BUSY_SECONDS = 30
"""After how many seconds to come back where the service is busy."""

TOO_LARGE_A_FILE = (
    "A file may have 10 MB. Go back and choose a smaller one: save or scan it again at a lower "
    "resolution."
)


class Refusal(Exception):
    """Something that ends a request with a page that says why."""

    status = 400
    heading = ""
    """What the page says first, where the usual heading of the status does not fit."""
    retry_after: int | None = None
    """After how many seconds to come back, where that helps."""

    def __init__(self, message: str = "") -> None:
        """Take the sentence that tells the person what to do."""
        super().__init__(message)
        self.message = message


class NotFound(Refusal):
    """There is no such thing, or not for this person."""

    status = 404


class Forbidden(Refusal):
    """This person may not do this."""

    status = 403


class Conflict(Refusal):
    """What is asked no longer fits what has happened since."""

    status = 409


class Gone(Refusal):
    """What is asked for was here and is over."""

    status = 410


class SignInNeeded(Refusal):
    """Nobody is signed in who could be asked."""

    status = 401


def error_page(status: int, message: str = "", heading: str = "") -> Response:
    """Return the page for a status, with the usual heading and advice where none are given."""
    usual, advice = HEADINGS.get(status, HEADINGS[500 if status >= 500 else 400])
    resendable = (
        status in RESENDABLE
        and request.method == "POST"
        and _from_this_site()
        # What a page of ours would send again is without the file.
        and not request.files
    )
    posted = tuple(request.form.items(multi=True)) if resendable else ()
    body = render_template(
        "errors/error.html",
        heading=heading or usual,
        advice=message or advice,
        status=status,
        is_resendable=resendable,
        posted=tuple((name, value) for name, value in posted if name != "csrf_token"),
    )
    response = Response(body, status=status)
    if status == 503:
        response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def _from_this_site() -> bool:
    # Another site must not get its own form offered again under our name.
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin == request.host_url.rstrip("/")


def register_errors(app: Flask) -> None:
    """Give every kind of failure its page."""

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Response:
        page = error_page(error.status, error.message, error.heading)
        if error.retry_after is not None:
            page.headers["Retry-After"] = str(error.retry_after)
        return page

    @app.errorhandler(CSRFError)
    def unproven(error: CSRFError) -> Response:
        return error_page(
            400,
            "This page was open for a long time, or your browser refused our cookie. "
            "What you typed is kept: send it again.",
        )

    @app.errorhandler(ExaminerBusy)
    @app.errorhandler(PressBusy)
    @app.errorhandler(DatabaseBusy)
    def busy(error: Exception) -> Response:
        return error_page(503)

    @app.errorhandler(DocumentTooLarge)
    def too_large(error: DocumentTooLarge) -> Response:
        return error_page(413, str(error))

    @app.errorhandler(DocumentFailed)
    def no_document(error: DocumentFailed) -> Response:
        app.logger.error("a document could not be made: %s", error)
        return error_page(500, "The document could not be made. Nothing was lost: try again later.")

    @app.errorhandler(SecurityError)
    def untrusted_host(error: SecurityError) -> Response:
        return Response("This address is not served here.", status=400, mimetype="text/plain")

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        is_file = error.code == 413 and request.mimetype == "multipart/form-data"
        told = (TOO_LARGE_A_FILE, "The file is too large") if is_file else ()
        page = error_page(error.code or 500, *told)
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            page.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return page

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        app.logger.error("unforeseen failure: %s", place_of(error))
        if app.testing:
            raise error
        return error_page(500)


def place_of(error: BaseException) -> str:
    """Return of what kind an error is, where it happened, and the same of what caused it.

    Its text is left out: that of a database has the row that was to be written.
    """
    lines = traceback.format_tb(error.__traceback__)
    said = f"{type(error).__module__}.{type(error).__qualname__}\n{''.join(lines)}"
    cause = error.__cause__ or error.__context__
    return f"{said}because of {place_of(cause)}" if cause else said
