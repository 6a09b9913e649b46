"""The loops that run beside the web: reactions to what was committed, and housekeeping."""

from estafette.worker.housekeeping import Chore, keep_house
from estafette.worker.reacting import Reaction, Reactions, react, react_to_all

__all__ = ["Chore", "Reaction", "Reactions", "keep_house", "react", "react_to_all"]
