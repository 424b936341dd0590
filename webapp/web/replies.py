"""What a view answers with; the transaction ends before any of it is rendered."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Self
from urllib.parse import quote

from flask import Response, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from exports.document import Document
from exports.forms.prefill import Values
from exports.word.files import MEDIA_TYPE, WordDocument
from webapp.files import UnknownFile
from webapp.issued.register import Series
from webapp.web.errors import Gone

_PIECE = 1 << 16


@dataclass(frozen=True)
class _Reply:
    """What every reply can do: change the signed cookie and say whether to keep its writes."""

    remembered: tuple[tuple[str, Any], ...] = field(default=(), kw_only=True)
    forgotten: tuple[str, ...] = field(default=(), kw_only=True)
    fresh_cookie: bool = field(default=False, kw_only=True)
    keep: bool = field(default=True, kw_only=True)

    def remembering(self, name: str, value: Any) -> Self:
        """Return this reply, also putting a value into the signed cookie."""
        return replace(self, remembered=(*self.remembered, (name, value)))

    def forgetting(self, *names: str) -> Self:
        """Return this reply, also taking values out of the signed cookie."""
        return replace(self, forgotten=(*self.forgotten, *names))

    def with_fresh_cookie(self) -> Self:
        """Return this reply, also emptying the signed cookie first, as at sign-in and sign-out.

        What was begun without an account stays: the way back to it is nowhere else.
        """
        return replace(self, fresh_cookie=True)


@dataclass(frozen=True)
class Page(_Reply):
    """An HTML page: a template and the frozen values it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    is_secret: bool = field(default=False, kw_only=True)
    """Whether who knows its address may see it: then no cache and no other page learns that."""

    @classmethod
    def of(cls, template: str, *, status: int = 200, **context: Any) -> Page:
        """Return a page; with a status of 400 or more nothing that was written is kept."""
        return cls(template, context, status, keep=status < 400)

    def at_secret_address(self) -> Page:
        """Return this page as one whose address holds a secret."""
        return replace(self, is_secret=True)

    def response(self) -> BaseResponse:
        """Render the page."""
        response = Response(render_template(self.template, **self.context), status=self.status)
        if self.is_secret:
            response.headers["Cache-Control"] = "no-store"
            # The site alone: the check where a post comes from needs that much.
            response.headers["Referrer-Policy"] = "strict-origin"
        return response


@dataclass(frozen=True)
class SeeOther(_Reply):
    """A redirect to another page of ours, after a post or to a better address."""

    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def to(cls, endpoint: str, **values: Any) -> SeeOther:
        """Return a redirect to an endpoint with its values."""
        return cls(endpoint, values)

    def response(self) -> BaseResponse:
        """Make the redirect; 303 so that a reload never posts again."""
        return redirect(url_for(self.endpoint, **self.values), code=303)


@dataclass(frozen=True)
class SeePath(_Reply):
    """A redirect to a path on this site that was checked to be local."""

    path: str

    def response(self) -> BaseResponse:
        """Make the redirect; an address elsewhere is refused."""
        if not is_local_path(self.path):
            raise ValueError(f"not a path on this site: {self.path!r}")
        return redirect(self.path, code=303)


@dataclass(frozen=True)
class FileReply(_Reply):
    """A file to download, or to show where `inline`."""

    content: bytes
    media_type: str
    name: str
    inline: bool = False

    def response(self) -> BaseResponse:
        """Send the bytes under a safe file name."""
        response = Response(self.content, mimetype=self.media_type)
        response.headers["Content-Disposition"] = disposition(self.name, inline=self.inline)
        return response


@dataclass(frozen=True)
class StoredReply(_Reply):
    """A stored file to download, sent in pieces: it may be larger than the memory."""

    sha256: str
    media_type: str
    name: str

    def response(self) -> BaseResponse:
        """Send the file under a safe name; Gone where it was deleted meanwhile."""
        desk = current_app.extensions["boardmark"]
        try:
            file = desk.files.open(self.sha256)
        except UnknownFile:
            raise Gone("This file was deleted. Go back and make it again.") from None
        response = Response(_pieces(file), mimetype=self.media_type)
        # Also where nobody reads it to its end.
        response.call_on_close(file.close)
        response.content_length = os.fstat(file.fileno()).st_size
        response.headers["Content-Disposition"] = disposition(self.name, inline=False)
        return response


@dataclass(frozen=True)
class DocumentReply(_Reply):
    """A document as a PDF, printed after the transaction so that nobody waits for the press."""

    document: Document
    name: str
    inline: bool = False
    once: bool = False
    """Whether everybody gets the same, so that it is printed once and kept as a file."""
    series: Series | None = None
    """Which of several states of one thing it is, so that an older one can be told as such."""

    def response(self) -> BaseResponse:
        """Print, seal and register the document and send it; raises what the press raises."""
        desk = current_app.extensions["boardmark"]
        content = desk.counter.hand_out(
            self.document, desk.clock(), once=self.once, series=self.series
        )
        return FileReply(content, "application/pdf", self.name, self.inline).response()


@dataclass(frozen=True)
class CopyReply(_Reply):
    """A form as a PDF, prefilled for one person; the form itself is printed once."""

    document: Document
    values: Values
    name: str

    def response(self) -> BaseResponse:
        """Copy, seal and register; raises what the press and the copying raise."""
        desk = current_app.extensions["boardmark"]
        copy = desk.counter.hand_out_copy(self.document, self.values, desk.clock())
        return FileReply(copy.content, "application/pdf", self.name).response()


@dataclass(frozen=True)
class WordReply(_Reply):
    """A document as a Word file, written after the transaction."""

    document: WordDocument
    name: str

    def response(self) -> BaseResponse:
        """Write the file and send it under a safe name."""
        desk = current_app.extensions["boardmark"]
        content = desk.counter.hand_out_word(self.document)
        return FileReply(content, MEDIA_TYPE, self.name).response()


@dataclass(frozen=True)
class DataReply(_Reply):
    """A small JSON value, for scripts and monitors."""

    value: dict[str, Any]
    status: int = 200

    def response(self) -> BaseResponse:
        """Send the value as JSON."""
        from flask import jsonify

        response = jsonify(self.value)
        response.status_code = self.status
        return response


Reply = (
    Page
    | SeeOther
    | SeePath
    | FileReply
    | StoredReply
    | DocumentReply
    | CopyReply
    | WordReply
    | DataReply
)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def is_local_path(path: str) -> bool:
    """Say whether a text is a path on this site and nothing that a browser takes elsewhere."""
    return bool(re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", path))


def disposition(name: str, *, inline: bool) -> str:
    """Return a Content-Disposition header for a name in any script."""
    stem, dot, ending = name.rpartition(".")
    plain = f"{_plain(stem) or 'document'}.{_plain(ending)}" if dot else _plain(name)
    plain = plain.strip(".") or "document"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _plain(text: str) -> str:
    ascii_alone = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._ -]+", "-", ascii_alone).strip(" .-")
