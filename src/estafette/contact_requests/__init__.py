"""Contact requests: people ask to be contacted about an advert, and the partner's members take care of it.

`accept_all` joins the caller's transaction; the `Acceptor` stores what comes together in one commit.
"""

from estafette.contact_requests.actions.accepting import Acceptor, accept_all
from estafette.contact_requests.actions.advertising import add_advert
from estafette.contact_requests.actions.adverts import list_adverts, named_advert
from estafette.contact_requests.actions.answering import open_conversation
from estafette.contact_requests.actions.counting import count_requests
from estafette.contact_requests.actions.handling import add_note, change_request
from estafette.contact_requests.actions.listing import Filters, as_asked, list_requests
from estafette.contact_requests.actions.rendering import render
from estafette.contact_requests.models.adverts import Advert, AdvertChanges, NewAdvert
from estafette.contact_requests.models.counts import CountQuestion, Grouping, RequestCounts
from estafette.contact_requests.models.handling import RequestChanges
from estafette.contact_requests.models.requests import ContactRequest, NewRequest, State
from estafette.contact_requests.rules.requests import MESSAGE
from estafette.contact_requests.store.adverts import shows_picture

__all__ = [
    "MESSAGE",
    "Acceptor",
    "Advert",
    "AdvertChanges",
    "ContactRequest",
    "CountQuestion",
    "Filters",
    "Grouping",
    "NewAdvert",
    "NewRequest",
    "RequestChanges",
    "RequestCounts",
    "State",
    "accept_all",
    "add_advert",
    "add_note",
    "as_asked",
    "change_request",
    "count_requests",
    "list_adverts",
    "list_requests",
    "named_advert",
    "open_conversation",
    "render",
    "shows_picture",
]
