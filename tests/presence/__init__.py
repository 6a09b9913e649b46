"""Presence: who is there, what they say of themselves, and who is told."""
