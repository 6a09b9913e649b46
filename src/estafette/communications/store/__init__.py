"""All SQL of communications."""
