"""What can be wrong with a request about accounts; the text of each says it in one sentence."""

from __future__ import annotations


class AccountsError(Exception):
    """Something about an account, an organisation or an invitation is not as asked."""


class NotValid(AccountsError):
    """A name, a slug or an e-mail address cannot be used."""


class UnknownOrganisation(AccountsError):
    """There is no organisation with this slug."""


class UnknownAccount(AccountsError):
    """There is no account with this e-mail address."""


class UnknownParticipant(AccountsError):
    """There is no such participant, or the invitation was withdrawn."""


class OrganisationExists(AccountsError):
    """The slug belongs to an organisation already."""


class AccountExists(AccountsError):
    """The e-mail address belongs to an account already."""


class AlreadyInvited(AccountsError):
    """This person was invited into this relation already."""


class LastAdministrator(AccountsError):
    """Without this person the organisation would have no administrator."""


class TooManyAttempts(AccountsError):
    """So many sign-in mails were asked for that the next has to wait."""


class AttemptOver(AccountsError):
    """This sign-in has been used, has expired, or never was."""


class WrongCode(AccountsError):
    """The code is not the one in the newest mail."""

    def __init__(self, tries_left: int) -> None:
        """Take how many more codes may be tried."""
        super().__init__("the code is not the one in the newest mail")
        self.tries_left = tries_left


class InvitationOver(AccountsError):
    """This personal link was withdrawn, was replaced, has expired, or never was."""
