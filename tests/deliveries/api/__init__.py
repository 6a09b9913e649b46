"""The native API of all that leaves the server."""
