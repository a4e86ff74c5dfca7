"""What feedback says, as far as several of its parts say it."""

SUMMARY = "Scorecards that each interviewer writes alone, and one summary for the panel."
