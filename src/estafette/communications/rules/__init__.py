"""The rules of communications: pure, without the database."""
