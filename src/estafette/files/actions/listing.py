"""Under which paths lies what is kept, for whoever copies all of it."""

from uuid import UUID

from estafette.base.database import Queries
from estafette.files.rules import paths
from estafette.files.store import files


async def list_kept(queries: Queries) -> tuple[list[str], int]:
    """The paths of all contents that are kept, with their copies, each once, and the bytes of the contents alone."""
    found: list[str] = []
    sizes: dict[UUID, int] = {}
    for row in await files.kept(queries):
        content = row["content_id"]
        sizes[content] = row["size"]
        found.append(paths.content(content))
        if row["has_thumbnail"]:
            found.append(paths.thumbnail(content))
        found += [paths.copy(content, width) for width in row["copy_widths"]]
    return list(dict.fromkeys(found)), sum(sizes.values())
