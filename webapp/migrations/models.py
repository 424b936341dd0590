"""The tables of every room, gathered so that migrations and tests see all of them."""

from __future__ import annotations

from types import ModuleType

from webapp.accounts import models as accounts
from webapp.appraisals import models as appraisals
from webapp.bundles import models as bundles
from webapp.campaigns import models as campaigns
from webapp.consultations import models as consultations
from webapp.equality import models as equality
from webapp.extracts import models as extracts
from webapp.files import models as files
from webapp.intake import models as intake
from webapp.issued import models as issued
from webapp.jobs import models as jobs
from webapp.notices import models as notices
from webapp.outreach import models as outreach
from webapp.packs import models as packs
from webapp.persistence import Base
from webapp.publication import models as publication
from webapp.recruitment import models as recruitment
from webapp.retention import models as retention

ROOMS: tuple[ModuleType, ...] = (
    accounts,
    appraisals,
    bundles,
    campaigns,
    consultations,
    equality,
    extracts,
    files,
    intake,
    issued,
    jobs,
    notices,
    outreach,
    packs,
    publication,
    recruitment,
    retention,
)
METADATA = Base.metadata
