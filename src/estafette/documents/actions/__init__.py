"""What is done with documents of other systems; only these open transactions."""
