"""The record of a consultation as one ZIP that can be read and checked without Boardmark."""
