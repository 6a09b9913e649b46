"""All SQL of accounts, one function for each statement."""
