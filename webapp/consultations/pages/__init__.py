"""What the pages of respondents and leads show, as frozen values."""
