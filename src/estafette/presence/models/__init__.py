"""The structs of presence."""
