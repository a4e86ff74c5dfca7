"""Side-by-side measurements against a bare bolt app, as ratios within one run."""
