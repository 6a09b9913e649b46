"""The lines of a file, read as a plan says; the first fault of a line is named, and the line rejected."""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from estafette.accounts import Wrong, email, language_named, phone_in, time_zone
from estafette.base.languages import Language
from estafette.base.tables.cells import storable
from estafette.base.tables.records import Record
from estafette.clients.models.attributes import Attribute, Value
from estafette.clients.models.clients import Channel, ClientFields
from estafette.clients.models.imports import ATTRIBUTE, ImportPlan, ReadLine, Reject
from estafette.clients.rules import cells, fields

CELL: Final = 500
_CONSENT: Final = "consent_"


class LineReader:
    """Reads the lines of one file."""

    def __init__(self, plan: ImportPlan, known: Mapping[str, Attribute]) -> None:
        self._plan = plan
        self._attributes = {
            f"{ATTRIBUTE}{key}": cells.reader_of(attribute, plan.language) for key, attribute in known.items()
        }
        # An attribute may have been removed since the plan was made.
        self._columns = [
            (place, target)
            for place, target in enumerate(plan.columns)
            if target is not None and (target in self._attributes or not target.startswith(ATTRIBUTE))
        ]
        self._simple: dict[str, Callable[[str], Any]] = {
            "external_id": fields.external_id,
            "name": fields.name,
            "first_name": fields.name,
            "last_name": fields.name,
            "email": email,
            "language": language_named,
            "time_zone": time_zone,
        }

    def read(self, record: Record) -> ReadLine | Reject:
        """A client, or what is wrong."""
        if record.wrong:
            return _reject(record, "", record.wrong)
        found: dict[str, Any] = {}
        numbers: dict[str, str] = {}
        attributes: dict[str, Value] = {}
        consents: dict[Channel, bool] = dict.fromkeys(self._plan.consented, True)
        target = ""
        try:
            for place, target in self._columns:
                text = cells.plain(record.cells[place])
                if not text:
                    continue
                if "\0" in text or len(text) > CELL:
                    raise Wrong("forbidden_character") if "\0" in text else Wrong("too_long", max=CELL)
                if target in ("phone", "whatsapp"):
                    numbers[target] = text
                elif target.startswith(ATTRIBUTE):
                    attributes[target.removeprefix(ATTRIBUTE)] = self._attributes[target](text)
                elif target.startswith(_CONSENT):
                    consents[cast(Channel, target.removeprefix(_CONSENT))] = cells.yes_or_no(text)
                else:
                    found[target] = self._simple[target](text)
            # Last, when it is known where the client lives.
            phone = self._phone(found.get("language"), found.get("time_zone"))
            for target, text in numbers.items():
                found[target] = phone(text)
            target = self._plan.match_by
            if not found.get(target):
                raise Wrong("required")
        except Wrong as wrong:
            return _reject(record, target, wrong.code, wrong.values)
        return ReadLine(line=record.row, cells=_kept(record), fields=_fields(found, attributes), consents=consents)

    def _phone(self, language: Language | None, zone: str | None) -> Callable[[str | None], str | None]:
        return phone_in(language or self._plan.language, zone or self._plan.time_zone)


def _fields(found: dict[str, Any], attributes: dict[str, Value]) -> ClientFields:
    parts = [found.get(name, "") for name in ("first_name", "last_name")]
    return ClientFields(
        external_id=found.get("external_id"),
        name=(found.get("name") or " ".join(part for part in parts if part))[: fields.NAME],
        email=found.get("email"),
        phone=found.get("phone"),
        whatsapp=found.get("whatsapp"),
        language=found.get("language"),
        time_zone=found.get("time_zone"),
        attributes=attributes,
    )


def _reject(record: Record, field: str, code: str, values: Mapping[str, Any] | None = None) -> Reject:
    return Reject(line=record.row, field=field, code=code, values=dict(values or {}), cells=_kept(record))


def _kept(record: Record) -> list[str]:
    return [storable(cell[:CELL]) for cell in record.cells]
