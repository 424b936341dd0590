"""Requests whose files are closed at their end, also where a form was cut off in the middle."""

from __future__ import annotations

from typing import IO

from flask import Request


class TidyRequest(Request):
    """Knows every file that it has begun to read: the form has those alone that came in whole."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        stream = super()._get_file_stream(
            total_content_length, content_type, filename, content_length
        )
        self.__dict__.setdefault("begun_files", []).append(stream)
        return stream

    def close(self) -> None:
        """Close every file, as nobody reads any of them after the answer."""
        super().close()
        for stream in self.__dict__.pop("begun_files", ()):
            stream.close()
