"""Webhooks: judged by the library of Standard Webhooks, at a receiver that is really there."""
