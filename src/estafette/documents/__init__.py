"""Documents of other systems: a link becomes a card for whom its system grants it, and is acknowledged.

Of a document nothing is kept but who acknowledged which version of it.
"""

from estafette.documents.actions.asking import Documents
from estafette.documents.actions.connectors import Connectors
from estafette.documents.actions.unreadable import unreadable_systems
from estafette.documents.dispatch import run_documents

__all__ = ["Connectors", "Documents", "run_documents", "unreadable_systems"]
