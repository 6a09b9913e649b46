"""`python -m bench.mail_sink PORT`: a mail server that takes everything, keeps nothing, and answers at once.

`letters_per_second` is a bare client of it: so many connections, the same letter again and again.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from time import perf_counter

import aiosmtplib
import uvloop

from bench.installation import HOST, free_port


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 sink\r\n")
    try:
        while line := await reader.readline():
            match line[:4].upper():
                case b"DATA":
                    writer.write(b"354 go\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                    writer.write(b"250 taken\r\n")
                case b"QUIT":
                    writer.write(b"221 bye\r\n")
                    return
                case _:
                    writer.write(b"250 sink\r\n")
    except (ConnectionError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


@asynccontextmanager
async def mail_sink() -> AsyncGenerator[int, None]:
    """The sink in a process of its own, and its port."""
    with free_port() as port:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.mail_sink", str(port)), stdout=asyncio.subprocess.PIPE
        )
        try:
            if process.stdout is not None:
                async with asyncio.timeout(10):
                    await process.stdout.readline()
            yield port
        finally:
            process.terminate()
            await process.wait()


async def letters_per_second(port: int, connections: int, seconds: float) -> float:
    """What a bare client hands over with so many connections."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "us@example.com", "client@example.com", "We open at eight"
    letter.set_content("Good day, we open at eight. " * 20)
    letter.add_alternative(f"<p>{'Good day, we open at eight. ' * 20}</p>", subtype="html")
    sent, end = 0, perf_counter() + seconds

    async def send() -> None:
        nonlocal sent
        async with aiosmtplib.SMTP(hostname=HOST, port=port, start_tls=False) as client:
            while perf_counter() < end:
                await client.send_message(letter)
                sent += 1

    await asyncio.gather(*(send() for _ in range(connections)))
    return sent / seconds


async def _run(port: int) -> None:
    server = await asyncio.start_server(_serve, HOST, port, limit=1_000_000)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_run(int(sys.argv[1])))
