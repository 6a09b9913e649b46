"""What the figures are compared with: the same machine doing only the core of the work."""
