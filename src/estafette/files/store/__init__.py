"""All SQL of files."""
