"""Document D5: conversations of a storefront under `/api/messages`."""
