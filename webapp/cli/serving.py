"""Serve the pages, and run the worker beside them."""

from __future__ import annotations

import logging
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
import waitress.server
from flask import Flask

from webapp.cli.installation import Installation
from webapp.cli.refusals import Refused
from webapp.config import Settings
from webapp.files import FileStore
from webapp.jobs import Lane, make_mailer
from webapp.migrations import newest_revision, upgrade
from webapp.operations.backup.running import in_use
from webapp.operations.example import STAFF, has_data, load_example
from webapp.operations.routines import AFTER_ERASING, routines_for
from webapp.operations.working import Worker, work_side_by_side
from webapp.persistence import check_database
from webapp.web.answering import FILE_FORM_BYTES

logger = logging.getLogger(__name__)

_Server = waitress.server.BaseWSGIServer | waitress.server.MultiSocketServer

OPEN_FILES = 4096
CONNECTIONS = 1000
RESTART_SECONDS = 5.0
GRACE_SECONDS = 30.0


@click.command()
@click.pass_obj
def serve(installation: Installation) -> None:
    """Bring the database up to date, serve the pages and run the worker, until stopped."""
    with in_use(installation.settings.home):
        _serve(installation)


def _serve(installation: Installation) -> None:
    # Here, because importing every page takes longer than most other commands run.
    from webapp.factory import create_app

    settings = installation.settings
    _log_to_standard_error()
    allow_open_files(OPEN_FILES)
    upgrade(installation.database)
    check_database(installation.database, newest_revision())
    if problems := installation.library.verify():
        raise Refused(f"the library is not whole: {problems[0]}")
    installation.keys.make_if_missing(installation.now().date())
    if settings.demo:
        load_if_empty(installation)
    app = create_app(settings, database=installation.database, library=installation.library)
    try:
        server = _make_server(app, settings)
        with _worker_beside(), _stopping_on_signals():
            _say_where(settings)
            server.run()
    finally:
        desk = app.extensions["boardmark"]
        desk.press.close()
        desk.examiner.close()
        desk.public_examiner.close()


@click.command()
@click.option("--parent", type=int, hidden=True, help="Stop when this process is gone.")
@click.pass_obj
def worker(installation: Installation, parent: int | None) -> None:
    """Send mail and do other work that is waiting, until stopped."""
    with in_use(installation.settings.home):
        _work(installation, parent)


def _work(installation: Installation, parent: int | None) -> None:
    from webapp.factory import HANDLERS

    settings = installation.settings
    _log_to_standard_error()
    check_database(installation.database, newest_revision())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # In a thread: a handler that interrupts a wait for the event would wait for its lock.
        signal.signal(number, lambda *_: threading.Thread(target=stop.set).start())
    if parent is not None:
        threading.Thread(target=_watch_parent, args=(parent, stop), daemon=True).start()
    tidying = routines_for(FileStore(settings.home / "files"), settings.retention)
    work_side_by_side(
        [
            # An export of everything takes minutes, and mail must not wait behind it.
            Worker(
                installation.database,
                HANDLERS,
                routines,
                mailer=make_mailer(settings, installation.now),
                settings=settings,
                clock=installation.now,
                library=installation.library,
                lane=lane,
                after_erasing=AFTER_ERASING,
            )
            for lane, routines in ((Lane.QUICK, tidying), (Lane.SLOW, ()))
        ],
        stop,
    )


@click.command()
@click.pass_obj
def demo(installation: Installation) -> None:
    """Load the example data into an empty database."""
    upgrade(installation.database)
    if not load_if_empty(installation):
        raise Refused("the database holds data already: the example goes into an empty one only")
    for staff in STAFF:
        click.echo(f"{staff.email}  {staff.name}, {staff.what}")


def load_if_empty(installation: Installation) -> bool:
    """Load the example data unless there is data; say whether it was loaded."""
    with installation.writing() as session:
        if has_data(session):
            return False
        load_example(session, installation.library, installation.settings, installation.now())
    return True


def allow_open_files(wanted: int) -> None:
    """Raise the limit of open files, since every connection is one; raises Refused."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(wanted, hard)))
        except (ValueError, OSError):
            raise Refused(
                f"Only {hard} files may be open at once and {wanted} are needed: "
                f"raise the limit with ulimit -n {wanted}"
            ) from None


def _say_where(settings: Settings) -> None:
    click.echo(f"Boardmark is at {settings.url}  (Ctrl+C stops it)")
    if settings.demo:
        click.echo("Made-up staff who can sign in; their mail is on the page of sent mail:")
        for staff in STAFF:
            click.echo(f"  {staff.email}  {staff.what}")
    elif settings.smtp is None:
        click.echo(f"Mail is written to {settings.mail_folder}: set BOARDMARK_SMTP to send it.")


def _make_server(app: Flask, settings: Settings) -> _Server:
    try:
        return waitress.server.create_server(
            app,
            host=settings.bind,
            port=settings.port,
            threads=settings.threads,
            connection_limit=CONNECTIONS,
            # With select, the thousandth connection that stays open ends the process.
            asyncore_use_poll=True,
            # Our own page says that a body is too large; this stops what is beyond all measure.
            max_request_body_size=max(4 * settings.max_body, 2 * FILE_FORM_BYTES),
            url_scheme="https" if settings.secure else "http",
            # The factory reads them where proxies are trusted; otherwise they are a visitor's.
            clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
            ident=None,
        )
    except OSError as error:
        raise Refused(
            f"{settings.bind}:{settings.port} cannot be used ({error.strerror}): "
            "stop what uses it or set BOARDMARK_PORT"
        ) from error


@contextmanager
def _worker_beside() -> Iterator[None]:
    """Keep a worker running in a process of its own, and stop it in the end."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(stopping,))
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()


def _keep_worker(stopping: threading.Event) -> None:
    command = [sys.executable, "-m", "webapp.cli", "worker", "--parent", str(os.getpid())]
    while not stopping.is_set():
        # In a session of its own, so that Ctrl+C reaches the server alone, which then stops it.
        with subprocess.Popen(command, start_new_session=True) as process:
            while process.poll() is None and not stopping.wait(0.5):
                pass
            if not stopping.is_set():
                logger.error("the worker ended with %s and is started again", process.returncode)
            _end(process)
        stopping.wait(RESTART_SECONDS)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        # Whatever it was doing is leased again later.
        process.kill()


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    """Leave by SystemExit when a service manager asks, or somebody by Ctrl+C."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    # Ctrl+C too: whoever starts a program in the background may have it ignored.
    before = {each: signal.signal(each, leave) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch_parent(parent: int, stop: threading.Event) -> None:
    while not stop.wait(1.0):
        if os.getppid() != parent:
            stop.set()


def _log_to_standard_error() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # It announces at every start which database it is for.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # It lists every glyph of a typeface that it makes smaller.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
