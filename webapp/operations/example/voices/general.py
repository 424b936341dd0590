"""What people say about a domain, a position or the framework as a whole, and about themselves."""

from __future__ import annotations

MISSING: dict[str, tuple[str, ...]] = {
    "quality": (
        "Infection control. It was everything for two years and is now nowhere.",
        "Dying well. Most complaints that I answered were about the last days of somebody’s life.",
        "Medicines: the largest source of avoidable harm outside hospital has no line here.",
    ),
    "direction": (
        "Ending things. Nothing asks whether somebody has ever closed a service well.",
        "Procurement, where half of the mistakes in our digital programme were made.",
        "Children and young people, who are a fifth of our patients and none of our strategy.",
    ),
    "fairness": (
        "Language. Interpreting decides whether the rest of fairness can happen at all.",
        "Social class is the difference that is mentioned least and felt most on appointment days.",
        "Carers: they are neither patients nor staff and so they fall between every statement.",
    ),
    "governance": (
        "Charitable funds, for which trustees are personally responsible.",
        "How to chair a meeting in public when the public is angry.",
        "The council of governors and what a board owes to it.",
    ),
    "culture": (
        "Humour and rest. I mean it: boards without either decide badly after the third hour.",
        "Volunteers, of whom we have four hundred.",
        "What happens to people who are accused and cleared.",
    ),
    "partners": (
        "Universities, which train our staff and employ our consultants.",
        "The police and the fire service, with whom an ambulance trust works every single day.",
        "Working with members of parliament and councillors, honestly and without favours.",
    ),
}

EQUALITY: dict[str, tuple[str, ...]] = {
    "quality": (
        "Women’s pain is dismissed more often, so early signs should include who was not believed.",
        "Deaf patients wait longer because an interpreter has to be booked. Counting would help.",
    ),
    "direction": (
        "Digital first harms older people and those on low incomes unless other ways stay open.",
        (
            "Systems that learn from old records repeat old prejudice. The wording on whom it "
            "might fail helps."
        ),
    ),
    "fairness": (
        "It helps, if the figures are read by ethnicity and disability together and not in turn.",
        "Religion and belief are hardly visible. Chaplains could say a good deal about that.",
    ),
    "governance": (
        "Long lists of essentials keep out people from other sectors, many of them women.",
        "Evening meetings exclude parents of young children and observant people on Fridays.",
    ),
    "culture": (
        "Overseas nurses are least likely to speak up, since a visa hangs on their post.",
        "The part on sexual misconduct will help women and young trainees most of all.",
    ),
    "partners": (
        "Travellers and people in temporary housing are in no community that holds meetings.",
        "Working from the start with communities would help those who mistrust us with reason.",
    ),
}

PROFILES: dict[str, tuple[str, ...]] = {
    "provider-chair": (
        "Sixteen essentials for one chair is more than any reference can speak to. Ten, please.",
        "Working with communities should be essential for chairs, who are its face.",
        "I would weigh leading the board at twice what is proposed.",
    ),
    "provider-ned": (
        "Fewer essentials, or only people who have been non-executives before will apply.",
        "Digital can be desirable as long as one member of the board has it.",
        "Open challenge and assurance are the two that matter. The rest can be learnt.",
    ),
    "provider-chief-executive": (
        "Well-being should weigh as much as delivery, since one depends on the other.",
        "I miss succession among the essentials of a chief executive.",
    ),
    "provider-finance-director": (
        "Resilience should be essential here, as suppliers are paid from this desk.",
        "Health inequalities should be essential for the person who moves the money.",
    ),
    "provider-medical-director": (
        (
            "Research should be essential for medical directors of teaching trusts and desirable "
            "elsewhere."
        ),
    ),
    "provider-nursing-director": (
        "Safeguarding is not in the profile of a director of nursing, which must be a slip.",
    ),
    "provider-people-director": ("The weights look right to me, at last.",),
    "provider-operations-director": (
        "Waiting times are essential, of course, and so should be learning from harm.",
    ),
    "commissioner-chair": (
        "System and place are rightly essential. Candour should be too.",
        "An integrated care board has partner members as well, for whom there is no profile.",
    ),
    "commissioner-chief-executive": (
        "Commissioning weighs too little for the one person who signs the contracts.",
    ),
    "commissioner-executive-member": ("Prevention could weigh more than delivery here.",),
}

OVERALL: tuple[str, ...] = (
    "It is the first framework that I read to the end. Keep the plain words when lawyers come.",
    "Too long. Nobody can be appraised against forty-six statements without making things up.",
    "I like that examples of what goes wrong stand beside what goes well.",
    "Please publish how the weights were decided. They look scientific and may be a guess.",
    "It will be used for recruiting, so test it first with people who were not appointed.",
    "The cost of doing this properly is two days a year for each board member. Say so openly.",
    "We would use it tomorrow for induction. For appraisal we should need a shorter form.",
    "What about the boards of groups, with one chair for four trusts?",
    "Good intentions. Without consequences for those who ignore it nothing will change.",
    "The first person makes it readable. Some statements are still two sentences in disguise.",
    "I hope that this will be kept for ten years. Frameworks are replaced before they are learnt.",
    "Easy Read was a great help to my brother, who answered two questions by himself.",
    "There is much on behaviour and little on knowledge. A director of finance needs both.",
    "Make it possible to see what changed since the last version, as this website does.",
    "Governors should be trained in it before they appoint anybody.",
    "It could be about any public service, which is praise.",
    "Search firms will turn it into a checklist unless you give examples of good interviews.",
    "My worry is the essentials: each one shuts a door on somebody.",
    "Thirty of the statements would be enough, and six of those would change everything.",
    "It says nothing about pay, and that is where respect begins.",
)

OF_THEMSELVES: dict[str, tuple[str, ...]] = {
    "public": ("I pay for this service.", "I read board papers as a hobby.", ""),
    "patient": ("I have been a patient for nine years.", "My wife is cared for at home.", ""),
    "board-member": ("I have sat on two boards.", "We discussed it after our last meeting.", ""),
    "aspiring-board-member": ("I have applied twice.", "I come from local business.", ""),
    "nhs-staff": ("I work nights.", "I have worked here since 2009.", "I speak for my team.", ""),
    "governor": ("I was elected by the public.", "I sit on the nominations committee.", ""),
    "board-support": ("I have minuted boards for years.", "I run our appraisals.", ""),
    "recruiter": ("I have run some forty panels.", "Candidates ask me about this.", ""),
    "academic": ("I study how boards work.", "There is good evidence on this.", ""),
    "other-individual": ("I am a chaplain.", "I have retired from the service.", ""),
}
"""Short enough to be said by many without making anything of it."""

WORDINGS: dict[str, str] = {
    "quality.patient-outcomes": "I keep asking what the board’s decisions mean for the care that "
    "people receive and for what they told us mattered to them, and I judge our success by that.",
    "quality.maternity": "I give close attention to the services in which a failure can do lasting "
    "harm, such as maternity and newborn care, and I look past their headline figures to what "
    "families and staff say.",
    "direction.ai": "Before we use a new technology I ask what it is for, whom it might fail and "
    "which named person will answer for it, and I support its use where patients or staff will "
    "gain.",
    "direction.estate-and-carbon": "I make sure that our buildings and equipment are safe, that "
    "they are fit for the care to come, and that we are ready for a changing climate.",
    "culture.speaking-up": "I make it safe for anyone to raise a concern, I thank those who do, I "
    "see that they hear within a month what was done, and I make sure that nobody suffers for it.",
    "culture.people-leadership": "I lead how the organisation hires, develops, pays and supports "
    "its people and how it lets them go, and I tell the board plainly what working here is like.",
    "governance.chairing": "I lead the board, and the governors where there are any, so that time "
    "is spent on what matters, every voice is heard, and decisions are clear.",
    "partners.place": "I help staff and partners in each town and neighbourhood to join up health "
    "care, social care and other help around people’s lives.",
    "partners.commissioning": "I help to understand what the whole population needs, to plan and "
    "pay for care that meets it, and I see that what was paid for is delivered.",
    "fairness.health-inequalities": "I know which people have worse health, access or experience "
    "of our services without good reason, and I use the board’s decisions and money to change it.",
}
"""How somebody would word a statement."""
