"""Equality questions after a response, kept so that nothing leads from one to the other."""
