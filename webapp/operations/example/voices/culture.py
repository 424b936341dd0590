"""What people say about a place to do good work, each with what they would do about it."""

from __future__ import annotations

from webapp.operations.example.voices.remark import KEEP, MERGE, MOVE, REMOVE, REWORD, SPLIT, Remark

CULTURE: dict[str, tuple[Remark, ...]] = {
    "culture.speaking-up": (
        Remark(
            KEEP,
            "Nobody suffers for raising one: I would print that over the door of the board room.",
        ),
        Remark(
            REWORD,
            "Thanking people is easy. Add that they are told within a month what was "
            "done about it.",
        ),
        Remark(
            KEEP,
            "I am a guardian for speaking up. Directors who know the name of one person "
            "whom they protected are rare and easy to recognise.",
        ),
        Remark(
            SPLIT,
            "Making it safe and acting on what is said are two things, and boards are "
            "better at the first.",
        ),
        Remark(
            REWORD,
            "Volunteers, students and agency staff have no line manager to go to. "
            "‘Anyone’ should be spelt out.",
        ),
    ),
    "culture.compassion": (
        Remark(
            REWORD,
            "Kindness and fairness cannot be scored. Describe what somebody does when a "
            "colleague has failed.",
        ),
        Remark(
            KEEP,
            "High expectations in the title is right. Kindness without them is how poor "
            "care was excused in our directorate.",
        ),
        Remark(
            MERGE,
            "This and well-being are one subject. My panel could not keep the evidence apart.",
        ),
        Remark(
            KEEP,
            "Looking for causes before somebody to blame is what made me stay after an incident.",
        ),
        Remark(
            REMOVE, "Everybody will claim it and nobody can disprove it. That is not a criterion."
        ),
    ),
    "culture.well-being": (
        Remark(
            KEEP,
            "Hot food at night and a chair to sit on would do more than any app. The "
            "statement points that way.",
        ),
        Remark(
            REWORD,
            "‘Exhausting or unsafe’ is strong and good, but the board’s authority also "
            "creates it, through targets. Say so.",
        ),
        Remark(
            MOVE,
            "Put it beside planning for the workforce, since most exhaustion is simply "
            "too few people.",
        ),
        Remark(
            KEEP,
            "Finding out is a verb that can be checked: where did you go, whom did you "
            "ask and what did you change?",
        ),
    ),
    "culture.safe-from-abuse": (
        Remark(
            KEEP,
            "Whoever is responsible is the phrase that matters. In my case it was a "
            "consultant who brought in money.",
        ),
        Remark(
            SPLIT,
            "Violence by patients and misconduct by colleagues need different action, "
            "so an appraisal should look at each.",
        ),
        Remark(
            REWORD,
            "‘Believed’ will be challenged by lawyers. ‘Taken seriously and kept safe’ "
            "says what a board can promise.",
        ),
        Remark(
            KEEP, "Paramedics are assaulted every week. Essential for our trust, without any doubt."
        ),
        Remark(REWORD, "Online abuse of staff has grown and appears nowhere in the behaviours."),
    ),
    "culture.people-leadership": (
        Remark(
            KEEP,
            "Telling the board plainly what working here is like: our people director "
            "does, and it is uncomfortable and useful.",
        ),
        Remark(
            REWORD,
            "‘Parts from its people’ is an odd way to say dismissal and redundancy. Use "
            "the plain words.",
        ),
        Remark(MERGE, "Most of it is in workforce planning already, as far as I can see."),
        Remark(
            KEEP,
            "A profession that is often treated as administration gets a competency of "
            "its own here. Thank you.",
        ),
    ),
    "culture.succession": (
        Remark(
            KEEP,
            "I had never thought of a board until a chair rang me. People who do not see "
            "themselves as leaders is exactly right.",
        ),
        Remark(
            REWORD,
            "Encouraging somebody and then appointing in the old way is cruel. Link it "
            "with fair appointment.",
        ),
        Remark(
            REWORD,
            "Boards of small trusts have no pipeline of their own. Let it be done "
            "together with neighbours.",
        ),
        Remark(KEEP, "Shadowing a committee for a year is what prepared me, and it costs nothing."),
    ),
    "culture.own-development": (
        Remark(
            KEEP,
            "The suggestions for development under each competency are the best part of "
            "the whole document.",
        ),
        Remark(REMOVE, "An appraisal is the evidence for this, so it needs no competency."),
        Remark(
            REWORD,
            "Blind spots cannot be known by definition. Ask how somebody found out about one.",
        ),
        Remark(
            KEEP,
            "Frank feedback from below is the only kind that I learnt from. Please say "
            "‘from staff’.",
        ),
    ),
}
