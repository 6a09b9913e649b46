"""The nouns of notifications: what is told, to whom, by which channels."""
