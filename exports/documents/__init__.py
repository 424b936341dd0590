"""The documents, one module each: a frozen value and the function that makes it."""
