"""The program put together: rooms, proof of origin, limits and headers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from exports.forms.examining import LIMITS, Examiner
from exports.worker import Press
from frameworks.library import Library
from webapp.accounts.mails import HANDLERS as ACCOUNT_MAILS
from webapp.accounts.services import identity_of
from webapp.accounts.views import room as accounts
from webapp.appraisals.views import room as appraisals
from webapp.bundles.making import HANDLERS as BUNDLE_JOBS
from webapp.bundles.views import room as bundles
from webapp.campaigns.finding import HANDLERS as CAMPAIGN_JOBS
from webapp.campaigns.views import room as campaigns
from webapp.catalogue.views import room as catalogue
from webapp.config import Settings, is_loopback
from webapp.consultations.mails import HANDLERS as CONSULTATION_MAILS
from webapp.consultations.views import room as consultations
from webapp.equality.mixing import HANDLERS as EQUALITY_JOBS
from webapp.equality.views import room as equality
from webapp.extracts.making import HANDLERS as EXTRACT_JOBS
from webapp.extracts.views import room as extracts
from webapp.files import FileStore
from webapp.intake.taking import HANDLERS as INTAKE_JOBS
from webapp.intake.views import room as intake
from webapp.issued.keys import Keys
from webapp.jobs import Handlers
from webapp.notices.mails import HANDLERS as NOTICE_MAILS
from webapp.notices.views import room as notices
from webapp.operations.mails import HANDLERS as RETENTION_MAILS
from webapp.operations.views import room as operations
from webapp.outreach.views import room as outreach
from webapp.packs.making import HANDLERS as PACK_JOBS
from webapp.packs.views import room as packs
from webapp.persistence import Database
from webapp.publication.views import room as publication
from webapp.recruitment.views import room as recruitment
from webapp.web.answering import register_body_limits
from webapp.web.errors import register_errors
from webapp.web.headers import add_static_headers, register_headers
from webapp.web.layout import register_layout
from webapp.web.pace import HOUR, MAILS_AN_HOUR, Pace, Surge
from webapp.web.room import Room
from webapp.web.uploads import TidyRequest
from webapp.web.visit import Clock, Desk

STATIC = Path(__file__).parent / "static"

ROOMS: tuple[Room, ...] = (
    catalogue,
    consultations,
    equality,
    extracts,
    intake,
    notices,
    outreach,
    bundles,
    campaigns,
    publication,
    recruitment,
    appraisals,
    packs,
    accounts,
    operations,
)

HANDLERS: Handlers = {
    **ACCOUNT_MAILS,
    **CONSULTATION_MAILS,
    **PACK_JOBS,
    **EXTRACT_JOBS,
    **EQUALITY_JOBS,
    **INTAKE_JOBS,
    **NOTICE_MAILS,
    **BUNDLE_JOBS,
    **CAMPAIGN_JOBS,
    **RETENTION_MAILS,
}
"""What the worker can do, by kind of job."""


PUBLIC_LIMITS = dataclasses.replace(LIMITS, cpu_seconds=8, wall_seconds=20, waiting_seconds=5)
"""What a file may use that anybody sends; our own largest booklet takes a second."""


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    library: Library | None = None,
    press: Press | None = None,
    examiner: Examiner | None = None,
    public_examiner: Examiner | None = None,
    clock: Clock | None = None,
) -> Flask:
    """Return the program for these settings; tests pass their own database, library or clock."""
    app = Flask("webapp", static_folder=None, template_folder="web/templates")
    app.request_class = TidyRequest
    _configure(app, settings)
    app.extensions["boardmark"] = Desk(
        database=database or Database(settings.database_url),
        library=library or Library.shipped(settings.library),
        settings=settings,
        press=press or Press(),
        clock=clock or (lambda: dt.datetime.now(dt.UTC)),
        identify=identity_of,
        keys=Keys(settings.home),
        files=FileStore(settings.home / "files"),
        examiner=examiner or Examiner(),
        public_examiner=public_examiner or Examiner(processes=1, waiting=1, limits=PUBLIC_LIMITS),
        pace=Pace(settings.requests_a_minute),
        surge=Surge(starts=settings.starts_a_minute, sends=settings.sends_a_minute),
        mails=Pace(MAILS_AN_HOUR, span=HOUR),
        tasks=tuple(task for room in ROOMS for task in room.tasks),
    )
    register_body_limits(app)
    CSRFProtect(app)
    register_headers(app, tls=settings.secure)
    register_errors(app)
    register_layout(app)
    for room in ROOMS:
        app.register_blueprint(room)
    _wrap(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    newest, *older = settings.secret_keys
    tls = settings.secure
    app.config.update(
        SECRET_KEY=newest,
        SECRET_KEY_FALLBACKS=older,
        # The __Host- prefix makes a browser refuse the cookie without TLS.
        SESSION_COOKIE_NAME="__Host-boardmark" if tls else "boardmark",
        SESSION_COOKIE_SECURE=tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=120),
        # A consultation may be answered over weeks: the proof lasts as long as the cookie.
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_body,
        MAX_FORM_PARTS=settings.max_form_parts,
        TRUSTED_HOSTS=_trusted_hosts(settings),
        PREFERRED_URL_SCHEME="https" if tls else "http",
    )


def _trusted_hosts(settings: Settings) -> list[str]:
    address = urlsplit(settings.url)
    if not is_loopback(address.hostname or ""):
        return [settings.host]
    # On one's own machine both names are typed, and neither leads anywhere else.
    port = f":{address.port}" if address.port else ""
    return [settings.host, f"localhost{port}", f"127.0.0.1{port}"]


def _wrap(app: Flask, settings: Settings) -> None:
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the documented way to wrap
        app.wsgi_app,
        root=STATIC,
        prefix="static/",
        max_age=3600,
        allow_all_origins=False,
        add_headers_function=add_static_headers,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way to wrap
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
