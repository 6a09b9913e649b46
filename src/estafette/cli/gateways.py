"""Gateways are made ready before anything is sent; a file of gateways that is wrong is no start."""

from estafette.base.settings import Settings
from estafette.cli.finding import Finding
from estafette.cli.sentences import Refusal


def check_gateway_file(settings: Settings) -> None:
    """Raises Refusal before anything is started, when there is a file and it is wrong."""
    if settings.gateways is None:
        return
    from estafette.deliveries import read_gateway_file

    try:
        read_gateway_file(settings.gateways)
    except ValueError as error:
        raise Refusal(str(error)) from error


def examine_gateway_file(settings: Settings) -> list[Finding]:
    """What `estafette doctor` asks about the file; nothing where there is none."""
    if settings.gateways is None:
        return []
    try:
        check_gateway_file(settings)
    except Refusal as error:
        return [Finding("gateway file", False, error.message)]
    return [Finding("gateway file", True, str(settings.gateways))]


async def ready_gateways(settings: Settings, dsn: str) -> None:
    """Raises Refusal with the sentence that says what is wrong, and where."""
    from estafette.main.gateways import prepare_gateways

    try:
        await prepare_gateways(settings, dsn)
    except ValueError as error:
        raise Refusal(str(error)) from error
    except PermissionError as error:
        raise Refusal(f"The key that guards credentials cannot be used: {error.filename} is closed to us.") from error
