"""Queries over lists, and over notices with the mails that are still to be sent."""
