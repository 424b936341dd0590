"""What a framework is: plain data, pure functions and the published files."""
