"""Packs: forms for many people at once, each prefilled for one of them."""
