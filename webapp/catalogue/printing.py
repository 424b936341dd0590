"""Booklets are the same for everybody: each is printed once and kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict

from exports.documents.booklet import make_booklet
from exports.worker import Press
from frameworks.library import Published

KEPT = 12
_kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
_lock = threading.Lock()


def printed_booklet(press: Press, published: Published) -> bytes:
    """Return a version as a PDF file; PressBusy where too many documents are waiting."""
    key = (str(published.reference), published.digest)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    # Two first visitors may both print it: that is cheaper than making the second one wait
    # behind a lock while a document that fails blocks all others.
    content = press.make(make_booklet(published))
    with _lock:
        _kept[key] = content
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return content
