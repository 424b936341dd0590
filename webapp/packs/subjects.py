"""What the guard asks about when somebody opens a pack."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from webapp.packs.services import find_pack
from webapp.security import Subject

if TYPE_CHECKING:
    from webapp.web.visit import Visit


def pack_subject(visit: Visit, pack_id: uuid.UUID, **_: Any) -> Subject | None:
    """Return the subject of a pack, or None where there is none.

    Its state is its form: who may see the names of candidates is not who may see appraisees'.
    """
    pack = find_pack(visit.session, pack_id)
    return None if pack is None else Subject(pack.organisation_id, state=pack.form.value)
