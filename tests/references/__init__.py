"""Small pictures of every document's pages, looked at by a person before they are kept.

`python -m tests.references` makes them anew; look at what changed before you commit it.
"""
