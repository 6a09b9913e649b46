"""Under which paths lies what is kept, for whoever copies all of it."""

from estafette.base.database import Queries
from estafette.files.rules import paths
from estafette.files.store import files


async def list_kept(queries: Queries) -> tuple[list[str], int]:
    """The paths of all files that are kept, with their copies, and the bytes of the files themselves."""
    found: list[str] = []
    size = 0
    for row in await files.kept(queries):
        found.append(paths.content(row["id"]))
        if row["has_thumbnail"]:
            found.append(paths.thumbnail(row["id"]))
        found += [paths.copy(row["id"], width) for width in row["copy_widths"]]
        size += row["size"]
    return found, size
