"""What is done with webhooks; only these open transactions."""
