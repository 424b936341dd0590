"""What people say about direction and lasting change, each with what they would do about it."""

from __future__ import annotations

from webapp.operations.example.voices.remark import KEEP, MERGE, MOVE, REMOVE, REWORD, SPLIT, Remark

DIRECTION: dict[str, tuple[Remark, ...]] = {
    "direction.strategy": (
        Remark(
            KEEP,
            "Being clear about what we will stop is what every strategy that I have read "
            "leaves out.",
        ),
        Remark(
            REWORD,
            "‘Helps to set’ is modest for a chair, who leads the discussion and decides "
            "when it is over.",
        ),
        Remark(
            KEEP,
            "The test of explaining it to a new starter in five minutes is excellent and "
            "will embarrass us usefully.",
        ),
        Remark(
            REWORD,
            "Strategies are now written by systems and not by single trusts. The "
            "statement should say whose direction is meant.",
        ),
    ),
    "direction.prevention": (
        Remark(
            KEEP,
            "Giving money up for a benefit that another budget will see is the hardest "
            "vote in public life. It deserves its place.",
        ),
        Remark(
            MERGE,
            "I cannot tell this from health inequalities in practice. Both move resources "
            "upstream.",
        ),
        Remark(
            REWORD,
            "Ambulance services prevent harm as well, by keeping people at home safely. "
            "Please include that in the behaviours.",
        ),
        Remark(
            REMOVE,
            "Prevention is government policy, with which a board member may lawfully "
            "disagree. It is no measure of their ability.",
        ),
    ),
    "direction.digital": (
        Remark(
            KEEP,
            "Judging a system by the time it gives back to a nurse is the right measure, "
            "and no supplier has ever offered it to us.",
        ),
        Remark(
            REWORD,
            "‘Know enough’ invites anybody to say that they do. What would somebody "
            "have to explain to show it?",
        ),
        Remark(
            KEEP,
            "Please keep the part about other ways in for people who are not online. My "
            "surgery has taken theirs away.",
        ),
        Remark(
            SPLIT,
            "Data quality and digital services need different questions. Boards with "
            "good systems still have bad data.",
        ),
        Remark(
            REWORD,
            "Old equipment that takes ten minutes to start is the real digital problem "
            "of my ward. Basics first, in the statement itself.",
        ),
    ),
    "direction.ai": (
        Remark(
            REWORD,
            "In ten years artificial intelligence will be as ordinary as spreadsheets. "
            "Make it ‘new technology’ and the words will last.",
        ),
        Remark(
            KEEP,
            "Whom it might fail is the question that nobody asks in a demonstration. I am "
            "glad to see it in one sentence with the benefits.",
        ),
        Remark(
            MERGE,
            "Merge it with digital. A separate competency makes it look like magic, and "
            "magic is not questioned.",
        ),
        Remark(
            REWORD,
            "Who will answer for it needs a name and a date and not a committee. I would "
            "say ‘which named person’.",
        ),
        Remark(
            REMOVE,
            "Lay members cannot be tested on this fairly, and they will be appointed "
            "for having once worked at a technology firm.",
        ),
        Remark(
            KEEP,
            "Transcribing consultations is already changing my clinic, mostly for the "
            "better. Balanced wording, neither dazzled nor frightened.",
        ),
    ),
    "direction.delivery": (
        Remark(
            KEEP,
            "Few priorities and one named owner each: if all boards did only this, half "
            "of the other competencies would follow.",
        ),
        Remark(
            REWORD,
            "Honest reports on progress need somebody who rewards the first red light. "
            "Put that into the indicators.",
        ),
        Remark(
            MOVE,
            "Delivery is for executives. For non-executives it is assurance, which has "
            "its own place under governance.",
        ),
        Remark(
            KEEP,
            "I have watched eleven programmes start in my trust and two end. A behaviour "
            "about stopping would be worth adding.",
        ),
    ),
    "direction.estate-and-carbon": (
        Remark(
            SPLIT,
            "Leaking roofs and net zero have little in common except the estates "
            "director. Two statements, please.",
        ),
        Remark(
            KEEP,
            "Heat on the top floor closed our theatre twice last summer. This is safety "
            "and no fashion.",
        ),
        Remark(
            REMOVE,
            "Carbon is important and is not what makes a good director of a mental health trust.",
        ),
        Remark(
            REWORD,
            "The sentence is the longest in the framework and I had to read it three "
            "times. Start with safe buildings.",
        ),
    ),
    "direction.workforce": (
        Remark(
            KEEP,
            "Keeping people is cheaper than hiring them, and this is the only statement "
            "that says so before it is too late.",
        ),
        Remark(
            REWORD,
            "Volunteers and contractors do a third of the work where I am. ‘Staff’ "
            "leaves them out.",
        ),
        Remark(
            KEEP, "Five years ahead is right. Our board looks as far as the next agency invoice."
        ),
        Remark(
            MERGE,
            "It is hard to see what differs from leading the organisation’s care for its "
            "people. Our panel mixed the two up.",
        ),
    ),
    "quality.research": (
        Remark(
            KEEP,
            "My daughter’s drug came from a trial at a district hospital. Research is not "
            "only for the big cities.",
        ),
        Remark(
            REMOVE,
            "Nice to have. In a small community trust nobody could show evidence for "
            "it, however good they were.",
        ),
        Remark(
            REWORD,
            "Who is missing from studies is the important half: older people, people "
            "who need an interpreter, pregnant women.",
        ),
        Remark(
            MOVE,
            "It used to be under quality and its key still says so. Why was it moved to direction?",
        ),
    ),
}
