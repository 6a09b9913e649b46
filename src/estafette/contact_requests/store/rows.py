"""How rows become contact requests."""

from typing import Any

from estafette.accounts import Card
from estafette.contact_requests.models.adverts import AdvertCard
from estafette.contact_requests.models.requests import ContactRequest


def request(row: Any) -> ContactRequest:
    """A request from the columns that all statements about requests name alike."""
    return ContactRequest(
        id=row["id"],
        partner_id=row["partner_id"],
        partner=Card(id=row["partner_id"], name=row["partner_name"] or "", picture=row["partner_picture"]),
        advert=AdvertCard(
            id=row["advert_id"],
            reference=row["reference"],
            title=row["title"],
            link=row["link"],
            picture=row["picture"],
        ),
        person=Card(id=row["person_id"], name=row["person_name"] or row["name"], picture=row["person_picture"]),
        profile_id=row["profile_id"],
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        message=row["message"],
        starts_at=row["starts_at"],
        state=row["state"],
        repeat_of=row["repeat_of"],
        repeats=row["repeats"],
        assigned_to=card(row, "assigned_to", "assignee"),
        conversation_id=row["conversation_id"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )


def card(row: Any, id_: str, prefix: str) -> Card | None:
    """The card of a person whose columns begin with a prefix; none when there is no id."""
    if row[id_] is None:
        return None
    # The account can be gone; who it was stays known by id.
    return Card(id=row[id_], name=row[f"{prefix}_name"] or "", picture=row[f"{prefix}_picture"])
