"""Clients as rows."""

from typing import Any

from estafette.accounts import email_key
from estafette.clients.models.clients import Client
from estafette.clients.models.rows import Row

Values = tuple[object, ...]


def client(row: Any) -> Client:
    """The client of a row."""
    return Client(
        id=row["id"],
        external_id=row["external_id"],
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        whatsapp=row["whatsapp"],
        language=row["language"],
        time_zone=row["time_zone"],
        attributes=row["attributes"],
        consented=row["consented"],
        refused=row["refused"],
        person_id=row["person_id"],
        revision=row["revision"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )


def values(row: Row) -> Values:
    """What the statements that store clients take, in their order."""
    one = row.client
    return (
        one.id,
        one.external_id,
        one.name,
        row.name_key,
        one.email,
        email_key(one.email) if one.email else None,
        one.phone,
        one.whatsapp,
        one.language,
        one.time_zone,
        one.attributes,
        " ".join(one.consented),
        " ".join(one.refused),
        row.words,
        one.person_id,
        one.revision,
        one.created_at,
        row.created_by,
        one.changed_at,
    )
