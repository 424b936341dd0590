"""The room that the views of the catalogue register with."""

from __future__ import annotations

from webapp.security import Permission
from webapp.web.room import Room

room = Room("catalogue", "webapp.catalogue.views")

READ = Permission.CATALOGUE_READ
