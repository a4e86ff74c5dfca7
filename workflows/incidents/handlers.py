"""Declaring, engaging, leading, learning; each part stands beside."""

from workflows.incidents import access, archiving, chronicle, noting, rooms, sharing

__all__ = ["access", "archiving", "chronicle", "noting", "rooms", "sharing"]
