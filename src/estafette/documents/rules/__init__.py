"""What systems and links must be like, what is shown of documents, and when connectors are told again."""
