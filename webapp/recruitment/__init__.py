"""Vacancies: what a panel asks at each stage, the scorecards and the person specification."""
