"""Giving feedback, reading it, and being reminded; each part stands beside."""
