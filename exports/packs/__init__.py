"""One prefilled form a person: from a table of people to a ZIP or a folder."""
