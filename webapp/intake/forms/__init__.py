"""What people type while they take something in."""
