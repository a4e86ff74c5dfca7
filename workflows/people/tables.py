"""What linking accounts leaves behind."""
