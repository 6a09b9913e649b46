"""The verbs of contact requests."""
