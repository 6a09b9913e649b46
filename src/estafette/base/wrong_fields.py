"""What msgspec found wrong, as fields with stable codes."""

import re
from typing import Any, Final, cast

import msgspec

from estafette.base.errors import FieldError

_PATH: Final = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
_LENGTH: Final = re.compile(r"length (>=|<=) (\d+)")
_RANGE: Final = re.compile(r"`(?:int|float)` ([<>])=? (-?[\d.]+)")
_NAMED: Final = re.compile(r"field `([^`]+)`")


def wrong_fields(value: Any, wanted: Any, error: msgspec.ValidationError) -> list[FieldError]:
    """Every wrong field of a decoded body; msgspec itself stops at the first."""
    if not (isinstance(value, dict) and isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)):
        return [field_error(str(error))]
    given = cast("dict[str, Any]", value)
    fields = {field.encode_name: field for field in msgspec.structs.fields(wanted)}
    found = [FieldError(name, "required") for name, field in fields.items() if field.required and name not in given]
    if wanted.__struct_config__.forbid_unknown_fields:
        found += [FieldError(name[:100], "unknown_field") for name in given if name not in fields]
    for name, field in fields.items():
        if name in given:
            try:
                msgspec.convert(given[name], field.type)
            except msgspec.ValidationError as wrong:
                found.append(field_error(str(wrong), name))
    return found[:50] or [field_error(str(error))]


def field_error(text: str, prefix: str = "") -> FieldError:
    """One of msgspec's sentences as a field with a code; the field is written `attachments[2]`, `hours[0].day`."""
    path = _PATH.search(text)
    inside = path.group(1) if path else ""
    field = (prefix + inside).lstrip(".") or "body"
    if named := _NAMED.search(text):
        field = f"{field}.{named.group(1)}" if field != "body" else named.group(1)
        missing = "missing required" in text
        return FieldError(field, "required" if missing else "unknown_field")
    if length := _LENGTH.search(text):
        bound = int(length.group(2))
        many = "`array`" in text or "`object`" in text
        if length.group(1) == "<=":
            return FieldError(field, "too_many" if many else "too_long", {"max": bound})
        return FieldError(field, "too_short", {"min": bound})
    if bound := _RANGE.search(text):
        if bound.group(1) == "<":
            return FieldError(field, "too_great", {"max": bound.group(2)})
        return FieldError(field, "too_small", {"min": bound.group(2)})
    return FieldError(field, "wrong_type")
