"""The published frameworks, for anyone: browse, compare, download."""
