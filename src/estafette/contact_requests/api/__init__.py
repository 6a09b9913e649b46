"""The native HTTP interface of contact requests: each handler decodes, calls one verb, encodes."""

from estafette.contact_requests.api import adverts, handling, looking, requests

ENDPOINTS = [
    adverts.list_adverts,
    adverts.add_advert,
    adverts.get_advert,
    adverts.change_advert,
    adverts.delete_advert,
    requests.leave_request,
    requests.check_request,
    requests.list_own_requests,
    requests.list_requests_in_conversation,
    looking.list_requests,
    looking.count_requests,
    looking.export_csv,
    looking.export_workbook,
    looking.get_request,
    handling.change_request,
    handling.add_note,
    handling.open_conversation,
]
