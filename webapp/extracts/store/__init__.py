"""The queries of exports; every other module gets frozen values."""
