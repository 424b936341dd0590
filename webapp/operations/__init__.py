"""Keeping an installation well: its health, its worker, and its example data."""
