"""One file from which an installation can be put back: made, checked, restored."""
