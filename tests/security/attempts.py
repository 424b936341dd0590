"""What is sent to each route, so that an attempt would do something if it were let through."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.pages.exports import CHOSEN
from tests.pages.intake import LETTER
from tests.pages.lead import FILLED, LEAVE, SECTIONS
from tests.pages.outreach import LIST, TOLD
from tests.pages.review import START_DETAILS

PARTS = {
    "organisation": "meadowbank",
    "slug": "example-region",
    "stage": "interview",
    "section": "feedback",
    "part": "about",
    "number": "1",
    "item_key": "culture.speaking-up",
    "step": "region",
    "edition": "cy",
    "token": "A" * 22,
    "code": "7K3M-9QRT-7K3M-9QRT-7K3M",
    "reference": "BM-7K3M-9QRT",
    "response": "BM-9QRT-7K3M",
    "identifier": "5NRH-CGNQ-4TR4-80B5",
    "person_id": "00000000-0000-4000-8000-000000000000",
    "upload_id": "00000000-0000-4000-8000-000000000000",
    "paper_id": "00000000-0000-4000-8000-000000000000",
    "taking_id": "00000000-0000-4000-8000-000000000000",
    "member_id": "00000000-0000-4000-8000-000000000000",
    "note_id": "00000000-0000-4000-8000-000000000000",
    "link_id": "00000000-0000-4000-8000-000000000000",
    "document_id": "00000000-0000-4000-8000-000000000000",
    "subscriber_id": "00000000-0000-4000-8000-000000000000",
}
OF_FRAMEWORKS = {"slug": "board-leadership", "version": "1.0.0"}
INTAKE = "/organisations/<organisation>/consultations/<slug>/intake"
CAME = f"{INTAKE}/<uuid:intake_id>"
OUTREACH = "/organisations/<organisation>/consultations/<slug>/outreach"
HELD = "not-yet"
"""The consultation that is under a hold, which can be lifted."""

POSITION = "framework=board-leadership%401.0.0&position=provider-chair"
QUERIES = {
    "/organisations/<organisation>/reviews/start": POSITION,
    "/organisations/<organisation>/reviews/blank": POSITION,
    "/organisations/<organisation>/reviews/blank.pdf": POSITION,
    "/frameworks/<slug>/compare": "from=1.0.0&to=1.1.0-beta.1",
}
REVISED = {
    # Written, once for each section, and opened.
    "revision": str(2 + len(SECTIONS)),
    "questionnaire": "1.0.1",
    "privacy_notice": "Planted",
    "notice": "Planted",
}
FORMS: Mapping[str, Mapping[str, str]] = {
    "/organisations/<organisation>/members": {
        "email": "intruder@example.org",
        "name": "Intruder",
        "role": "administrator",
    },
    "/organisations/<organisation>/members/<uuid:account_id>/remove": {"role": "recruiter"},
    "/organisations/<organisation>/retention/<slug>/hold": {"reason": "Planted"},
    "/organisations/<organisation>/retention/<slug>/lift": {"reason": "Planted"},
    "/organisations/<organisation>/consultations/new": {**FILLED, "slug": "planted"},
    "/organisations/<organisation>/consultations/<slug>/close": {"reason": "Planted"},
    "/organisations/<organisation>/consultations/<slug>/open": {"revision": "1", **LEAVE},
    "/organisations/<organisation>/consultations/<slug>/edit/<part>": FILLED,
    "/organisations/<organisation>/consultations/<slug>/documents": {
        "title": "Planted",
        "kind": "supporting",
    },
    "/organisations/<organisation>/consultations/<slug>/extend": {
        **FILLED,
        "closes_on-month": "3",
        "reason": "Planted",
    },
    "/organisations/<organisation>/consultations/<slug>/revise": REVISED,
    "/organisations/<organisation>/consultations/<slug>/revise/confirm": REVISED,
    "/organisations/<organisation>/consultations/<slug>/revise/documents": {
        "title": "Planted",
        "kind": "supporting",
    },
    "/organisations/<organisation>/consultations/<slug>/responses/release": {
        "which": "surge",
        "reason": "Planted",
    },
    "/organisations/<organisation>/consultations/<slug>/responses/<reference>": {
        "decision": "remove",
        "reason": "Planted",
    },
    "/organisations/<organisation>/consultations/<slug>/moderation/<response>": {
        "step": "propose",
        "outcome": "withhold",
        "note": "Planted",
        "seen": "1",
    },
    "/organisations/<organisation>/consultations/<slug>/moderation/<response>/second-look": {
        "verdict": "sent-back",
        "reason": "Planted",
        "number": "1",
    },
    "/organisations/<organisation>/consultations/<slug>/moderation/<response>/original": {
        "reason": "Planted",
    },
    "/organisations/<organisation>/consultations/<slug>/notices": {
        "subject": "Planted",
        "text": "Planted",
    },
    "/organisations/<organisation>/consultations/<slug>/notices/new": {
        "subject": "Planted",
        "text": "Planted",
    },
    "/organisations/<organisation>/consultations/<slug>/exports/new": CHOSEN,
    f"{INTAKE}/new": {**LETTER, "words": "Planted"},
    f"{CAME}/about/<step>": {"region": "london"},
    f"{CAME}/choose": {"domain": "culture"},
    f"{CAME}/answers/<item_key>": {"culture.speaking-up:comment": "Planted"},
    f"{CAME}/approve": {"round": "1"},
    f"{CAME}/send-back": {"round": "1", "reason": "Planted"},
    f"{CAME}/remove": {"reason": "Planted"},
    f"{CAME}/original": {"reason": "Planted"},
    f"{INTAKE}/imports/<uuid:import_id>/discard": {"reason": "Planted"},
    f"{OUTREACH}/new": TOLD,
    f"{OUTREACH}/list": {**LIST, "names": "Planted"},
    f"{OUTREACH}/list/add": {**LIST, "names": "Planted"},
    f"{OUTREACH}/<uuid:entry_id>/correct": {**TOLD, "version": "1", "reason": "Planted"},
    f"{OUTREACH}/<uuid:entry_id>/strike-out": {"version": "1", "reason": "Planted"},
    "/organisations/<organisation>/consultations/<slug>/campaigns/<int:number>": {
        "decision": "campaign",
        "reason": "Planted",
        "revision": "0",
    },
    (
        "/organisations/<organisation>/consultations/<slug>/campaigns/<int:number>"
        "/responses/<response>"
    ): {"move": "moved-out", "reason": "Planted", "revision": "0"},
    "/consultations/<slug>/notices": {"email": "planted@example.org"},
    "/organisations/<organisation>/vacancies/new": {
        "title": "Planted",
        "number": "V/9",
        "position": "board-leadership@1.0.0 provider-chair",
    },
    "/vacancies/<uuid:vacancy_id>/stages/<stage>": {"change": "remove 0", "revision": "1"},
    "/vacancies/<uuid:vacancy_id>/stages/<stage>/pick": {"picked": "3", "revision": "1"},
    "/vacancies/<uuid:vacancy_id>/stages/<stage>/write": {
        "text": "Planted",
        "competencies": "culture.speaking-up",
        "revision": "1",
    },
    "/organisations/<organisation>/review-packs/new": {
        "position": "board-leadership@1.0.0 provider-chair",
        "table": "name\nPlanted\n",
    },
    "/organisations/<organisation>/scorecard-packs/new": {
        "position": "board-leadership@1.0.0 provider-chair",
        "stage": "interview",
        "table": "candidate\nPlanted\n",
    },
    "/organisations/<organisation>/reviews/start": {
        **START_DETAILS,
        "appraiser_name": "Intruder",
        "appraiser_email": "intruder@example.org",
        "signatory-regional-director-name": "Intruder",
        "signatory-regional-director-email": "intruder2@example.org",
    },
    "/reviews/<uuid:review_id>/sections/<section>": {"feedback:summary": "Planted"},
    "/reviews/<uuid:review_id>/comments": {"comments:appraisee": "Planted"},
    "/reviews/<uuid:review_id>/reading": {"granted": "yes"},
    "/reviews/<uuid:review_id>/amend": {"reason": "Planted"},
    "/reviews/<uuid:review_id>/withdraw": {"reason": "Planted"},
    "/reviews/<uuid:review_id>/sign": {"agreed": "y", "remark": "Planted"},
    "/sign-in": {"email": "lead@meadowbank.example"},
    "/sign-in/code": {"code": "7K3M-9QRT"},
    "/receipts": {"code": "7K3M-9QRT-7K3M-9QRT-7K3M"},
    "/consultations/<slug>/response/about-you/<step>": {"region": "london"},
    "/consultations/<slug>/response/about-you/<step>/settle": {
        "region": "london",
        "shown:region": "0" * 16,
        "keep:region": "sent",
    },
    "/consultations/<slug>/response/choose": {"competency": "culture.speaking-up"},
    "/consultations/<slug>/response/items/<item_key>": {"culture.speaking-up:comment": "Planted"},
    "/consultations/<slug>/response/return/mail": {"email": "planted@example.org"},
    "/return": {"code": "7K3M-9QRT-7K3M-9QRT-7K3M-9QRT-7K3M"},
    "/consultations/<slug>/join": {"code": "7K3M-9QRT-7K3M-9QRT-7K3M-9QRT-7K3M"},
    "/consultations/<slug>/join/<code>": {"name": "Planted"},
    "/consultations/<slug>/response/together": {"name": "Planted"},
    "/consultations/<slug>/response/notes/<item_key>": {"text": "Planted"},
}


CHECKED = (f"{CAME}/approve", f"{CAME}/send-back")
"""What is done with an item that was handed over to be checked."""


def address(rule: str, known: Mapping[str, str] = {}) -> str:  # It is only read.
    """Return an address of a rule, with the parts that are known of a scene."""
    parts = {**PARTS, **known}
    if rule.startswith("/frameworks/"):
        parts |= OF_FRAMEWORKS | {
            "key": "provider-chair" if "/positions/" in rule else "culture.speaking-up"
        }
    if rule in CHECKED and "checked_id" in parts:
        parts["intake_id"] = parts["checked_id"]
    if rule.endswith("/retention/<slug>/lift"):
        parts["slug"] = HELD
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: parts[found[1]], rule)
    return f"{path}?{QUERIES[rule]}" if rule in QUERIES else path
