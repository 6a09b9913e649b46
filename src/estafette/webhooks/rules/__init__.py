"""What webhooks must be like, how calls are signed, and when they are tried again."""
