"""Side-by-side measurements against bare apps on the vendors' own libraries, as ratios."""
