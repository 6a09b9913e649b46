"""Example values made from schemas, so that the documentation page can show what travels."""

from typing import Any, Final, cast

Json = dict[str, Any]

_BY_NAME: Final[Json] = {
    "city": "Maincy",
    "code": "not_found",
    "content": "Is the garden open on Sunday?",
    "email": "ann@example.org",
    "key": "5f1c9a50",
    "language": "en",
    "name": "Ann Laurent",
    "owner_email": "claire@example.org",
    "password": "correct horse battery staple",
    "phone": "+33612345678",
    "tagline": "Gardens, candlelight and three centuries of stories",
    "text": "Is the garden open on Sunday?",
    "time_zone": "Europe/Paris",
    "token": "est_…",
    "website": "https://example.org",
}
_BY_FORMAT: Final[Json] = {
    "uuid": "019a9c1e-3c5b-7d20-8a41-6f2b9d0e4c17",
    "date-time": "2026-05-17T09:30:00Z",
    "date": "2026-05-17",
    "email": "ann@example.org",
}
_DEEPEST: Final = 5


def example(schema: Json, schemas: Json, name: str = "", depth: int = 0) -> Any:
    """A plausible value of a schema; `schemas` holds what it refers to."""
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas, name, depth)
    for given in ("const", "default"):
        if schema.get(given) is not None:
            return schema[given]
    if schema.get("enum"):
        return schema["enum"][0]
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in schema:
            options = [each for each in schema[choice] if each.get("type") != "null"]
            return example(options[0], schemas, name, depth) if options else None
    return _of_type(schema, schemas, name, depth)


def _of_type(schema: Json, schemas: Json, name: str, depth: int) -> Any:
    kind: Any = schema.get("type")
    if isinstance(kind, list):
        kind = next((each for each in cast("list[str]", kind) if each != "null"), None)
    match kind:
        case "object":
            if depth >= _DEEPEST:
                return {}
            properties: Json = schema.get("properties", {})
            return {key: example(each, schemas, key, depth + 1) for key, each in properties.items()}
        case "array":
            return [example(schema["items"], schemas, name, depth + 1)] if schema.get("items") else []
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return False
        case "string":
            by_format = _BY_FORMAT.get(schema.get("format", ""))
            return by_format or _BY_NAME.get(name, "…")
        case _:
            return None
