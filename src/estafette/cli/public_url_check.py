"""What `estafette doctor` asks about the address that people use."""

from estafette.base.settings import Settings
from estafette.cli.finding import Finding
from estafette.cli.warnings import not_encrypted

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def examine_public_url(settings: Settings, told: dict[str, float]) -> Finding:
    """By the figures of the running server, which tell whether people come over TLS."""
    subject, url = "public URL", settings.public_url
    unsaid = not_encrypted(settings)
    if unsaid is not None and (url is None or told.get("estafette_unexpected_tls_total")):
        return Finding(subject, False, unsaid)
    if unsaid is not None:
        return Finding(subject, True, unsaid, warns=True)
    if url is None and settings.host not in _LOOPBACK:
        text = f"other machines cannot follow links to {settings.origin}: set --public-url to the address people use"
        return Finding(subject, False, text)
    if url is not None and not settings.secure and not any(f"//{host}" in url for host in _LOOPBACK):
        return Finding(subject, True, f"{url}; it is not encrypted: put a proxy with TLS in front and use https://")
    return Finding(subject, True, settings.origin)
