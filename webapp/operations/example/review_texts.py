"""What is written in the reviews of the example."""

from __future__ import annotations

from frameworks.questions import AnswerKey, Given

Answers = dict[AnswerKey, Given]


def _text(item: str, question: str, text: str) -> tuple[AnswerKey, Given]:
    return AnswerKey(item, question), Given(text=text)


def _choice(item: str, question: str, choice: str) -> tuple[AnswerKey, Given]:
    return AnswerKey(item, question), Given(choices=(choice,))


def _level(competency: str, level: str) -> tuple[AnswerKey, Given]:
    return _choice(competency, "level", level)


LAST_YEAR_OF_CHIEF_EXECUTIVE = (
    _text(
        "last-year.1",
        "objective",
        "No patient waits more than 52 weeks for planned care by March.",
    ),
    _text(
        "last-year.1",
        "outcome",
        "From 1,140 people to 96. The rest wait for spinal surgery, where two surgeons left.",
    ),
    _choice("last-year.1", "result", "partly"),
    _text(
        "last-year.2",
        "objective",
        "Staff who raise a concern hear what was done within 20 working days.",
    ),
    _text("last-year.2", "outcome", "Done for 91 in 100 concerns, from 48 in 100 a year before."),
    _choice("last-year.2", "result", "achieved"),
)

QUALITY_OF_CHIEF_EXECUTIVE = (
    _level("quality.patient-outcomes", "frequently"),
    _level("quality.safety-signals", "almost-always"),
    _level("quality.waiting", "frequently"),
    _level("quality.maternity", "frequently"),
    _text(
        "quality",
        "assessment",
        "Keeps patients in view in every paper. Acted on the first signs of trouble in the "
        "day-surgery unit in June, before any harm was found, and told the board the same week.",
    ),
    _text(
        "quality",
        "evidence",
        "Day-surgery review (June), maternity walkrounds each month, board papers on waits.",
    ),
    _text("quality", "strengths", "Speed and openness when something may be unsafe."),
    _text("quality", "growth", "Spread what the theatres team learned to the community sites."),
)

FAIRNESS_OF_CHIEF_EXECUTIVE = (
    _level("fairness.health-inequalities", "occasionally"),
    _level("fairness.anti-racism", "frequently"),
    _level("fairness.fair-careers", "occasionally"),
    _text(
        "fairness",
        "assessment",
        "Names racism plainly and took over the sponsorship of the staff network herself. The "
        "gap in shortlisting has not closed yet, and waits by deprivation came to the board "
        "only once this year.",
    ),
    _text("fairness", "evidence", "Workforce race figures, the network’s annual report."),
)

FEEDBACK_OF_CHIEF_EXECUTIVE = (
    _text(
        "feedback",
        "summary",
        "Nine people were asked and eight answered: five from the board, three from outside. "
        "They value her candour and her presence on wards. Several ask for fewer priorities, "
        "held for longer.",
    ),
)

DRAFT_BY_SECTION: dict[str, Answers] = {
    "last-year": dict(LAST_YEAR_OF_CHIEF_EXECUTIVE),
    "domain.quality": dict(QUALITY_OF_CHIEF_EXECUTIVE),
    "domain.fairness": dict(FAIRNESS_OF_CHIEF_EXECUTIVE),
    "feedback": dict(FEEDBACK_OF_CHIEF_EXECUTIVE),
    "objectives": dict(
        (
            _text(
                "objectives.1",
                "objective",
                "White and ethnic minority applicants for senior posts are equally likely to be "
                "appointed from shortlisting.",
            ),
            _text(
                "objectives.1",
                "measure",
                "Relative likelihood between 0.8 and 1.25 over the year, from 1.61 now.",
            ),
            _choice("objectives.1", "equality", "yes"),
        )
    ),
}
"""The chief executive's review as far as it has got: two domains and the rest still to do."""

COMMENTS_OF_CHIEF_EXECUTIVE: Answers = dict(
    (
        _text(
            "comments",
            "appraisee",
            "I recognise this. On deprivation I should like to add the paper of November, which "
            "went to the quality committee.",
        ),
    )
)

ASSESSMENTS_OF_FINANCE_DIRECTOR = {
    "quality": "Asks what each saving does to care before it is proposed, and withdrew two.",
    "direction": "Gave the strategy a five-year financial plan that the board can follow.",
    "fairness": "Published what each service spends by deprivation, the first time here.",
    "governance": "Accounts without a qualification; losses on agency staff seen and said early.",
    "culture": "The finance team’s staff survey is the best in the trust, two years running.",
    "partners": "Leads the shared ledger with the two neighbouring trusts.",
}

REST_OF_FINANCE_DIRECTOR: dict[str, Answers] = {
    "last-year": dict(
        (
            _text("last-year.1", "objective", "Balance the budget without closing beds."),
            _text("last-year.1", "outcome", "A surplus of £0.4m; no bed closed."),
            _choice("last-year.1", "result", "achieved"),
        )
    ),
    "feedback": dict(
        (
            _text(
                "feedback",
                "summary",
                "Seven people were asked and all answered. Clear, patient, and quick to say when "
                "a number is uncertain.",
            ),
        )
    ),
    "objectives": dict(
        (
            _text("objectives.1", "objective", "Cut agency spending by a third."),
            _text("objectives.1", "measure", "Monthly agency report to the finance committee."),
            _choice("objectives.1", "equality", "no"),
            _text(
                "objectives.2",
                "objective",
                "Pay suppliers owned by disabled people and ethnic minorities a fair share.",
            ),
            _text("objectives.2", "measure", "Share of spending, reported twice a year."),
            _choice("objectives.2", "equality", "yes"),
        )
    ),
    "development": dict(
        (
            _text("development.1", "need", "Chairing meetings across several organisations."),
            _text("development.1", "action", "Shadow the chair of the system finance group."),
        )
    ),
}

COMMENTS_OF_FINANCE_DIRECTOR: Answers = dict(
    (
        _choice("comments", "agreement", "agree"),
        _text("comments", "appraisee", "A fair account of a hard year. Thank you."),
    )
)
