"""The pages of recruiters: vacancies, questions, scorecards and person specifications."""

from webapp.recruitment.views import documents, plans, vacancies
from webapp.recruitment.views.room import room

__all__ = ["documents", "plans", "room", "vacancies"]
