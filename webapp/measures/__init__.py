"""What may be said about counts of people: pure functions, without a request or a row."""
