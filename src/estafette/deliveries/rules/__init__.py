"""What holds for deliveries whoever asks: which status follows which, what is tried again, what may be sent."""
