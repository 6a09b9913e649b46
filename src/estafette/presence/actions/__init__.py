"""The verbs of presence."""
