"""Nobody sends an answer to something else than what they read."""

from __future__ import annotations

import pytest

from tests.factories.editions import revise
from tests.factories.writing import Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.errors import EditionChanged
from webapp.persistence import Session


class TestSendingFromAPage:
    def test_what_was_shown_is_sent(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        writer.write_everything()
        assert writer.send(edition=1).is_new

    def test_a_page_from_before_a_revision_sends_nothing_and_loses_nothing(
        self, session: Session
    ) -> None:
        consultation = an_open_consultation(session)
        writer = Writer(session, consultation)
        writer.write_everything()
        before = writer.draft
        revise(session, consultation, "The closing of one question was worded anew.")
        with pytest.raises(EditionChanged) as caught:
            writer.send(edition=1)
        assert (caught.value.shown, caught.value.present) == (1, 2)
        assert writer.draft == before
        assert writer.send(edition=2).is_new

    def test_what_was_sent_before_a_revision_has_its_receipt_from_the_old_page_too(
        self, session: Session
    ) -> None:
        consultation = an_open_consultation(session)
        writer = Writer(session, consultation)
        writer.write_everything()
        receipt = writer.send(edition=1)
        revise(session, consultation, "A date was wrong.")
        assert writer.send(edition=1).reference == receipt.reference

    def test_the_notices_since_a_page_are_told_oldest_first(self, session: Session) -> None:
        consultation = an_open_consultation(session)
        for notice in ("First", "Second"):
            revise(session, consultation, notice)

        def since(number: int) -> list[str]:
            found = services.list_revisions(session, consultation.id, since=number)
            return [each.notice for each in found]

        assert (since(0), since(1), since(2), since(3)) == (
            ["First", "Second"],
            ["First", "Second"],
            ["Second"],
            [],
        )
