"""What a filled form of ours says, as the beginning of a transcription."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exports.forms.filled import Filled
from frameworks.questionnaire import profile_item
from frameworks.questions import AnswerKey, Given
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.respondents import (
    RESPONDENT,
    Interest,
    Publish,
    Respondent,
    RespondsAs,
    classes_for,
)
from webapp.consultations.response import kept
from webapp.intake.items import Transcription, Typed

ORGANISATION_ALONE = ("organisation-name", "organisation-type", "gathered")


@dataclass(frozen=True, slots=True)
class FormRead:
    """What was read; `words` stood on the last pages, where there is room for what did not fit."""

    transcription: Transcription
    words: str


def is_form_of(filled: Filled, consultation: Consultation, asking: Asking) -> bool:
    """Say whether a file is a form of this consultation, with the questions that it asks now."""
    seal = filled.verdict.seal
    return (
        seal is not None
        and seal.form.get("consultation") == consultation.slug
        and seal.form.get("questionnaire") == str(asking.questionnaire.reference)
        and seal.digest == asking.framework_digest
    )


def read_form(filled: Filled, asking: Asking) -> FormRead:
    """Return what a form of ours says; what nobody filled in is left out."""
    said = {key.question: given for key, given in filled.answers.items() if key.item == RESPONDENT}
    typed = tuple(
        Typed(key, given, 1, is_read=True) for key, given in _answers(filled.answers, asking)
    )
    answered = {each.key.item for each in typed}
    positions = {each.key.position for each in typed}
    chosen_positions = said.get("positions", Given()).choices
    respondent = _respondent(
        said,
        tuple(
            key
            for key in asking.position_titles
            if key in chosen_positions or key in positions or profile_item(key) in answered
        ),
    )
    chosen = tuple(
        key
        for key in asking.competency_keys
        if key in answered or asking.items[key].domain_key in answered
    )
    words = "\n\n".join(text for text in filled.continuation.values() if text)
    return FormRead(Transcription(respondent, chosen, typed), words)


def _answers(answers: Mapping[AnswerKey, Given], asking: Asking) -> list[tuple[AnswerKey, Given]]:
    found = []
    for key, answer in answers.items():
        item = asking.items.get(key.item)
        question = item.by_key.get(key) if item else None
        if question is None:
            continue
        given = kept(question, answer)
        if not given.is_blank and not asking.is_present_text(question, given.text):
            found.append((key, given))
    return found


def _respondent(said: Mapping[str, Given], positions: tuple[str, ...]) -> Respondent:
    responds_as = _choice(said, "responds-as")
    if not responds_as and any(
        name in said and not said[name].is_blank for name in ORGANISATION_ALONE
    ):
        responds_as = RespondsAs.ORGANISATION.value
    kind = RespondsAs(responds_as) if responds_as else None
    for_organisation = kind is RespondsAs.ORGANISATION
    of_kind = _choice(said, "organisation-type" if for_organisation else "individual-class")
    publish, interest = _choice(said, "publish"), _choice(said, "interest")
    named = publish == Publish.NAMED
    return Respondent(
        responds_as=kind,
        respondent_class=of_kind if of_kind in {each.key for each in classes_for(kind)} else "",
        region=_choice(said, "region"),
        publish=Publish(publish) if publish else None,
        name=_text(said, "name") if named and not for_organisation else "",
        organisation_name=_text(said, "organisation-name") if for_organisation else "",
        gathered=_text(said, "gathered") if for_organisation else "",
        positions=positions,
        role=_text(said, "role"),
        interest=Interest(interest) if interest else None,
        interests=_text(said, "interests") if interest == Interest.DECLARED else "",
    )


def _choice(said: Mapping[str, Given], name: str) -> str:
    return next(iter(said.get(name, Given()).choices), "")


def _text(said: Mapping[str, Given], name: str) -> str:
    return said.get(name, Given()).text.strip()
