"""Forms that are filled in: drawn, written into beforehand, and read back."""
