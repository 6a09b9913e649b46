"""Document D4: the corporate messenger under `/v1/auth` and `/v1/user`."""
