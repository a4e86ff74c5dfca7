"""What the verbs of the command line do; `app.py` mounts them."""
