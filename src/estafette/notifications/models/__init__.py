"""The nouns of notifications: what is told, to whom, by which ways."""
