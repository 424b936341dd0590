"""The queries of campaigns; every other module gets frozen values."""
