"""The queries of what is taken in; every other module gets frozen values."""
