"""Demo data: the customer and the château of document D5, three more partners, and what they wrote to each other."""
