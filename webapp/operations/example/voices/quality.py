"""What people say about safe care and better outcomes, each with what they would do about it."""

from __future__ import annotations

from webapp.operations.example.voices.remark import KEEP, MERGE, MOVE, REMOVE, REWORD, SPLIT, Remark

QUALITY: dict[str, tuple[Remark, ...]] = {
    "quality.patient-outcomes": (
        Remark(
            KEEP,
            "This belongs first. Everything else a board does is a means to it, and our "
            "agenda papers rarely say so.",
        ),
        Remark(
            REWORD,
            "‘How their lives turn out’ is beyond what an acute trust can see. Say "
            "‘what patients told us mattered to them’ and it can be measured.",
        ),
        Remark(
            KEEP,
            "Boards count what is easy to count. A statement that success is judged by "
            "outcomes would change half of our dashboards.",
        ),
        Remark(
            REWORD,
            "A finance director will read this as somebody else’s job. Add that the "
            "cost of an outcome is part of the outcome.",
        ),
        Remark(
            MERGE,
            "It overlaps with the competency on value. Candidates will tell one story "
            "for both, so an interview learns nothing new.",
        ),
    ),
    "quality.safety-signals": (
        Remark(
            KEEP,
            "The sentence about acting before harm is proved is what we missed for three "
            "years on our unit.",
        ),
        Remark(
            REWORD,
            "Give examples of quiet signals: porters who leave, families who complain "
            "twice, a ward that never reports anything.",
        ),
        Remark(
            KEEP,
            "Triangulation is a word, but this says what it looks like when somebody "
            "actually does it.",
        ),
        Remark(
            SPLIT,
            "Noticing and acting are different skills. Plenty of directors notice early "
            "and then wait for a second report.",
        ),
        Remark(
            REWORD,
            "Night shifts and community teams hardly appear in any report. The behaviours "
            "should name them.",
        ),
    ),
    "quality.learning-from-harm": (
        Remark(
            KEEP,
            "After my father died we had four letters and no visit. Telling the truth to "
            "a family, in person, should be in every interview.",
        ),
        Remark(
            REWORD,
            "Learning is shown by what changed a year later, and not by an action plan "
            "that was signed off.",
        ),
        Remark(
            KEEP,
            "I welcome that causes come before blame. It will make staff readier to say "
            "what happened.",
        ),
        Remark(
            REWORD,
            "Duty of candour is law already. The competency should ask for more than "
            "the law does, for example support for the staff involved.",
        ),
        Remark(
            MOVE,
            "This sits better under culture, next to speaking up, because fear is what "
            "stops learning.",
        ),
    ),
    "quality.maternity": (
        Remark(
            KEEP,
            "We lost a baby in a hospital whose figures were green. Please do not let "
            "anybody talk you out of this one.",
        ),
        Remark(
            REWORD,
            "Ambulance and community trusts have no maternity unit. Word it as the "
            "services in which failure does lasting harm, and give maternity as an example.",
        ),
        Remark(
            MERGE,
            "It is a special case of noticing early signs. Frameworks that name this "
            "year’s crisis look old in five years.",
        ),
        Remark(
            KEEP,
            "Hearing from midwives as well as from their managers is the right test. I "
            "would ask for two names at interview.",
        ),
        Remark(
            REWORD,
            "Learning disability and mental health wards with locked doors belong in "
            "the list as much as newborn care does.",
        ),
    ),
    "quality.waiting": (
        Remark(
            KEEP,
            "A long wait is a risk and not a statistic. I have waited nineteen months and "
            "nobody asked me once whether I had got worse.",
        ),
        Remark(
            REWORD,
            "Say something about people who never reach the list, since they do not "
            "appear in any waiting time.",
        ),
        Remark(
            REMOVE,
            "This is a target and not a competency. Targets change with ministers and "
            "a framework should outlast them.",
        ),
        Remark(
            KEEP,
            "Fairness in the order of the list is the part that boards avoid. Good that "
            "it is written down.",
        ),
        Remark(
            REWORD,
            "It reads as if only hospitals had waits. Children wait longest of all for "
            "assessments in the community.",
        ),
    ),
    "quality.patient-voice": (
        Remark(
            KEEP,
            "Telling people what was done with their story is the part that is always "
            "forgotten. Keep those words exactly.",
        ),
        Remark(
            REWORD,
            "Patient stories at the start of a meeting have become theatre. Ask what "
            "decision was different because of one.",
        ),
        Remark(
            KEEP,
            "As an unpaid carer I am asked for my view often and for my advice never. "
            "This is the first text that knows the difference.",
        ),
        Remark(
            REWORD,
            "Include people who do not use words: those with dementia, small children, "
            "and people with profound disabilities.",
        ),
        Remark(
            SPLIT,
            "Complaints are a separate skill from involvement and get lost in one "
            "statement about both.",
        ),
    ),
    "quality.improvement": (
        Remark(
            KEEP,
            "Patience is the rarest thing on a board. It is good to see it called a competency.",
        ),
        Remark(
            REWORD,
            "‘Create the conditions’ says little. Name two: time away from the rota, "
            "and somebody who can read a run chart.",
        ),
        Remark(
            MERGE,
            "Improvement and research are the same attitude. One competency with both "
            "would shorten the list.",
        ),
        Remark(
            KEEP,
            "Our best project came from a ward clerk. The statement would have protected "
            "her from three committees.",
        ),
    ),
    "quality.clinical-leadership": (
        Remark(
            KEEP,
            "Speaking plainly about clinical risk to people who would prefer not to hear "
            "it is what medical and nursing directors are for.",
        ),
        Remark(
            REWORD,
            "Pharmacists, therapists and scientists are clinical professions too. The "
            "behaviours mention two professions only.",
        ),
        Remark(
            REWORD,
            "It should be plain that this is for clinical directors. A lay member who "
            "reads it feels unqualified.",
        ),
        Remark(
            KEEP,
            "Acting when practice falls short takes courage with old colleagues. Ask for "
            "an example and check it.",
        ),
    ),
}
