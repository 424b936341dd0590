"""The example installation: people, a consultation, a vacancy and reviews, all of them made up."""

from webapp.operations.example.loading import has_data, load_example
from webapp.operations.example.people import STAFF

__all__ = ["STAFF", "has_data", "load_example"]
