"""The nouns of deliveries."""
