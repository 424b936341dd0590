"""What people say about decisions and money, each with what they would do about it."""

from __future__ import annotations

from webapp.operations.example.voices.remark import KEEP, MERGE, MOVE, REMOVE, REWORD, SPLIT, Remark

GOVERNANCE: dict[str, tuple[Remark, ...]] = {
    "governance.assurance": (
        Remark(
            KEEP,
            "Evidence from more than one source is the clearest description of assurance "
            "that I have read in thirty years.",
        ),
        Remark(
            REWORD,
            "Saying plainly that we do not know is hard in a meeting in public. The "
            "behaviours should help with that.",
        ),
        Remark(
            KEEP, "Essential for every non-executive. I would give it the highest weight of all."
        ),
        Remark(
            MERGE,
            "Assurance and holding to account are asked with the same interview "
            "question in our kit.",
        ),
        Remark(
            REWORD,
            "Internal audit, clinical audit and a walk round the wards are three lines. "
            "Name them and people will understand.",
        ),
    ),
    "governance.open-challenge": (
        Remark(
            KEEP,
            "Testing the views of people one agrees with is the rare part, and I would "
            "ask for it in every reference.",
        ),
        Remark(
            REWORD,
            "New members are often told to wait a year before they challenge. Say that "
            "it starts on the first day.",
        ),
        Remark(
            KEEP,
            "Changing one’s mind in public deserves a medal. It is good that it is an indicator.",
        ),
        Remark(SPLIT, "Giving challenge and taking it are different people in my experience."),
    ),
    "governance.board-dynamics": (
        Remark(
            KEEP,
            "Sharing responsibility for what one voted against is what unitary boards "
            "mean. Keep it.",
        ),
        Remark(
            REWORD,
            "‘To work as one’ sounds like agreement. The best board I sat on disagreed "
            "every month.",
        ),
        Remark(
            REMOVE, "Preparing and taking part is the least one expects. It needs no competency."
        ),
        Remark(
            MERGE, "With open challenge it makes one good statement about behaviour in the room."
        ),
    ),
    "governance.chairing": (
        Remark(
            REWORD,
            "Chairs of foundation trusts lead the council of governors as well. The "
            "statement forgets half of the job.",
        ),
        Remark(
            KEEP,
            "Spending its time on what matters can be measured from the minutes. We tried "
            "it and were ashamed.",
        ),
        Remark(
            KEEP,
            "Hearing every voice includes those on a screen. Since meetings became "
            "hybrid they are the last to be asked.",
        ),
        Remark(REWORD, "Say that a chair ends meetings on time and decides what is not discussed."),
        Remark(
            SPLIT,
            "Leading a meeting and developing a board take different talents. We "
            "appointed for the first and needed the second.",
        ),
    ),
    "governance.holding-to-account": (
        Remark(
            KEEP,
            "Without doing their job: an old rule, well put, and broken every month in "
            "our quality committee.",
        ),
        Remark(
            REWORD,
            "‘Those who are paid to run it’ is sharp. Non-executives are paid too, if not much.",
        ),
        Remark(
            REWORD,
            "Independence needs an example. When did somebody last vote against the "
            "proposal of a friend?",
        ),
        Remark(MOVE, "It is a rule of the role and should stand in the code of conduct."),
    ),
    "governance.senior-independent": (
        Remark(
            KEEP,
            "Few members of staff know that this person exists. An indicator about being "
            "known would help.",
        ),
        Remark(
            REWORD,
            "The appraisal of the chair is the formal duty. Being somebody to turn to "
            "cannot be appointed.",
        ),
        Remark(REMOVE, "One post in each trust does not need a line in the national framework."),
        Remark(
            KEEP,
            "I turned to ours when the chair was the problem. It worked because she had "
            "no ambitions.",
        ),
    ),
    "governance.accountable-officer": (
        Remark(
            KEEP,
            "Telling the board before it has to ask is what we look for in a chief "
            "executive, and almost the only thing.",
        ),
        Remark(
            REWORD,
            "Answering to Parliament is true and rare. Answering to staff is daily and "
            "is not mentioned.",
        ),
        Remark(KEEP, "Clear about where the buck stops. I would not soften a word."),
        Remark(
            SPLIT,
            "Safety, conduct and spending are three kinds of answer. Candidates are "
            "strong in one and silent on another.",
        ),
    ),
    "finance.value": (
        Remark(
            KEEP,
            "Cost, quality and fairness weighed together is how I teach it to clinical colleagues.",
        ),
        Remark(
            REWORD,
            "‘Every pound’ reads like a slogan from a budget speech. Value for patients "
            "would be warmer and clearer.",
        ),
        Remark(
            KEEP,
            "Non-financial members hide behind the finance committee. This statement "
            "takes the curtain away.",
        ),
        Remark(
            REWORD,
            "Capital is different from running costs, and nothing is said about leaving "
            "debts to those who come after.",
        ),
    ),
    "finance.leadership": (
        Remark(KEEP, "True and timely, in that order. I have seen it the other way round."),
        Remark(
            REWORD,
            "Helping clinical teams to use money well should come first, because "
            "controls exist to make that possible.",
        ),
        Remark(
            MERGE,
            "With value this makes two on money and one on staff morale. The balance is wrong.",
        ),
        Remark(KEEP, "Good for appraisal, and clear about what only the finance director can do."),
    ),
    "risk.judgement": (
        Remark(
            KEEP,
            "Deciding which risks to refuse is real judgement. Most registers only know "
            "how to accept and to mitigate.",
        ),
        Remark(
            REWORD,
            "The risk register of my trust has 140 lines. Say that a member knows five "
            "of them by heart.",
        ),
        Remark(MERGE, "Risk and resilience overlap where cyber attacks are concerned."),
        Remark(
            KEEP, "Harm to patients, staff and the organisation, in this order, is the right order."
        ),
    ),
    "risk.resilience": (
        Remark(
            KEEP,
            "Having practised it is the test. We found out in an exercise that nobody had "
            "the key to the generator.",
        ),
        Remark(
            REWORD,
            "‘Attack’ frightens lay readers. Begin with the failure of a supplier, "
            "which happens every year.",
        ),
        Remark(
            KEEP,
            "After three weeks on paper records I would make it essential for every executive.",
        ),
        Remark(MOVE, "It belongs with digital, because that is where we were hurt."),
    ),
    "integrity.interests": (
        Remark(
            KEEP, "Stepping back when one should is simple and rarely done without being reminded."
        ),
        Remark(
            REWORD, "Friends and former colleagues are interests as much as shares are. Say so."
        ),
        Remark(REMOVE, "It is a rule of law and of the constitution. Rules need no competency."),
        Remark(
            KEEP,
            "Expecting the same of others means asking in the room, which takes more "
            "courage than declaring.",
        ),
    ),
    "integrity.fitness": (
        Remark(
            KEEP, "A full and true account would have prevented two appointments that I know of."
        ),
        Remark(
            REWORD,
            "Honesty and respect are behaviour, fitness is a legal test. The statement "
            "runs them together.",
        ),
        Remark(MERGE, "Interests and fitness could be one, under integrity."),
        Remark(
            KEEP,
            "After what was found elsewhere, the public needs to read this sentence in "
            "every advertisement.",
        ),
    ),
}
