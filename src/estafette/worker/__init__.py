"""The loops that run beside the web: reactions to what was committed, and housekeeping."""

from estafette.worker.housekeeping import Job, run_housekeeping
from estafette.worker.reacting import Reaction, Reactions, react, react_to_all

__all__ = ["Job", "Reaction", "Reactions", "react", "react_to_all", "run_housekeeping"]
