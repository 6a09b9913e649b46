"""What is right and wrong in accounts, without a database."""
