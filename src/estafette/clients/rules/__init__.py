"""What is valid about clients, without a database."""
