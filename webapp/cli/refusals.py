"""What may go wrong in a command, said in one line."""

from __future__ import annotations

from typing import Any

import click

from exports.forms.examining import ExaminerBusy
from exports.worker import DocumentFailed, DocumentTooLarge, PressBusy
from frameworks.library import CannotPublish, UnknownVersion
from frameworks.problems import Unreadable
from webapp.accounts.errors import AccountsError
from webapp.config import ConfigurationError
from webapp.operations.backup.errors import BackupFailed
from webapp.persistence import DatabaseBusy, DatabaseUnfit

EXPECTED = (
    AccountsError,
    BackupFailed,
    CannotPublish,
    ConfigurationError,
    DatabaseBusy,
    DatabaseUnfit,
    DocumentFailed,
    DocumentTooLarge,
    ExaminerBusy,
    PressBusy,
    UnknownVersion,
)


class Refused(click.ClickException):
    """Something that a person can put right."""

    def show(self, file: Any = None) -> None:
        """Print it on standard error, in one line."""
        text = " ".join(self.format_message().split())
        click.echo(f"boardmark: {text}", err=True, file=file)


class Program(click.Group):
    """A group of commands whose expected failures are one line and exit 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and turn what is expected to go wrong into one line."""
        try:
            return super().invoke(ctx)
        except Unreadable as error:
            for problem in error.problems:
                click.echo(str(problem))
            raise Refused(
                f"{error.problems[0].source} cannot be used: "
                "boardmark frameworks check shows every problem"
            ) from error
        except EXPECTED as error:
            raise Refused(str(error)) from error
        except OSError as error:
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise Refused(what) from error
