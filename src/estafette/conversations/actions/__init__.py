"""The verbs of conversations."""
