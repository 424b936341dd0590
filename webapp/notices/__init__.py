"""Lists of people who asked to hear what becomes of a consultation, and what was sent to them."""
