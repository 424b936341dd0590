"""Tables of what people said, to take away: asked for, made in the slow lane, checked, kept."""
