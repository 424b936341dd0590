"""Reviews of board members: drafted, shared, signed in order, never changed afterwards."""
