"""How the tables came to be what they are, and how an older database gets there."""
