"""A group or channel keeps an owner who can act: when the last one leaves the organisation, somebody follows.

Whoever left stays an owner by name: who comes back owns it together with who followed.
"""

from collections.abc import Collection
from uuid import UUID

from estafette.base.database import Transaction
from estafette.conversations.actions.locking import lock, take_number
from estafette.conversations.store import memberships, sends


async def hand_over(transaction: Transaction, people: Collection[UUID]) -> None:
    """Makes owners of who comes next where these people were the last ones, and tells all who are in it."""
    found = await memberships.successors(transaction, sorted(people))
    if not found:
        return
    await sends.lock(transaction, sorted(found))
    # Asked again under the locks: somebody may have been made an owner, or left, until now.
    for place_id, successor in sorted((await memberships.successors(transaction, sorted(people))).items()):
        if place_id not in found:
            continue  # it lost its last owner just now, which is a change of its own
        place = await lock(transaction, successor, place_id)
        await memberships.set_role(transaction, place_id, successor, "owner")
        await take_number(transaction, place, "member_changed", successor)
