"""The nouns of contact requests."""
