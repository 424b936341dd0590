"""What is published of responses: rulings by two people, and the pages that everybody reads."""
