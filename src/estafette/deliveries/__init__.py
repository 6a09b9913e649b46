"""Deliveries: messages that leave the house by SMS, MMS, e-mail and push, each once, and what became of them."""
