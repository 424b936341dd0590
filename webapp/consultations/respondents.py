"""Who may respond and as what: the kinds, classes, types and regions, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from frameworks.questions import Option

RESPONDENT = "respondent"
"""The item of the questions of a printed form about who is responding."""

NAME_LENGTH = 200
ROLE_LENGTH = 200
GATHERED_LENGTH = 1000
INTERESTS_LENGTH = 1000


class RespondsAs(StrEnum):
    """Whether somebody answers for themselves or for an organisation."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class Publish(StrEnum):
    """What a respondent allows to be published."""

    NAMED = "named"
    UNNAMED = "unnamed"
    NOT_AT_ALL = "not-at-all"


class Channel(StrEnum):
    """How a response came."""

    WEB = "web"
    EMAIL = "email"
    LETTER = "letter"
    MEETING = "meeting"
    TELEPHONE = "telephone"
    FORM = "form"
    SPREADSHEET = "spreadsheet"


class Interest(StrEnum):
    """Whether somebody has an interest that readers of the response should know of."""

    NONE = "none"
    DECLARED = "declared"


RESPONDS_AS = (
    Option(key=RespondsAs.INDIVIDUAL, label="As an individual"),
    Option(key=RespondsAs.ORGANISATION, label="On behalf of an organisation"),
)

INDIVIDUAL_CLASSES = (
    Option(key="public", label="Member of the public"),
    Option(key="patient", label="Patient, service user or carer"),
    Option(
        key="board-member",
        label="NHS board member",
        hint="Chair, chief executive, executive or non-executive director or member.",
    ),
    Option(key="aspiring-board-member", label="Somebody who hopes to join an NHS board"),
    Option(key="nhs-staff", label="NHS staff, not on a board"),
    Option(key="governor", label="Governor of a foundation trust"),
    Option(
        key="board-support",
        label="Somebody who supports boards",
        hint="For example a board secretary, or a human resources or development adviser.",
    ),
    Option(key="recruiter", label="Recruiter or search consultant"),
    Option(key="academic", label="Researcher or academic"),
    Option(key="other-individual", label="Something else"),
)

ORGANISATION_TYPES = (
    Option(key="acute", label="Acute trust or foundation trust"),
    Option(key="mental-health", label="Mental health trust or foundation trust"),
    Option(key="community", label="Community trust or foundation trust"),
    Option(key="ambulance", label="Ambulance trust or foundation trust"),
    Option(key="icb", label="Integrated care board"),
    Option(key="governors", label="Council of governors"),
    Option(key="arms-length-body", label="Arm’s-length body or government department"),
    Option(key="regulator", label="Regulator"),
    Option(key="union", label="Trade union"),
    Option(key="professional-body", label="Professional body or membership association"),
    Option(key="search-firm", label="Executive search firm"),
    Option(key="education", label="University or training provider"),
    Option(key="local-government", label="Local authority"),
    Option(key="charity", label="Charity, community or patient organisation"),
    Option(key="other-organisation", label="Another kind of organisation"),
)

REGIONS = (
    Option(key="east-of-england", label="East of England"),
    Option(key="london", label="London"),
    Option(key="midlands", label="Midlands"),
    Option(key="north-east-and-yorkshire", label="North East and Yorkshire"),
    Option(key="north-west", label="North West"),
    Option(key="south-east", label="South East"),
    Option(key="south-west", label="South West"),
    Option(key="national", label="England as a whole"),
    Option(key="elsewhere", label="Outside England"),
    Option(key="undisclosed", label="I would rather not say"),
)

INTERESTS = (
    Option(key=Interest.NONE, label="No"),
    Option(key=Interest.DECLARED, label="Yes"),
)

PUBLISH = (
    Option(key=Publish.NAMED, label="Yes, with the name"),
    Option(key=Publish.UNNAMED, label="Yes, without the name"),
    Option(key=Publish.NOT_AT_ALL, label="No, do not publish any of it"),
)


CHANNELS = (
    Option(key=Channel.WEB, label="On this website"),
    Option(key=Channel.EMAIL, label="By email"),
    Option(key=Channel.LETTER, label="By letter"),
    Option(key=Channel.MEETING, label="At a meeting"),
    Option(key=Channel.TELEPHONE, label="By telephone"),
    Option(key=Channel.FORM, label="On a form that was filled in elsewhere"),
    Option(key=Channel.SPREADSHEET, label="In a spreadsheet"),
)


@dataclass(frozen=True, slots=True)
class Respondent:
    """What somebody said about who is responding; empty strings and None are not said (yet)."""

    responds_as: RespondsAs | None = None
    respondent_class: str = ""
    region: str = ""
    publish: Publish | None = None
    name: str = ""
    organisation_name: str = ""
    gathered: str = ""
    positions: tuple[str, ...] = ()
    role: str = ""
    interest: Interest | None = None
    interests: str = ""

    @property
    def shown_name(self) -> str:
        """The name that this response would be published with; empty where none was given."""
        if self.responds_as is RespondsAs.ORGANISATION:
            return self.organisation_name
        return self.name


class AboutStep(StrEnum):
    """One page of what a respondent says before answering, in order."""

    RESPONDING_AS = "responding-as"
    WHO = "who"
    REGION = "region"
    INTERESTS = "interests"
    PUBLISHING = "publishing"
    POSITIONS = "positions"


def step_after(step: AboutStep) -> AboutStep | None:
    """Return the page after this one; None after the last."""
    steps = tuple(AboutStep)
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def classes_for(responds_as: RespondsAs | None) -> tuple[Option, ...]:
    """Return the classes to choose from: of organisations or of individuals."""
    if responds_as is RespondsAs.ORGANISATION:
        return ORGANISATION_TYPES
    return INDIVIDUAL_CLASSES


def label_of(key: str) -> str:
    """Return the words for a class, a region, or a kind; the key itself where it is unknown."""
    for options in (
        INDIVIDUAL_CLASSES,
        ORGANISATION_TYPES,
        REGIONS,
        RESPONDS_AS,
        PUBLISH,
        CHANNELS,
    ):
        for option in options:
            if option.key == key:
                return option.label
    return key


def steps_missing(respondent: Respondent) -> tuple[AboutStep, ...]:
    """Return the pages that a response cannot be sent without and that are not complete."""
    return tuple(_missing(respondent))


def _missing(respondent: Respondent) -> Iterator[AboutStep]:
    if respondent.responds_as is None:
        yield AboutStep.RESPONDING_AS
    known = {option.key for option in classes_for(respondent.responds_as)}
    organisation = respondent.responds_as is RespondsAs.ORGANISATION
    nameless = organisation and not respondent.organisation_name
    if respondent.respondent_class not in known or nameless:
        yield AboutStep.WHO
    named = respondent.publish is not Publish.NAMED or respondent.shown_name
    if respondent.publish is None or not named:
        yield AboutStep.PUBLISHING
