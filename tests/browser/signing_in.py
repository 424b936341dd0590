"""How staff come in, in a real browser."""

from __future__ import annotations

from tests.browser.tab import Tab
from tests.program import Program


def sign_in(program: Program, tab: Tab, email: str) -> Tab:
    """Sign a member of staff in by the link in the mail, and return the tab."""
    # What is due to the same person otherwise comes with it, in any order.
    program.deliver_mail()
    tab.open("/sign-in")
    tab.press("Send me an email", {"email": email})
    tab.open(program.link_to(email))
    tab.press("Sign in")
    return tab
