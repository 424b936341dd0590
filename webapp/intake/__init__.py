"""Responses that come by e-mail, letter, telephone, at a meeting, on a form or in a table."""
