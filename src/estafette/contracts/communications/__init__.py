"""Document D3: communications to registered clients are scheduled, looked at, moved, stopped."""
