"""The rooms: named sets of channels, so that what is sent to one is read on every platform.

For admins, who say which channels make up a room such as “security-triage”. What is sent to a
room reaches each of its places by itself, and a later send under the same key edits all of them.
"""

from bot.workflow import Workflow
from workflows.rooms.texts import SUMMARY

workflow = Workflow("rooms", summary=SUMMARY, is_housekeeping=True)
