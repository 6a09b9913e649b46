"""Document systems, what their connectors say, and what people see of it."""
