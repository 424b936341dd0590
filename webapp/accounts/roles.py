"""What each role is called on a page, and what it lets a person do."""

from __future__ import annotations

from webapp.security import Role

ROLE_NAMES = {
    Role.CONSULTATION_LEAD: "Consultation lead",
    Role.CONSULTATION_OFFICER: "Consultation officer",
    Role.MODERATOR: "Moderator",
    Role.RECRUITER: "Recruiter",
    Role.APPRAISER: "Appraiser",
    Role.BOARD_SECRETARY: "Board secretary",
    Role.ADMINISTRATOR: "Administrator",
}

ROLE_HINTS = {
    Role.CONSULTATION_LEAD: "Creates, opens and closes consultations and sees the counts",
    Role.CONSULTATION_OFFICER: "Takes in responses that came by email, letter or meeting, and "
    "keeps the log of who was told",
    Role.MODERATOR: "Reads responses before they are published, and takes out personal details",
    Role.RECRUITER: "Makes person specifications and interview scorecards",
    Role.APPRAISER: "Starts reviews and carries them out",
    Role.BOARD_SECRETARY: "Prepares reviews and sees whose signature is missing",
    Role.ADMINISTRATOR: "Adds people to the organisation and gives them roles",
}
