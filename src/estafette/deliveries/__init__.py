"""Deliveries: messages that leave the house by SMS, MMS, e-mail and push, each of them once, and what became of them."""
