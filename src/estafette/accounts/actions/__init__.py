"""The verbs of accounts: each checks who asks, reads what was handed in and changes it in one transaction."""
