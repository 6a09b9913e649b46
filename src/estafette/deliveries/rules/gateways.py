"""What a gateway must be like: its own fields, and those that its transport asks for."""

from collections.abc import Callable, Mapping
from secrets import token_urlsafe
from typing import Any, Final, cast

import msgspec

from estafette.accounts import folded
from estafette.base.errors import FieldError, Invalid
from estafette.base.visible import is_visible
from estafette.base.wrong_fields import wrong_fields
from estafette.deliveries.models.gateways import GatewayInput
from estafette.deliveries.models.transport import Transport
from estafette.deliveries.rules.push import new_private_key, public_key_of

PUSH: Final = "web_push"
# Secrets of our own, which are made when they are left out.
MADE: Final[Mapping[str, tuple[str, Callable[[], str]]]] = {
    PUSH: ("private_key", new_private_key),
    "kannel": ("callback_secret", token_urlsafe),
}
# Settings that say to whom the credentials are told, and how openly.
DESTINATIONS: Final = (
    *("host", "port", "tls", "tls_authority", "security", "certificate_authority", "base_url", "url"),
    *("mailbox_host", "mailbox_port", "mailbox_security"),
)
GATEWAYS: Final = 100
NAME_CHARACTERS: Final = 80
PRIORITIES: Final = (0, 1_000)
RATES: Final = (0.01, 10_000.0)  # segments per second
LINKS: Final = (1, 100)


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A gateway that can be stored; settings with all their defaults."""

    name: str
    name_key: str
    given: GatewayInput
    transport: Transport
    settings: dict[str, Any]
    credentials: dict[str, Any]

    @property
    def receipts_expected(self) -> bool:
        """Whether it reports later what became of a message: as it was given, else as its transport does."""
        given = self.given.receipts_expected
        return self.transport.receipts if given is None else given


def check_gateway(
    given: GatewayInput, transports: Mapping[str, Transport], kept_credentials: Mapping[str, Any]
) -> Checked:
    """The gateway with what it keeps of its credentials; raises Invalid with every wrong field."""
    name = " ".join(given.name.split())
    transport = transports.get(given.transport)
    wrong = [*_wrong_name(name), *_wrong_numbers(given)]
    if transport is None:
        raise Invalid(*wrong, FieldError("transport", "unknown"))
    wrong += _wrong_channels(given, transport)
    settings, wrong_settings = _as(transport.settings, given.settings, "settings")
    merged = {**kept_credentials, **given.credentials}
    # A credential that is null is taken away.
    held = {key: value for key, value in merged.items() if value is not None}
    if transport.name in MADE:
        secret, make = MADE[transport.name]
        held[secret] = held.get(secret) or kept_credentials.get(secret) or make()
    credentials, wrong_credentials = _as(transport.credentials, held, "credentials")
    wrong += [*wrong_settings, *wrong_credentials]
    if transport.name == PUSH and not wrong_credentials and public_key_of(credentials["private_key"]) is None:
        wrong.append(FieldError("credentials.private_key", "wrong_type"))
    if wrong:
        raise Invalid(*wrong)
    return Checked(
        name=name,
        name_key=folded(name),
        given=given,
        transport=transport,
        settings=settings,
        credentials={key: value for key, value in credentials.items() if value not in (None, "")},
    )


def check_move(checked: Checked, old_settings: Mapping[str, Any], kept_credentials: Mapping[str, Any]) -> None:
    """Raises Invalid when a gateway would take its credentials, which nobody may read, to another place.

    A secret of our own making may go along.
    """
    if all(checked.settings.get(name) == old_settings.get(name) for name in DESTINATIONS):
        return
    made = MADE[checked.transport.name][0] if checked.transport.name in MADE else None
    wrong = [
        FieldError(f"credentials.{name}", "needed_again")
        for name in sorted(kept_credentials)
        if name not in checked.given.credentials and name != made
    ]
    if wrong:
        raise Invalid(*wrong)


def schema(type_: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields of a settings or credentials type as JSON Schema, with nothing that refers elsewhere."""
    found = msgspec.json.schema(type_)
    definitions = cast("dict[str, Any]", found.pop("$defs", {}))
    return cast("dict[str, Any]", _inlined(found, definitions))


def _inlined(part: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_inlined(each, definitions) for each in cast("list[Any]", part)]
    if not isinstance(part, dict):
        return part
    entries = cast("dict[str, Any]", part)
    if "$ref" in entries:
        rest = {key: value for key, value in entries.items() if key != "$ref"}
        return _inlined(definitions[entries["$ref"].rsplit("/", 1)[-1]] | rest, definitions)
    return {key: _inlined(value, definitions) for key, value in entries.items()}


def _wrong_name(name: str) -> list[FieldError]:
    if not is_visible(name):
        return [FieldError("name", "required")]
    if len(name) > NAME_CHARACTERS:
        return [FieldError("name", "too_long", {"max": NAME_CHARACTERS})]
    return [] if name.isprintable() else [FieldError("name", "forbidden_character")]


def _wrong_numbers(given: GatewayInput) -> list[FieldError]:
    numbers = (
        ("priority", given.priority, PRIORITIES),
        ("segments_per_second", given.segments_per_second, RATES),
        ("links", given.links, LINKS),
    )
    return [
        FieldError(field, "out_of_range", {"min": least, "max": most})
        for field, value, (least, most) in numbers
        if not least <= value <= most
    ]


def _wrong_channels(given: GatewayInput, transport: Transport) -> list[FieldError]:
    if not given.channels:
        return [FieldError("channels", "required")]
    return [
        FieldError(f"channels[{index}]", "channel_not_carried", {"transport": transport.name})
        for index, channel in enumerate(given.channels)
        if channel not in transport.channels
    ]


def _as(type_: type[msgspec.Struct], given: dict[str, Any], prefix: str) -> tuple[dict[str, Any], list[FieldError]]:
    """What was given as its type holds it, with all defaults, or what is wrong with it."""
    known = {field.encode_name for field in msgspec.structs.fields(type_)}
    unknown = [FieldError(f"{prefix}.{name[:100]}", "unknown_field") for name in given if name not in known]
    try:
        held = msgspec.convert({key: value for key, value in given.items() if key in known}, type_)
        built = msgspec.to_builtins(held)
        if b"\\u0000" in msgspec.json.encode(built):
            return given, [*unknown, FieldError(prefix, "forbidden_character")]
        return built, unknown
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, ValueError):
            # What the type itself refuses it says in words, about several fields together.
            return given, [*unknown, FieldError(prefix, "wrong_settings", {"reason": str(error.__cause__)})]
        found = [each for each in wrong_fields(given, type_, error) if each.code != "unknown_field"]
        named = [
            FieldError(prefix if each.field == "body" else f"{prefix}.{each.field}", each.code, each.values)
            for each in found
        ]
        return given, [*unknown, *named]
