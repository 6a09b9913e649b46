"""A gateway by the package `smpp34`: python gateway.py PORT

The last two digits of a destination choose what happens (counterparts/__init__.py); each line written is one fact.
"""

import asyncio
import json
import os
import sys
from itertools import count

import gsm0338
import smpp34

THROTTLED, BAD_DESTINATION = 0x58, 0x0B
COUNT = count(10_001)
GSM7 = gsm0338.Codec()


def say(**fact: object) -> None:
    print(json.dumps(fact), flush=True)


def words(message_id: str, state: str, error: str) -> bytes:
    dates = "submit date:2611201200 done date:2611201201"
    return f"id:{message_id} sub:001 dlvrd:001 {dates} stat:{state} err:{error} text:Hello".encode()


def describe(message: smpp34.SubmitSmEvent, message_id: str) -> None:
    text = message.short_message
    parts = part = 1
    if message.esm_class & 0x40:
        header, text = text[: text[0] + 1], text[text[0] + 1 :]
        parts, part = header[-2], header[-1]
    say(
        accepted=message_id,
        source=message.source_addr,
        destination=message.destination_addr,
        source_ton=message.source_addr_ton,
        source_npi=message.source_addr_npi,
        destination_ton=message.dest_addr_ton,
        registered=message.registered_delivery,
        data_coding=message.data_coding,
        text=text.decode("utf-16-be") if message.data_coding == 8 else GSM7.decode(text)[0],
        parts=parts,
        part=part,
    )


class Gateway:
    def __init__(self, server: smpp34.Server) -> None:
        self.server = server
        self.links: dict[str, smpp34.Esme] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.unanswered: list[smpp34.SubmitSmEvent] = []  # one that is let go is refused

    async def serve(self) -> None:
        while True:
            event = await self.server.next()
            match event:
                case smpp34.Esme():
                    self.links[event.session_id] = event
                    say(bound=event.system_id)
                case smpp34.SubmitSmEvent():
                    task = asyncio.create_task(self.take(event))
                    self.tasks.add(task)
                    task.add_done_callback(self.tasks.discard)
                case _:
                    self.links.pop(event.session_id, None)
                    say(unbound=True)

    async def take(self, message: smpp34.SubmitSmEvent) -> None:
        behaviour = message.destination_addr[-2:]
        if behaviour == "05":
            return message.reject(THROTTLED)
        if behaviour == "08":
            return message.reject(BAD_DESTINATION)
        message_id = str(next(COUNT))
        describe(message, message_id)
        delivered = words(message_id, "DELIVRD", "000")
        match behaviour:
            case "01":
                await self.report(message, delivered)
                message.accept(message_id)
            case "02":
                message.accept(message_id)
            case "03":
                message.accept(message_id)
                await self.report(message, delivered)
                await self.report(message, delivered)
            case "04":
                message.accept(message_id)
                await self.report(message, b"stat:DELIVRD")
                await self.report(message, f"id:{message_id} stat:PERHAPS".encode())
                await self.report(message, b"What a nice day")
            case "06":
                os._exit(0)
            case "07":
                self.unanswered.append(message)
            case "09":
                message.accept(message_id)
                await self.report(message, words(message_id, "UNDELIV", "011"))
            case _:
                message.accept(message_id)
                await self.report(message, delivered)
        return None

    async def report(self, message: smpp34.SubmitSmEvent, text: bytes) -> None:
        answer = await self.links[message.session_id].deliver_sm(
            message.source_addr, text, source_addr=message.destination_addr, esm_class=4
        )
        say(answered=answer.command_status)


async def serve(port: int) -> None:
    server = smpp34.Server("127.0.0.1", port, system_id="python")
    await server.start()
    say(ready=True)
    await Gateway(server).serve()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
