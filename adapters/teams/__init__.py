"""The door to one tenant of Microsoft Teams."""
