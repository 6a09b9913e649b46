"""What works and is likely to be meant otherwise: one sentence each, with its mend; `up` and `doctor` say them."""

from estafette.base.settings import Settings


def as_root(settings: Settings) -> str:
    """What is wrong with running as root."""
    return (
        "it runs as root, so that whoever breaks into it has the machine: make a user for it (useradd --system "
        f"estafette), give it the data folder (chown -R estafette {settings.data.absolute()}) and start it as this user"
    )


def not_encrypted(settings: Settings) -> str | None:
    """Behind a proxy, what goes wrong when that does TLS and the public URL does not say so."""
    if settings.secure or not settings.trusted_proxies:
        return None
    address = f"is {settings.public_url}" if settings.public_url else "is not set"
    return (
        f"there is a trusted proxy and the public URL {address}: if the proxy does TLS, cookies are not Secure and "
        "live connections are refused (4403); set --public-url to the https address that people use"
    )


def warnings_at_start(settings: Settings, *, is_root: bool) -> list[str]:
    """The sentences for this start."""
    found = [not_encrypted(settings), as_root(settings) if is_root else None]
    return [sentence[0].upper() + sentence[1:] + "." for sentence in found if sentence]
