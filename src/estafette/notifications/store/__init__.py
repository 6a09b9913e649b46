"""Statements of notifications."""
