"""The headers that every answer carries, error pages too."""

from __future__ import annotations

from wsgiref.headers import Headers

from flask import Flask, Response, request
from flask import session as cookie

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def register_headers(app: Flask, *, tls: bool) -> None:
    """Add the headers to every response of the program."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if tls:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        # What somebody typed or signed must not stay in a shared machine's cache.
        if "Cache-Control" not in response.headers:
            personal = bool(cookie) or request.method != "GET" or response.status_code >= 400
            response.headers["Cache-Control"] = "no-store" if personal else "no-cache"
        return response


def add_static_headers(headers: Headers, path: str, url: str) -> None:
    """Add the headers to a static file, in the form that WhiteNoise asks for."""
    for name, value in HEADERS.items():
        headers[name] = value
