"""Queries over reviews, one module for each kind of thing; what leaves here is frozen."""
