"""Consultations: what is asked about a framework, and the responses to it."""
