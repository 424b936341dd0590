"""Word files: the same words as a document, for whoever reads or writes in a word processor."""
