"""What is kept for how long, what is held back from erasing, and what was erased for good."""
