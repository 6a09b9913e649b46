"""Statements of contact requests. What counts is changed with the partner's stream locked first, in one order."""
