"""What is valid about contact requests, and when."""
