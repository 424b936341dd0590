"""Return codes as they are typed, and passes as they are kept; other responses are the noise."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import AFTER, DURING, a_respondent, an_asking
from tests.factories.together import Holder, a_team, somebody_alone
from tests.factories.together import an_open_consultation as open_one
from tests.factories.writing import COMMENT, SPEAKING, Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.errors import ConsultationNotOpen, NoDraft, TooManyMails
from webapp.consultations.response import Draft
from webapp.consultations.returning import (
    NotACode,
    find_place,
    is_code,
    last_of,
    read_return_code,
    shown_code,
)
from webapp.consultations.services.returning import MOST_MAILS
from webapp.jobs.models import Job
from webapp.persistence import Base, Database, Session, new_id
from webapp.security import tokens

CODES = st.text(alphabet=tokens.ALPHABET, min_size=28, max_size=28)


@given(CODES, st.sampled_from(["-", " ", "", "\u00a0", "\u2011"]))
def test_a_code_is_read_as_it_is_shown(code: str, between: str) -> None:
    assert is_code(code)
    typed = shown_code(code).replace("-", between)
    for each in (typed, typed.lower(), f" {typed}\n"):
        assert read_return_code(each) == code
    link = f"https://x.example/consultations/a/return/{shown_code(code)}?at=b"
    assert read_return_code(f"Open {link} and press") == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_is_told_why_not(typed: str) -> None:
    try:
        read = read_return_code(typed)
    except NotACode:
        return
    assert is_code(read)


def test_a_secret_from_before_there_were_codes_is_not_shown() -> None:
    for secret in ("", "x" * 28, tokens.new_token(), tokens.new_pass() + "0"):
        assert shown_code(secret) == ""
    assert len(shown_code(tokens.new_pass()).split("-")) == 7


class TestThePlace:
    def test_it_is_the_first_that_is_on_the_list(self) -> None:
        asking = an_asking()
        key = asking.competency_keys[0]
        draft = Draft(
            id=new_id(),
            consultation_id=new_id(),
            started_at=DURING,
            respondent=a_respondent(positions=()),
            chosen=(key,),
            saved=(),
        )
        question = next(each for each in asking.items[key].questions if not each.key.position)
        off = asking.competency_keys[1]
        for texts, expected in (
            ((str(question.key),), question),
            ((f"{off}:comment", "", str(question.key)), question),
            ((key,), None),
            ((f"{key}:nothing",), None),
        ):
            place = find_place(asking, draft, *texts)
            assert place is not None
            assert (place.item.key, place.question) == (key, expected), texts
        assert find_place(asking, draft, "", off, "::", f"{off}:comment") is None

    def test_a_question_about_a_position_that_was_not_chosen_is_none(self) -> None:
        asking = an_asking()
        key = asking.competency_keys[0]
        about_position = next(each for each in asking.items[key].questions if each.key.position)
        draft = Draft(new_id(), new_id(), DURING, a_respondent(positions=()), (key,), ())
        place = find_place(asking, draft, str(about_position.key))
        assert place is not None
        assert place.question is None

    def test_the_last_of_those_saved_together_stands_furthest_down(self) -> None:
        asking = an_asking()
        keys = [question.key for item in asking.items.values() for question in item.questions]
        assert last_of(asking, (keys[3], keys[0], keys[2])) == str(keys[3])
        assert last_of(asking, ()) == ""
        assert last_of(asking, (AnswerKey("gone", "comment"),)) == ""


def everything(session: Session) -> str:
    """Return all rows as text."""
    return "\n".join(
        str(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
    )


def found(session: Session, holder: Holder, token: str) -> Draft | None:
    return services.find_draft(session, consultation_id=holder.consultation.id, token=token)


def mail_job(session: Session) -> dict[str, str]:
    return session.scalars(select(Job).order_by(Job.enqueued_at)).all()[-1].payload


def prepare(session: Session, job: dict[str, str]) -> services.ReturnLetter | None:
    member = job["member"]
    return services.prepare_return_mail(
        session,
        draft_id=uuid.UUID(job["draft"]),
        member_id=uuid.UUID(member) if member else None,
        place=job["place"],
        now=DURING,
    )


def ask(session: Session, holder: Holder, place: str = "") -> None:
    services.ask_for_mail(session, **holder.act(), email="sam@example.org", place=place)


class TestANewCode:
    def test_it_takes_the_place_of_the_old_with_everything_it_had(self, session: Session) -> None:
        consultation = open_one(session)
        noise, holder = somebody_alone(session, consultation), somebody_alone(session, consultation)
        services.note_place(session, holder.token, str(COMMENT))
        services.note_place(session, noise.token, SPEAKING)
        new = services.renew_pass(session, **holder.act())
        assert is_code(new)
        assert found(session, holder, holder.token) is None
        draft = found(session, holder, new)
        assert draft is not None
        assert draft.place == str(COMMENT)
        assert noise.draft(session).place == SPEAKING
        stored = everything(session)
        assert [secret for secret in (new, holder.token) if secret in stored] == []
        assert tokens.hash_token(new) in stored, "the rows were read"

    def test_it_can_end_every_other_of_the_same_person_and_nobody_elses(
        self, session: Session
    ) -> None:
        consultation = open_one(session)
        noise = somebody_alone(session, consultation)
        asha, ben, _ = a_team(session, consultation)
        ask(session, asha)
        letter = prepare(session, mail_job(session))
        assert letter is not None
        mailed = tokens.read_code(letter.code)
        mailed_draft = found(session, asha, mailed)
        assert mailed_draft is not None
        assert mailed_draft.member == asha.member(session)
        new = services.renew_pass(session, **asha.act(), ends_others=True)
        assert found(session, asha, mailed) is None
        assert found(session, asha, new) is not None
        for other in (ben, noise):
            assert other.find(session) is not None

    def test_there_is_none_after_closing_or_sending(self, session: Session) -> None:
        writer = Writer(session, an_open_consultation(session))
        with pytest.raises(ConsultationNotOpen):
            services.renew_pass(
                session, consultation_id=writer.consultation.id, token=writer.token, now=AFTER
            )
        with pytest.raises(NoDraft):
            services.renew_pass(
                session, consultation_id=writer.consultation.id, token="guess", now=DURING
            )


class TestTheWay:
    def test_it_is_known_until_the_draft_is_gone_and_says_what_became_of_it(
        self, session: Session
    ) -> None:
        consultation = open_one(session)
        somebody_alone(session, consultation)
        asha, ben, cat = a_team(session, consultation)
        way = services.find_way(session, ben.token)
        assert way is not None
        assert (way.member_name, way.was_sent, way.has_left) == ("Ben Hall", False, False)
        assert way.leads_to(ben.draft(session))
        assert not way.leads_to(asha.draft(session))
        services.remove_member(session, **asha.act(), member_id=cat.member(session).id)
        left = services.find_way(session, cat.token)
        # Whoever was taken off has no pass any more, or one that says so.
        assert left is None or left.has_left
        assert cat.find(session) is None
        assert services.find_way(session, "") is None
        assert services.find_way(session, tokens.new_pass()) is None

    def test_the_answers_saved_last_are_those_of_the_person(self, session: Session) -> None:
        consultation = open_one(session)
        noise = somebody_alone(session, consultation)
        noise.now = DURING + dt.timedelta(hours=9)
        noise.answer(session, "Noise")
        asha, ben, _ = a_team(session, consultation)
        asha.answer(session, "From Asha")
        assert services.list_newest_answers(session, asha.draft(session)) == (COMMENT,)
        assert services.list_newest_answers(session, ben.draft(session)) == ()

    def test_of_answers_saved_together_all_are_given_and_none_from_before(
        self, session: Session
    ) -> None:
        consultation = an_open_consultation(session)
        noise = Writer(session, consultation, DURING + dt.timedelta(hours=9))
        noise.choose(SPEAKING)
        noise.answer(AnswerKey(SPEAKING, "action"), Given(choices=("keep",)))
        writer = Writer(session, consultation)
        other = AnswerKey("culture.compassion", "comment")
        writer.choose(SPEAKING, "culture.compassion")
        writer.answer(other, Given(text="Earlier"))
        writer.now += dt.timedelta(minutes=1)
        writer.answer(COMMENT, Given(text="Later"))
        assert services.list_newest_answers(session, writer.draft) == (COMMENT,)


class TestTheMail:
    def test_its_pass_is_made_when_it_is_sent_and_leads_to_the_place(
        self, session: Session
    ) -> None:
        consultation = open_one(session)
        somebody_alone(session, consultation)
        holder = somebody_alone(session, consultation)
        ask(session, holder, str(COMMENT))
        job = mail_job(session)
        assert holder.token not in str(job)
        letter = prepare(session, job)
        assert letter is not None
        assert letter.code.replace("-", "") not in everything(session)
        draft = found(session, holder, tokens.read_code(letter.code))
        assert draft is not None
        assert (draft.id, draft.place) == (holder.draft(session).id, str(COMMENT))

    def test_there_are_so_many_for_one_response_and_others_have_their_own(
        self, session: Session
    ) -> None:
        consultation = open_one(session)
        noise, holder = somebody_alone(session, consultation), somebody_alone(session, consultation)
        for left in range(MOST_MAILS, 0, -1):
            assert services.mails_left(session, holder.draft(session)) == left
            ask(session, holder)
        with pytest.raises(TooManyMails):
            ask(session, holder)
        ask(session, noise)
        assert services.mails_left(session, noise.draft(session)) == MOST_MAILS - 1

    def test_whoever_leads_colleagues_since_comes_back_as_the_lead(self, session: Session) -> None:
        holder = somebody_alone(session, open_one(session))
        ask(session, holder)
        services.start_together(session, **holder.act(), name="Asha Rao")
        letter = prepare(session, mail_job(session))
        assert letter is not None
        draft = found(session, holder, tokens.read_code(letter.code))
        assert draft is not None
        assert draft.member == holder.member(session)

    def test_whoever_was_taken_off_meanwhile_gets_none(self, session: Session) -> None:
        asha, ben, _ = a_team(session, open_one(session))
        ask(session, ben)
        services.remove_member(session, **asha.act(), member_id=ben.member(session).id)
        assert prepare(session, mail_job(session)) is None


def test_of_many_who_ask_at_once_no_more_than_allowed_get_a_mail(database: Database) -> None:
    with database.writing() as session:
        holder = somebody_alone(session, open_one(session))

    def ask_once(_: int) -> bool:
        try:
            with database.writing() as session:
                ask(session, holder)
        except TooManyMails:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        asked = list(pool.map(ask_once, range(6)))
    assert sum(asked) == MOST_MAILS
    with database.reading() as session:
        assert len(session.scalars(select(Job)).all()) == MOST_MAILS
