"""The whole record of a consultation as one file, which can be checked without Boardmark."""
