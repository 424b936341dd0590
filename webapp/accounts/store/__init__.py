"""Queries over accounts, one module for each kind of thing; rows stay in here and in services."""
