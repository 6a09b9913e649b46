"""What `estafette doctor` asks about an object store: whether files can be kept there, read and removed."""

from uuid import uuid4

from estafette.base.settings import Settings
from estafette.cli.finding import Finding

_SUBJECT = "files"


async def examine_storage(settings: Settings) -> list[Finding]:
    """Nothing for files inside the data folder, of which the other questions tell."""
    if settings.files_url is None:
        return []
    from estafette.base.errors import Problem
    from estafette.files import open_storage

    path = f"doctor/{uuid4()}"
    try:
        storage = open_storage(settings.files)
        await storage.put(path, b"well")
        read = await storage.small(path)
        await storage.remove(path)
    except (Problem, OSError):
        text = (
            f"nothing can be kept at {settings.files_url}: see the line above, and the variables AWS_ACCESS_KEY_ID, "
            "AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL"
        )
        return [Finding(_SUBJECT, False, text)]
    if read != b"well":
        return [Finding(_SUBJECT, False, f"{settings.files_url} gives back other bytes than it was given")]
    return [Finding(_SUBJECT, True, f"{settings.files_url} keeps, gives back and removes")]
