"""What the pages of moderation and of published responses show."""
