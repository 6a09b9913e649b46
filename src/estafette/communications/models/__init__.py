"""The nouns of communications."""
