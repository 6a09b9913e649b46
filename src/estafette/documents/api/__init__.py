"""The native HTTP interface of documents: each handler decodes, calls one verb, encodes."""

from estafette.documents.api import reading, systems

ENDPOINTS = [
    systems.list_systems,
    systems.add_system,
    systems.change_system,
    systems.remove_system,
    systems.try_system,
    reading.list_origins,
    reading.show_cards,
    reading.acknowledge,
    reading.list_waiting,
    reading.list_acknowledgers,
]
