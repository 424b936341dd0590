"""What the many people of the example say: written by hand, and composed by `crowd`."""
