"""What the operator of one installation decides: where data lies, where to listen, whom to believe."""

from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

MAX_PORT = 65535
MOST = 1_000_000_000
MOST_FILE_MEGABYTES = 10_000
LEAST_TOKEN, MOST_TOKEN = 16, 500


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One start's choices; a value that makes no sense raises ValueError with a sentence for the operator."""

    data: Path = Path("data")
    database_url: str | None = None  # None: the embedded server inside `data`
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1  # web processes
    public_url: str | None = None  # how people reach the server, for links, cookies and origin checks
    trusted_proxies: tuple[str, ...] = ()  # addresses or networks whose X-Forwarded-* headers are believed
    demo: bool = False
    files_url: str | None = None  # None: uploads lie inside `data`
    gateways: Path | None = None  # a TOML file of gateways, beside those of the administration page
    daily_messages: int = 20_000  # of one person; 0: as many as they like
    daily_deliveries: int = 200_000  # of one account; 0: as many as it likes
    daily_megabytes: int = 1_000  # of texts and files of one person; 0: as many as they like
    max_file_megabytes: int = 100  # of one file; 1 to 10,000
    disk_reserve: int = 1_000  # megabytes that uploads leave free; 0: none
    metrics_token: str | None = None  # what a program shows that asks for figures from elsewhere
    private_addresses: bool = False  # whether webhooks, push, connectors may lead into private networks, over http

    def __post_init__(self) -> None:
        if not 0 < self.port <= MAX_PORT:
            raise ValueError(f"The port must be between 1 and {MAX_PORT}, not {self.port}.")
        if self.workers < 1:
            raise ValueError(f"At least one web process is needed, not {self.workers}.")
        for name in ("daily_messages", "daily_deliveries", "daily_megabytes", "disk_reserve"):
            if not 0 <= getattr(self, name) <= MOST:
                raise ValueError(f"{name} must be between 0 (no limit) and {MOST}, not {getattr(self, name)}.")
        if not 1 <= self.max_file_megabytes <= MOST_FILE_MEGABYTES:
            raise ValueError(
                f"max_file_megabytes must be between 1 and {MOST_FILE_MEGABYTES}, not {self.max_file_megabytes}."
            )
        if self.public_url is not None:
            _check_public_url(self.public_url)
        if self.files_url is not None:
            _check_files_url(self.files_url)
        if self.metrics_token is not None:
            _check_metrics_token(self.metrics_token)
        for proxy in self.trusted_proxies:
            _check_network(proxy)

    @property
    def origin(self) -> str:
        """Scheme, host and port as a browser sends them in Origin; no slash at the end."""
        if self.public_url is None:
            return f"http://{_reachable(self.host)}:{self.port}"
        parts = urlsplit(self.public_url)
        default = {"http": 80, "https": 443}[parts.scheme]
        port = "" if parts.port in (None, default) else f":{parts.port}"
        return f"{parts.scheme}://{_bracketed(parts.hostname or '')}{port}"

    @property
    def secure(self) -> bool:
        """Whether people reach the server over TLS, so that cookies may demand it."""
        return self.origin.startswith("https://")

    @property
    def files(self) -> str:
        """Where uploaded files lie: the URL of an object store, or the path of a folder."""
        return self.files_url or str(self.data / "files")

    @property
    def max_file_bytes(self) -> int:
        """Of one file."""
        return self.max_file_megabytes * 1_000_000

    @property
    def run(self) -> Path:
        """The folder of what holds as long as it runs."""
        return self.data / "run"

    @property
    def postgres(self) -> Path:
        """The folder of the embedded PostgreSQL."""
        return self.data / "postgres"


def _check_public_url(url: str) -> None:
    problem = f"The public URL must look like https://talk.example.org, not {url!r}."
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise ValueError(problem) from error
    if not sound or parts.username or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(problem)


def _check_files_url(url: str) -> None:
    parts = urlsplit(url)
    if not ((parts.scheme == "s3" and parts.hostname) or (parts.scheme == "file" and not parts.netloc and parts.path)):
        raise ValueError(f"The URL of files must look like s3://bucket/prefix or file:///path, not {url!r}.")


def _check_metrics_token(token: str) -> None:
    # One of ours would be looked up in the database, which may be away.
    fits = LEAST_TOKEN <= len(token) <= MOST_TOKEN and token.isascii() and token.isprintable() and " " not in token
    if not fits or token.startswith("est_"):
        raise ValueError(
            f"The token for figures must have {LEAST_TOKEN} to {MOST_TOKEN} letters and digits, "
            "and must not begin with est_."
        )


def _check_network(text: str) -> None:
    try:
        ip_network(text, strict=False)
    except ValueError as error:
        raise ValueError(f"A trusted proxy must be an address or a network like 10.0.0.0/8, not {text!r}.") from error


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else _bracketed(host)  # noqa: S104 - compared, not bound


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
