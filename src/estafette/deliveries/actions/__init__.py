"""What is done with deliveries; only these open transactions."""
