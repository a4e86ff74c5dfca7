"""The core: people, routes, messages and time; it knows no vendor and no workflow."""
