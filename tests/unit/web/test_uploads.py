"""Files of a form that was cut off in the middle are closed all the same."""

from __future__ import annotations

import gc
import warnings

from flask import Flask, request

from webapp.web.uploads import TidyRequest

CUT_OFF = (
    b'--part\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\nhalf of a fi"
)


def unclosed(request_class: type) -> int:
    app = Flask("uploads")
    app.request_class = request_class

    @app.post("/")
    def look() -> str:
        return "" if "file" in request.files else "nothing came in whole"

    gc.collect()
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        app.test_client().post("/", data=CUT_OFF, content_type="multipart/form-data; boundary=part")
        gc.collect()
    return sum("Unclosed file" in str(each.message) for each in heard)


def test_a_file_that_broke_off_is_closed() -> None:
    assert unclosed(TidyRequest) == 0


def test_without_it_the_file_would_stay_open() -> None:
    assert unclosed(Flask.request_class) > 0
