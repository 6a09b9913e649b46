"""Writing: a communication's templates become what goes out to each client, with the links of that client."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog

from estafette.communications.models.content import Channel
from estafette.communications.models.rendering import Rendered, RenderFailure
from estafette.communications.models.work import Addressee, Work
from estafette.communications.rules.preferences import Links, PreferenceLinks
from estafette.communications.rules.rendering import Renderer
from estafette.deliveries import BATCHES, NewDelivery

KEPT: Final = 50
"""Communications whose templates are kept read."""

_log = structlog.get_logger(__name__)


class Writer:
    """Writes for one worker; it keeps the templates of what it writes just now."""

    def __init__(self, organisation: str, links: PreferenceLinks) -> None:
        self._organisation, self._links = organisation, links
        self._renderers = OrderedDict[tuple[UUID, int, str], Renderer]()

    def write(self, of: Work, channel: Channel, clients: Sequence[Addressee], now: datetime) -> list[NewDelivery | str]:
        """What goes out to each client, or a stable code why nothing can be said."""
        renderer = self._renderer(of)
        links = {} if channel == "push" else self._links.links_for(of.id, channel, [each.id for each in clients], now)
        return [_delivery(renderer, channel, each, links[each.id]) for each in clients]

    def _renderer(self, of: Work) -> Renderer:
        # With each change of its texts a communication has another revision.
        name = of.organisation or self._organisation
        key = of.id, of.revision, name
        if key not in self._renderers:
            self._renderers[key] = Renderer(of.content, name)
            if len(self._renderers) > KEPT:
                self._renderers.popitem(last=False)
        self._renderers.move_to_end(key)
        return self._renderers[key]


def _delivery(renderer: Renderer, channel: Channel, client: Addressee, links: Links) -> NewDelivery | str:
    try:
        said: Rendered = renderer.render(client, channel, links)
    except RenderFailure as failure:
        return failure.code
    except Exception:
        # One client with odd values holds up no other.
        _log.exception("nothing can be written to a client", client=str(client.id))
        return "template_failed"
    return NewDelivery(
        owner_id=BATCHES,
        channel=channel,
        sender="",
        recipient=client.address(channel) or "",
        text=said.text,
        subject=said.subject,
        html=said.html,
        options=said.options,
    )
