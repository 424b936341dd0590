"""The tables of every room, gathered so that migrations and tests see all of them."""

from __future__ import annotations

from types import ModuleType

from webapp.jobs import models as jobs

ROOMS: tuple[ModuleType, ...] = (jobs,)
