"""What the people of the example said: different in length, in view and in who they are."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.consultations.respondents import Publish, Respondent, RespondsAs


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: a choice or a text."""

    item: str
    question: str
    choice: str = ""
    text: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class ExampleResponse:
    """One response; one that is not sent stays a draft."""

    respondent: Respondent
    said: tuple[Said, ...]
    is_sent: bool = True

    @property
    def items(self) -> frozenset[str]:
        """The keys of everything that was answered about."""
        return frozenset(each.item for each in self.said)


def _person(of_class: str, region: str, *positions: str, name: str = "") -> Respondent:
    return Respondent(
        responds_as=RespondsAs.INDIVIDUAL,
        respondent_class=of_class,
        region=region,
        publish=Publish.NAMED if name else Publish.UNNAMED,
        name=name,
        positions=positions,
    )


def _organisation(kind: str, region: str, name: str, gathered: str, *positions: str) -> Respondent:
    return Respondent(
        responds_as=RespondsAs.ORGANISATION,
        respondent_class=kind,
        region=region,
        publish=Publish.NAMED,
        organisation_name=name,
        gathered=gathered,
        positions=positions,
    )


def _needed(item: str, choice: str, position: str) -> Said:
    return Said(item, "necessity", choice, position=position)


def _clear(item: str, choice: str) -> Said:
    return Said(item, "clarity", choice)


def _do(item: str, choice: str) -> Said:
    return Said(item, "action", choice)


def _comment(item: str, text: str) -> Said:
    return Said(item, "comment", text=text)


NON_EXECUTIVE, CHAIR = "provider-ned", "provider-chair"
CHIEF_EXECUTIVE, FINANCE = "provider-chief-executive", "provider-finance-director"
ICB_CHAIR, ICB_MEMBER = "commissioner-chair", "commissioner-executive-member"

RESPONSES = (
    ExampleResponse(
        _person("board-member", "north-west", NON_EXECUTIVE, CHAIR, name="Margaret Shaw"),
        (
            _needed("direction.ai", "useful", NON_EXECUTIVE),
            _needed("direction.ai", "essential", CHAIR),
            _clear("direction.ai", "mostly-clear"),
            _do("direction.ai", "reword"),
            Said(
                "direction.ai",
                "wording",
                text="Before we use artificial intelligence I ask what it is for, how we shall "
                "know that it works, whom it might fail and who will answer for it.",
            ),
            _comment(
                "direction.ai",
                "A non-executive cannot judge the technology. We can insist that somebody "
                "shows us evidence from our own patients, so the statement should say that.",
            ),
            _needed("governance.assurance", "essential", NON_EXECUTIVE),
            _clear("governance.assurance", "very-clear"),
            _do("governance.assurance", "keep"),
            Said("consultation", "overall", "with-small-changes"),
        ),
    ),
    ExampleResponse(
        _organisation(
            "mental-health",
            "midlands",
            "Ashcombe Mental Health NHS Trust",
            "Discussed at a board seminar with two service users; agreed by the chair.",
            CHAIR,
            CHIEF_EXECUTIVE,
        ),
        (
            _needed("quality.maternity", "useful", CHIEF_EXECUTIVE),
            _clear("quality.maternity", "rather-unclear"),
            _do("quality.maternity", "reword"),
            _comment(
                "quality.maternity",
                "We run no maternity services. The idea fits us well (seclusion and "
                "in-patient deaths are our equivalent), but the title does not. Could it be "
                "about the services in which a failure does the gravest harm, with maternity "
                "as the first example?",
            ),
            Said(
                "quality",
                "missing",
                text="Restrictive practice is nowhere. Boards of mental health trusts answer "
                "for it every month.",
            ),
            Said(
                "quality",
                "equality-effect",
                text="Black patients are detained more often. A competency that names "
                "restriction would make boards look at that.",
            ),
            Said("consultation", "overall", "with-small-changes"),
            Said(
                "consultation",
                "overall-comment",
                text="Good on tone. Forty-six competencies are many for an appraisal: we "
                "would choose eight a year and say so.",
            ),
        ),
    ),
    ExampleResponse(
        _person("patient", "south-west"),
        (
            _clear("quality.patient-voice", "very-clear"),
            _do("quality.patient-voice", "keep"),
            _comment(
                "quality.patient-voice",
                "Please keep ‘tell them what we did’. I gave my story to a board once and "
                "never heard what came of it.",
            ),
        ),
    ),
    ExampleResponse(
        _organisation(
            "union",
            "national",
            "Health Workers’ Union, senior staff section",
            "Survey of 212 members and a meeting of branch officers.",
            CHIEF_EXECUTIVE,
        ),
        (
            _needed("culture.safe-from-abuse", "essential", CHIEF_EXECUTIVE),
            _clear("culture.safe-from-abuse", "mostly-clear"),
            _do("culture.safe-from-abuse", "split"),
            _comment(
                "culture.safe-from-abuse",
                "Violence from the public and sexual misconduct by colleagues need different "
                "action by a board. Two competencies would let an appraisal look at each.",
            ),
            _needed("culture.well-being", "essential", CHIEF_EXECUTIVE),
            _do("culture.well-being", "keep"),
            _comment(
                "culture.well-being",
                "Staffing levels should be among the examples: they are what makes work "
                "unsafe most often.",
            ),
        ),
    ),
    ExampleResponse(
        _person("board-member", "london", FINANCE, name="Imran Sheikh"),
        (
            _needed("finance.value", "essential", FINANCE),
            _clear("finance.value", "very-clear"),
            _do("finance.value", "keep"),
            _needed("risk.resilience", "essential", FINANCE),
            _comment(
                "risk.resilience",
                "Finance directors often hold the risk for digital suppliers, so make this "
                "essential for us too.",
            ),
            Said(f"profile.{FINANCE}", "essential-right", "too-few-essential"),
            Said(f"profile.{FINANCE}", "weights-right", "some-wrong"),
            Said(
                f"profile.{FINANCE}",
                "profile-comment",
                text="Resilience should be essential with a weight of about 8, taken from the "
                "leadership of finance.",
            ),
        ),
    ),
    ExampleResponse(
        _person("nhs-staff", "north-east-and-yorkshire"),
        (
            _clear("culture.speaking-up", "very-clear"),
            _do("culture.speaking-up", "keep"),
            _comment(
                "culture.speaking-up",
                "I spoke up in 2021 and it cost me my post. ‘I make sure that nobody suffers "
                "for raising one’ is the sentence that matters. How will a panel test it?",
            ),
            _clear("fairness.anti-racism", "very-clear"),
            _do("fairness.anti-racism", "keep"),
        ),
    ),
    ExampleResponse(
        _organisation(
            "icb",
            "east-of-england",
            "Fenland and Coast Integrated Care Board",
            "Written by the chair and the board secretary, read by all members.",
            ICB_CHAIR,
            ICB_MEMBER,
        ),
        (
            _needed("partners.commissioning", "essential", ICB_CHAIR),
            _needed("partners.commissioning", "essential", ICB_MEMBER),
            _clear("partners.commissioning", "rather-unclear"),
            _do("partners.commissioning", "reword"),
            Said(
                "partners.commissioning",
                "wording",
                text="I help to plan and pay for care that meets the needs of the whole "
                "population, fairly, from those best able to give it, and I see that it is "
                "delivered.",
            ),
            _comment(
                "partners.commissioning",
                "‘Buy’ makes it sound like a shop. Strategic commissioning is mostly about "
                "needs, evidence and contracts for outcomes.",
            ),
            Said(f"profile.{ICB_CHAIR}", "essential-right", "right"),
            Said("consultation", "overall", "with-small-changes"),
        ),
    ),
    ExampleResponse(
        _person("recruiter", "national", NON_EXECUTIVE, CHAIR),
        (
            _needed("governance.open-challenge", "essential", NON_EXECUTIVE),
            _clear("governance.open-challenge", "very-clear"),
            _needed("quality.research", "not-necessary", NON_EXECUTIVE),
            _do("quality.research", "merge"),
            _comment(
                "quality.research",
                "Desirable at most for a non-executive. Merge it with improvement, or keep it "
                "for teaching hospitals.",
            ),
            Said(f"profile.{NON_EXECUTIVE}", "essential-right", "too-many-essential"),
            Said(
                f"profile.{NON_EXECUTIVE}",
                "profile-comment",
                text="Long lists of essentials shrink and narrow the field. Ten essentials "
                "would be plenty.",
            ),
        ),
    ),
    ExampleResponse(
        _person("academic", "london", name="Dr Elin Vaughan"),
        (
            _clear("fairness.health-inequalities", "mostly-clear"),
            _do("fairness.health-inequalities", "keep"),
            _comment(
                "fairness.health-inequalities",
                "Good that decisions and money are named. Add an indicator on reading data "
                "by ethnicity and deprivation together, not one after the other.",
            ),
            Said(
                "fairness",
                "equality-effect",
                text="Carers and people without papers are not a protected group and are "
                "often left out. An indicator could name them.",
            ),
        ),
    ),
    ExampleResponse(
        _person("governor", "south-east", CHAIR),
        (
            _needed("governance.chairing", "essential", CHAIR),
            _clear("governance.chairing", "mostly-clear"),
            _do("governance.chairing", "keep"),
            _comment(
                "governance.chairing",
                "Chairs of foundation trusts also chair the council of governors. Say so in "
                "an indicator.",
            ),
            Said("consultation", "overall", "as-it-is"),
        ),
    ),
    ExampleResponse(
        _person("aspiring-board-member", "midlands", NON_EXECUTIVE),
        (
            _needed("culture.own-development", "essential", NON_EXECUTIVE),
            _clear("culture.own-development", "very-clear"),
            _comment(
                "culture.own-development",
                "As somebody from outside the NHS I found the suggestions for development "
                "the most useful part. More that are free, please.",
            ),
        ),
    ),
    ExampleResponse(
        _person("board-support", "north-west", NON_EXECUTIVE, CHIEF_EXECUTIVE),
        (
            _clear("integrity.interests", "mostly-clear"),
            _comment("integrity.interests", "Still being discussed with our company secretary."),
        ),
        is_sent=False,
    ),
)
