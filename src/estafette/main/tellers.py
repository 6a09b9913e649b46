"""Who tells what of notifications: the rooms that handed the notices over."""

from typing import Final

from estafette import conversations
from estafette.notifications import Tellers

TELLERS: Final[Tellers] = {
    "message": conversations.tell,
}
