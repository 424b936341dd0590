"""Who may do what; no web, no database."""
