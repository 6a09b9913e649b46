"""A client whom nobody knows, for looking at texts: it has everything, and each value says what stands there."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from estafette.base.languages import Language
from estafette.clients import Attribute
from estafette.communications.models.rendering import Sample

_DAY: Final = date(2026, 5, 17)


def sample(attributes: Mapping[str, Attribute], language: Language) -> Sample:
    """Somebody with a value for each variable: the labels of attributes for their words."""
    return Sample(
        external_id="C-1024",
        name="Alex Morgan",
        email="alex@example.com",
        phone="+12025550147",
        language=language,
        attributes={key: _value(each) for key, each in attributes.items()},
    )


def shortest(attributes: Mapping[str, Attribute], language: Language) -> Sample:
    """Somebody with a value for each variable that takes next to no room."""
    given: dict[str, Any] = {key: "x" if each.kind == "text" else _value(each) for key, each in attributes.items()}
    return Sample(external_id="x", name="x", email="x@x.x", phone="+1", language=language, attributes=given)


def _value(attribute: Attribute) -> Any:
    match attribute.kind:
        case "text":
            return f"‹{attribute.label}›"
        case "choice":
            return attribute.choices[0] if attribute.choices else f"‹{attribute.label}›"
        case "number":
            return 42
        case "date":
            return _DAY.isoformat()
        case "boolean":
            return True
