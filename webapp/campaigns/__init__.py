"""Responses that say the same or nearly the same: found, grouped and shown, never deleted."""
