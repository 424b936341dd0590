"""A log of who was told about a consultation, and of who has not answered yet."""
