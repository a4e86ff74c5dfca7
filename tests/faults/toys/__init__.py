"""Workflows for breaking things."""
