"""Who the many people of the example are. No such people, organisations or places exist."""

from __future__ import annotations

FIRST_NAMES = (
    *("Abena", "Aisling", "Anita", "Bronwen", "Callum", "Chidi", "Dilys", "Edwin", "Farida"),
    *("Gareth", "Hanna", "Ibrahim", "Jasmin", "Keith", "Leona", "Malik", "Nadia", "Oliver"),
    *("Pavel", "Rhiannon", "Samira", "Trevor", "Uzma", "Violet", "Winston", "Yusuf", "Zofia"),
)
FAMILY_NAMES = (
    *("Abbotsley", "Achebe", "Barrowclough", "Choudhry", "Dunmore", "Eze", "Fairweather"),
    *("Grzybowska", "Hollins", "Iyer", "Jessop", "Kilbride", "Lamptey", "Mistry", "Nwosu"),
    *("Oakden", "Penhale", "Qureshi", "Rowntree", "Sandhu", "Thackray", "Underhill", "Vaizey"),
    *("Whitlock", "Yeadon", "Zaman"),
)

ORGANISATIONS: tuple[tuple[str, str, str, str], ...] = (
    (
        "acute",
        "north-west",
        "Calderwick Hospitals NHS Foundation Trust",
        "Board seminar in the third week, with the views of two staff networks.",
    ),
    (
        "acute",
        "london",
        "Tarrowby and Eastling University Hospitals NHS Trust",
        "Written by the company secretary and agreed by the board in public.",
    ),
    (
        "mental-health",
        "south-east",
        "Marrowfield Partnership NHS Foundation Trust",
        "A workshop with eleven people who use our services and the executive team.",
    ),
    (
        "community",
        "south-west",
        "Ottersby Community Health NHS Trust",
        "Questions to every team by email, 64 replies, and a discussion of the board.",
    ),
    (
        "ambulance",
        "midlands",
        "Larkshire Ambulance Service NHS Trust",
        "Chair’s action after a call with all directors.",
    ),
    (
        "icb",
        "north-east-and-yorkshire",
        "Stonemere Integrated Care Board",
        "Joint meeting of the people committee and the quality committee.",
    ),
    (
        "icb",
        "midlands",
        "Pelham Vale Integrated Care Board",
        "By the governance team; partner members were asked for comments.",
    ),
    (
        "governors",
        "east-of-england",
        "Council of Governors of Fenmarsh Hospitals",
        "A working group of five governors, agreed by the full council.",
    ),
    (
        "arms-length-body",
        "national",
        "Office for Public Appointments Practice",
        "Officials’ advice, seen by the chief executive.",
    ),
    (
        "regulator",
        "national",
        "Health Standards Authority",
        "Comments by inspectors of boards, put together by the policy team.",
    ),
    (
        "union",
        "national",
        "Union of Health Managers and Clinicians",
        "Survey of 318 members and a debate of the national committee.",
    ),
    (
        "professional-body",
        "national",
        "Institute of Board Secretaries",
        "Call for views to members in 41 trusts and boards; 17 answered.",
    ),
    (
        "search-firm",
        "london",
        "Quayside Executive Search",
        "Two partners, from notes of eighteen appointments.",
    ),
    (
        "education",
        "north-west",
        "Centre for Health Leadership, University of Calderwick",
        "Seminar of the research group with four visiting chairs.",
    ),
    (
        "local-government",
        "south-west",
        "Ottersby Borough Council",
        "Health and well-being board, with the director of public health.",
    ),
    (
        "charity",
        "north-east-and-yorkshire",
        "Carers Together Stonemere",
        "Coffee morning with 23 carers; we wrote down what they said.",
    ),
    (
        "charity",
        "national",
        "Fair Hearing, a network of deaf patients",
        "Signed discussion online, interpreted into English by a member.",
    ),
    (
        "charity",
        "london",
        "Eastling Community Voices",
        "Evening meeting in two languages, with 35 people.",
    ),
    (
        "other-organisation",
        "national",
        "Foundation for Good Boards",
        "Advice of our trustees, several of whom are or were non-executives.",
    ),
)
"""Kind, region, name, and how the view was gathered."""

PERSONAL_DETAILS: tuple[tuple[str, str], ...] = (
    (
        "quality.learning-from-harm",
        (
            "My mother’s case was never answered. Her NHS number is 999 000 0018, and you can "
            "ring me on 07700 900482 at any time."
        ),
    ),
    (
        "quality.waiting",
        (
            "If somebody wants to see the letters, write to margaret.fielding@example.org or to 14 "
            "Orchard Rise, ZZ99 3VZ."
        ),
    ),
    (
        "culture.safe-from-abuse",
        (
            "It was Sister Dolores Finch on Kestrel Ward who shouted at the students, and everyone "
            "there knows it."
        ),
    ),
    (
        "culture.speaking-up",
        (
            "I raised it with Dr Leopold Marchbank in 2023. He told me to think of my mortgage. My "
            "number is 020 7946 0733."
        ),
    ),
    (
        "partners.candour",
        "Ask my brother, who has the whole file: 01632 960417, or t.hallam@example.com.",
    ),
    (
        "fairness.disability",
        (
            "I have multiple sclerosis and bipolar disorder and I live alone in Flat 3, so please "
            "do not print this with my name."
        ),
    ),
)
"""What nobody should publish: addresses of example domains, numbers for drama and for tests."""

LEADS_TO_SOMEBODY: tuple[tuple[str, bool], ...] = (
    ("14 Orchard Rise", False),
    ("Sister Dolores Finch on Kestrel Ward", True),
    ("Dr Leopold Marchbank", True),
    ("in Flat 3", False),
)
"""What only a reader finds in it, and whether it is about somebody other than the sender."""
