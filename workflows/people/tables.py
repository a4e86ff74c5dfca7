"""The people's own tables and queries stand in `storage/`, since the core asks for them too."""
