"""The sample framework as the library would hand it out."""

from __future__ import annotations

import datetime as dt

from exports.samples.framework import sample_framework
from frameworks.digest import framework_digest
from frameworks.library import Published, Status


def sample_published() -> Published:
    """Return the sample framework, final and published."""
    framework = sample_framework()
    return Published(
        framework=framework,
        digest=framework_digest(framework),
        status=Status.FINAL,
        published_on=dt.date(2026, 2, 16),
    )
