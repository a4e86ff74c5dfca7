"""The doors: one folder for each platform, and the simulator that plays the vendors' side."""
