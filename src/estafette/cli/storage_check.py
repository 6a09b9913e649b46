"""What `estafette doctor` asks about uploads: whether files can be kept where they lie, read and removed."""

from uuid import uuid4

from estafette.base.settings import Settings
from estafette.cli.files_check import folder_fault
from estafette.cli.finding import Finding

_SUBJECT = "files"


async def examine_storage(settings: Settings) -> list[Finding]:
    """A folder, or an object store, is tried."""
    from estafette.base.errors import Problem
    from estafette.files import local_folder, open_storage

    folder = local_folder(settings.files)
    if folder is not None:
        fault = folder_fault(folder, settings.data) if folder.exists() else None
        there = f"{folder} keeps and gives back" if folder.exists() else "there are none yet"
        return [Finding(_SUBJECT, fault is None, fault or there)]
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
