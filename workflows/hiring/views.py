"""Hiring's rows as messages."""
