"""Demo data: the customer and the château of document D5, three more partners, and what they wrote to each other."""

from estafette.main.demo.loading import load_demo
from estafette.main.demo.people import DEMO_ACCOUNTS

__all__ = ["DEMO_ACCOUNTS", "load_demo"]
