"""Searches, candidates, interviews and templates, as recruiters and owners type them."""
