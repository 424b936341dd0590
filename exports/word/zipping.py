"""The container of a Word file, without the moment at which it was written."""

from __future__ import annotations

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def without_times(written: io.BytesIO) -> bytes:
    """Return a ZIP file with the same parts in the same order, all of them of one old day."""
    clean = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(clean, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            # Otherwise it says on which system it was made.
            part.create_system = 0
            target.writestr(part, source.read(name))
    return clean.getvalue()
