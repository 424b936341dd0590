"""Work for later: rows enqueued in the caller's transaction, leased by a worker, never lost."""

from webapp.jobs.lanes import (
    Handler,
    Handlers,
    JobContext,
    Lane,
    LeaseLost,
    Slow,
    WorkerStops,
)
from webapp.jobs.mail import Mail, Mailer, MailRefused, SentMail
from webapp.jobs.mailers import make_mailer
from webapp.jobs.outbox import Outbox
from webapp.jobs.retries import NotWorthRetrying
from webapp.jobs.services import (
    cancel,
    count_failed,
    enqueue,
    forget_finished,
    is_planned,
    requeue_leased,
    run_due,
    run_next,
)

__all__ = [
    "Handler",
    "Handlers",
    "JobContext",
    "Lane",
    "LeaseLost",
    "Mail",
    "MailRefused",
    "Mailer",
    "NotWorthRetrying",
    "Outbox",
    "SentMail",
    "Slow",
    "WorkerStops",
    "cancel",
    "count_failed",
    "enqueue",
    "forget_finished",
    "is_planned",
    "make_mailer",
    "requeue_leased",
    "run_due",
    "run_next",
]
