"""The nouns of the register of clients."""
