"""uvicorn's WebSocket with one addition: an event may bring its frame ready to send, made once for all who get it."""

from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State


class FramedOnce(WebSocketsSansIOProtocol):
    """Takes `framed` beside `text` in `websocket.send`; extensions that change frames must be off."""

    async def send(self, message: Any) -> None:
        """Sends an ASGI event; waits while the other side does not read."""
        framed = message.get("framed")
        if framed is None or not self.handshake_complete or self.close_sent or self.conn.state is not State.OPEN:
            await super().send(message)
            return
        if not self.writable.is_set():
            await self.writable.wait()
        if self.disconnected:
            raise ClientDisconnected
        self.transport.write(framed)
