"""All statements of deliveries."""
