"""Who is asking: organisations, accounts, signed-in sessions and invited participants."""
