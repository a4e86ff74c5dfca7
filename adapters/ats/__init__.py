"""The door for an applicant tracking system that speaks the unified model of Merge."""
