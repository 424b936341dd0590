"""What people say about fair care and fair work, each with what they would do about it."""

from __future__ import annotations

from webapp.operations.example.voices.remark import KEEP, MERGE, REMOVE, REWORD, SPLIT, Remark

FAIRNESS: dict[str, tuple[Remark, ...]] = {
    "fairness.health-inequalities": (
        Remark(
            KEEP,
            "Using decisions and money, and not only words, is what makes this one "
            "different from the older text.",
        ),
        Remark(
            REWORD,
            "Rural poverty is invisible in averages. Mention distance and transport "
            "among the reasons for poor access.",
        ),
        Remark(
            KEEP,
            "Going to people who do not come to us is a behaviour that I can ask for an "
            "example of. More like this.",
        ),
        Remark(
            REWORD,
            "The word gaps hides who made them. I would say ‘unfair differences’ as the "
            "public health profession does.",
        ),
        Remark(
            SPLIT,
            "Access and outcomes are narrowed by different means, and a board can do "
            "more about the first.",
        ),
    ),
    "fairness.anti-racism": (
        Remark(
            KEEP,
            "Naming racism matters. ‘Unconscious bias’ let everybody off for ten years "
            "in my hospital.",
        ),
        Remark(
            REWORD,
            "I support the aim and would rather see one statement about all forms of "
            "discrimination, with racism first.",
        ),
        Remark(
            KEEP,
            "Patients are in it as well as staff, which was missing in every earlier "
            "version I have seen.",
        ),
        Remark(
            REWORD,
            "Some good people will read ‘I take responsibility’ as a confession. Say "
            "what they should do on Monday morning.",
        ),
        Remark(
            REMOVE,
            "It duplicates fair careers and the equality duty. Three statements on one "
            "subject weaken all of them.",
        ),
        Remark(
            KEEP,
            "Answering for the figures is the point. Ours have stood still since they "
            "were first collected.",
        ),
    ),
    "fairness.disability": (
        Remark(
            KEEP,
            "Without waiting to be asked: those five words would have saved me two years "
            "of asking for a chair.",
        ),
        Remark(
            REWORD,
            "Say ‘disabled people and people with long-term conditions’, because many "
            "of us would not use the word.",
        ),
        Remark(
            KEEP,
            "I lip-read. Board meetings in public are impossible for me to follow, and the "
            "indicator about an accessible board is overdue.",
        ),
        Remark(
            REWORD,
            "Autism and learning disability deserve a line of their own, since people "
            "die twenty years early.",
        ),
    ),
    "fairness.fair-careers": (
        Remark(
            KEEP,
            "The figures by stage of recruitment show exactly where people drop out. It "
            "takes an hour a year to look.",
        ),
        Remark(
            REWORD,
            "Discipline is the neglected part. Staff from minorities are sent into "
            "formal processes far more often, so begin with that.",
        ),
        Remark(
            MERGE,
            "Fold it into anti-racism and disability, or those into this. A candidate "
            "should not be asked the same thing three times.",
        ),
        Remark(
            KEEP, "Familiar faces on every panel is how we got here. A sharp behaviour, well put."
        ),
    ),
    "fairness.inclusive-decisions": (
        Remark(
            KEEP,
            "Ready to change it because of the answer is what makes this more than an "
            "assessment form.",
        ),
        Remark(
            REWORD,
            "Timing is everything. Say that the effect is weighed before the options "
            "are narrowed to one.",
        ),
        Remark(
            MERGE,
            "Weighing the effect is part of good judgement about risk. I would not test "
            "it separately.",
        ),
        Remark(
            KEEP,
            "Our trust moved a clinic off the only bus route and nobody had asked. One "
            "question would have done.",
        ),
    ),
}
