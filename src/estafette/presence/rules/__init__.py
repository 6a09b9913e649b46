"""The rules of presence, without a database."""
