"""Queries over rulings and what is published."""
