"""What people say about work with others, each with what they would do about it."""

from __future__ import annotations

from webapp.operations.example.voices.remark import KEEP, MERGE, REMOVE, REWORD, SPLIT, Remark

PARTNERS: dict[str, tuple[Remark, ...]] = {
    "partners.system": (
        Remark(
            KEEP,
            "Willing to give something up is the sentence that separates partners from "
            "people who attend partnership meetings.",
        ),
        Remark(
            REWORD,
            "Directors have duties to their own organisation in law. Say how the two "
            "are weighed, or good people will fail on it.",
        ),
        Remark(
            MERGE,
            "System and place are the same thing to everybody outside the service. One "
            "statement would do.",
        ),
        Remark(
            KEEP,
            "Our two trusts shared one waiting list and both boards lost control of "
            "something. Patients gained four months.",
        ),
    ),
    "partners.place": (
        Remark(
            REWORD,
            "‘Place’ is jargon that no patient uses. ‘Town’ or ‘neighbourhood’ would be "
            "understood.",
        ),
        Remark(
            KEEP,
            "Social care is named, and councils are more than an afterthought. That is "
            "new and welcome.",
        ),
        Remark(
            REWORD,
            "Primary care and pharmacies are where most people meet the service. They "
            "should be in the first line.",
        ),
        Remark(
            KEEP,
            "Leaving money and decisions with the teams who do the work is brave. It "
            "should be essential for commissioners.",
        ),
    ),
    "partners.communities": (
        Remark(
            KEEP,
            "Treating what communities know as evidence would turn our engagement reports "
            "from an appendix into a chapter.",
        ),
        Remark(
            REWORD,
            "‘As equals’ is not honest while one side holds the money. I would write "
            "‘with respect and in time’.",
        ),
        Remark(
            KEEP,
            "We are a small charity and are consulted in the last week, always. From the "
            "start is what we need.",
        ),
        Remark(
            SPLIT,
            "Being present in a community and deciding with it are different, and the "
            "second is much harder.",
        ),
    ),
    "partners.candour": (
        Remark(KEEP, "Above all when we have failed. I would add ‘before a journalist asks’."),
        Remark(
            REWORD,
            "Plain words are promised and the competency itself uses ‘candour’. Call it honesty.",
        ),
        Remark(
            MERGE,
            "The duty to tell the truth is in learning from harm and in fitness as well. "
            "Say it once.",
        ),
        Remark(
            KEEP,
            "A regulator can work with a board that tells it bad news early. Those boards "
            "are inspected less.",
        ),
    ),
    "partners.commissioning": (
        Remark(
            REWORD,
            "Buying is a small part. Understanding what a population needs and changing "
            "services is most of the work.",
        ),
        Remark(
            KEEP,
            "Seeing that what was bought is delivered is missing from every other text on "
            "the subject.",
        ),
        Remark(
            REMOVE,
            "Only commissioners do it, so it belongs in their profiles as an addition "
            "and not in a common framework.",
        ),
        Remark(REWORD, "Include grants to voluntary organisations, which contracts squeeze out."),
    ),
}
