"""The part of a communication that goes by push: a broadcast to all subscribers, carried by deliveries."""

from estafette import deliveries
from estafette.base.database import Queries, Transaction
from estafette.communications.models.work import Work
from estafette.communications.rules.moments import useless_from
from estafette.deliveries import BroadcastContent, BroadcastOutcome, BroadcastText, NewBroadcast


async def start(transaction: Transaction, of: Work) -> None:
    """Begins the broadcast of a communication that has one; raises Invalid when it cannot be shown."""
    if "push" in of.channels:
        content = BroadcastContent(
            default_language=of.content.default_language,
            texts={
                language: BroadcastText(title=said.push.title, text=said.push.text, url=said.push.url)
                for language, said in of.content.texts.items()
                if said.push is not None
            },
        )
        expires_at = max(useless_from(of, None), of.expires_at or useless_from(of, None))
        await deliveries.start_broadcast(transaction, NewBroadcast(id=of.id, content=content, expires_at=expires_at))


async def pause(transaction: Transaction, of: Work) -> None:
    """Lets nothing more of it out."""
    if "push" in of.channels:
        await deliveries.pause_broadcast(transaction, of.id)


async def resume(transaction: Transaction, of: Work) -> None:
    """Lets it go on."""
    if "push" in of.channels:
        await deliveries.resume_broadcast(transaction, of.id)


async def cancel(transaction: Transaction, of: Work) -> None:
    """Ends it."""
    if "push" in of.channels:
        await deliveries.cancel_broadcast(transaction, of.id)


async def standing(transaction: Transaction, of: Work) -> BroadcastOutcome:
    """Where it stands."""
    if "push" in of.channels:
        return await deliveries.broadcast_standing(transaction, of.id)
    return BroadcastOutcome(waiting=0, cancelled=0, gone_out=0, in_flight=0)


async def is_through(queries: Queries, of: Work) -> bool:
    """Whether nothing of it waits or is in flight."""
    return "push" not in of.channels or of.id in await deliveries.ended_broadcasts(queries, [of.id])
