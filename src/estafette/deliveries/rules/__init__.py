"""What deliveries and gateways must be like; pure."""
