"""What we issued: the keys that sign documents, and the register of those that left."""
