"""What respondents and leads fill in, apart from the questions themselves."""
