"""All SQL of the register of clients."""
