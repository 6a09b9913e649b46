"""The nouns of conversations, as they are stored and as they travel."""
