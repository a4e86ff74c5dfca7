"""Feedback's rows as messages."""
