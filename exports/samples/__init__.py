"""A sample of every document, for tests and pictures; the module is named like its document."""
