"""The statements of presence."""
