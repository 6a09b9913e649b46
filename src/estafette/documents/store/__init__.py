"""All statements of documents."""
