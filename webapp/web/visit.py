"""One request as a view sees it: everything it may use, as arguments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from exports.forms.examining import Examiner
from exports.issuing import Issuer
from exports.seals.signing import Keyring
from exports.worker import Press
from frameworks.library import Library
from webapp.config import Settings
from webapp.files import FileStore
from webapp.issued.keys import Keys
from webapp.persistence import Database, Session
from webapp.security import Identity
from webapp.web.pace import Pace, Surge
from webapp.web.printing import Counter
from webapp.web.tasks import ConsultationTask, PublicLink, StaffTask, Task

Clock = Callable[[], dt.datetime]
Identify = Callable[[Session, str, dt.datetime], Identity]

SESSION_COOKIE = "signed-in"
"""The name, in the signed cookie, of the token of a signed-in session."""

BEGUN_PREFIX = "begun:"
"""How names begin, in the signed cookie, of what somebody began without an account."""

SHARED_DEVICE = "shared-device"
"""The name, in the signed cookie, of whether others use this device too."""

SEEN_COOKIE = "seen-at"
"""The name, in the signed cookie, of when that session was last used, in seconds."""

IDLE_LIMIT = dt.timedelta(hours=2)
"""How long a signed-in session lasts without a request."""


@dataclass(frozen=True, slots=True)
class FileSent:
    """A file as a browser sent it; its name is whatever the sender says."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Desk:
    """What the program lends to every request; made once by the factory."""

    database: Database
    library: Library
    settings: Settings
    press: Press
    clock: Clock
    identify: Identify
    keys: Keys
    files: FileStore
    examiner: Examiner
    public_examiner: Examiner
    """Looks at what anybody may send, few at a time, so that staff never wait behind it."""
    pace: Pace
    """How fast each response may be written."""
    surge: Surge
    """How much may come from everybody together."""
    mails: Pace
    """How many mails anybody may have sent to one mailbox."""
    tasks: tuple[Task, ...] = ()

    @property
    def keyring(self) -> Keyring:
        """The keys that seal and check documents, as they are now."""
        self.keys.make_if_missing(self.clock().date())
        return self.keys.keyring

    @property
    def counter(self) -> Counter:
        """Where documents are handed out."""
        return Counter(
            press=self.press,
            issuer=Issuer(self.settings.url, self.keyring),
            folder=self.settings.home / "printed",
            database=self.database,
        )


TakesFile = Callable[[Desk, FileSent | None], Any]
"""Makes what a view works with of the file that was sent, or of none, outside any transaction."""


@dataclass(frozen=True)
class Visit:
    """Who asks for what, when, and the session in which it is answered."""

    session: Session
    identity: Identity
    now: dt.datetime
    library: Library
    settings: Settings
    files: FileStore
    counter: Callable[[], Counter]
    """Gives where documents are handed out, for who has to know what a copy will be called."""
    pace: Pace
    surge: Surge
    mails: Pace
    form: MultiDict[str, str] = field(default_factory=MultiDict)
    query: MultiDict[str, str] = field(default_factory=MultiDict)
    cookie: Mapping[str, Any] = field(default_factory=dict)
    is_post: bool = False
    path: str = "/"
    tasks: tuple[Task, ...] = ()
    """What every room offers to staff, permitted or not, and to the public."""
    sent: Any = None
    """What was made of the file that came with a post, by the `takes_file` of its page."""

    @property
    def session_token(self) -> str:
        """The token of the signed-in session, or an empty text, also after a long idle time.

        The cookie is signed and renewed, so that a page which is only read writes no row.
        """
        seen = self.cookie.get(SEEN_COOKIE)
        if isinstance(seen, int) and self.now.timestamp() - seen > IDLE_LIMIT.total_seconds():
            return ""
        return str(self.cookie.get(SESSION_COOKIE, ""))

    @property
    def staff_tasks(self) -> tuple[StaffTask, ...]:
        """The tasks on the page of an organisation, permitted or not."""
        return tuple(each for each in self.tasks if isinstance(each, StaffTask))

    @property
    def consultation_tasks(self) -> tuple[ConsultationTask, ...]:
        """The tasks on the page of a consultation, permitted or not."""
        return tuple(each for each in self.tasks if isinstance(each, ConsultationTask))

    @property
    def public_links(self) -> tuple[PublicLink, ...]:
        """The links on the public page of a consultation, in whichever phase."""
        return tuple(each for each in self.tasks if isinstance(each, PublicLink))

    @property
    def today(self) -> dt.date:
        """The calendar day in the United Kingdom."""
        from webapp.web.times import LONDON

        return self.now.astimezone(LONDON).date()
