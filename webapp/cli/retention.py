"""What is due to be erased, and erasing what people were warned of for long enough."""

from __future__ import annotations

import datetime as dt

import click

from webapp.cli.installation import Installation
from webapp.operations.keeping import Due, keep_to_schedule, list_due
from webapp.retention.schedule import schedule
from webapp.retention.services import flush_erasures

SOON = dt.timedelta(days=30)


@click.group()
def retention() -> None:
    """See what is kept for how long, and erase what is due."""


@retention.command("list")
@click.pass_obj
def list_classes(installation: Installation) -> None:
    """Print each class with its period, and what is due; nothing is erased."""
    periods, now = installation.settings.retention, installation.now()
    with installation.reading() as session:
        dues = list_due(session, periods, now)
    for each in schedule(periods):
        of_class = [due for due in dues if due.data_class.key == each.key]
        free = [due for due in of_class if not due.is_held]
        click.echo(f"{each.key}  {each.name}: erased {each.rule}")
        if not of_class:
            continue
        click.echo(
            f"    due now {_sum(free, now)}, within 30 days {_sum(free, now + SOON)}, "
            f"held {sum(due.kept for due in of_class if due.is_held)}, "
            f"kept in all {sum(due.kept for due in of_class)}"
        )
        for due in of_class:
            click.echo(f"    {due.consultation.slug}  {due.kept}  {_then(due)}")


@retention.command("erase")
@click.pass_obj
def erase(installation: Installation) -> None:
    """Warn of what is due soon, and erase what was announced for long enough, as every hour."""
    now = installation.now()
    with installation.writing() as session:
        records = keep_to_schedule(session, now, installation.settings.retention)
    flush_erasures(installation.database, installation.journal, now)
    installation.database.empty_log()
    for record in records:
        click.echo(f"Erased {record.erased} of {record.class_key}: {record.rule}.")
    if not records:
        click.echo("Nothing is due that was announced for long enough.")


def _sum(dues: list[Due], at: dt.datetime) -> int:
    return sum(due.kept for due in dues if due.is_due(at))


def _then(due: Due) -> str:
    if due.is_held:
        return "held"
    if due.erased_at is None:
        return "not closed"
    announced = " (announced)" if due.warned_until else ""
    return f"erased from {due.erased_at:%Y-%m-%d}{announced}"
