"""All SQL of conversations, one function per statement."""
