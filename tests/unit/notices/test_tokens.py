"""Links in mails: made from a secret, good for one thing and one address."""

from __future__ import annotations

from webapp.notices.tokens import LENGTH, Purpose, is_token, link_token
from webapp.persistence import new_id

OLD, NEW = "o" * 40, "n" * 40
SOMEBODY, SOMEBODY_ELSE = new_id(), new_id()


def test_a_link_is_good_for_its_purpose_and_its_address_alone() -> None:
    token = link_token([NEW], Purpose.CONFIRM, SOMEBODY)

    assert len(token) == LENGTH
    assert is_token(token, [NEW], Purpose.CONFIRM, SOMEBODY)
    assert not is_token(token, [NEW], Purpose.STOP, SOMEBODY)
    assert not is_token(token, [NEW], Purpose.CONFIRM, SOMEBODY_ELSE)
    assert not is_token("", [NEW], Purpose.CONFIRM, SOMEBODY)
    assert not is_token("é" * LENGTH, [NEW], Purpose.CONFIRM, SOMEBODY)


def test_a_link_outlives_the_change_of_the_secret_until_that_is_dropped() -> None:
    token = link_token([OLD], Purpose.STOP, SOMEBODY)

    assert is_token(token, [NEW, OLD], Purpose.STOP, SOMEBODY)
    assert not is_token(token, [NEW], Purpose.STOP, SOMEBODY)
    assert link_token([NEW, OLD], Purpose.STOP, SOMEBODY) != token
