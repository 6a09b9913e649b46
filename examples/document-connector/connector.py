"""An example of a document connector: documents from a file, for whom the file names. Python alone, nothing to install.

    CONNECTOR_CREDENTIAL=secret python3 connector.py documents.json --port 8090

A connector of your own answers the same three requests out of your document system (docs/documents.md).
"""

import argparse
import hmac
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

LARGEST_QUESTION = 1_000_000


class Register:
    """The documents of a file, and beside it who has acknowledged them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._acknowledged = file.with_suffix(".acknowledgements")
        self._lock = Lock()

    def cards(self, question: dict[str, Any]) -> dict[str, Any]:
        """Those of the documents that the reader may see; the others are left out, whatever the reason."""
        wanted, granted = set(question["documents"]), self._granted(question["reader"]["email"])
        return {"cards": [each for each in granted if each["document"] in wanted]}

    def waiting(self, question: dict[str, Any]) -> dict[str, Any]:
        """What the reader is to sign or to acknowledge."""
        granted = self._granted(question["reader"]["email"])
        return {"documents": [each for each in granted if each["status"] == "to_sign" or each["acknowledge"]]}

    def acknowledge(self, told: dict[str, Any]) -> dict[str, Any]:
        """Keeps an acknowledgement once, however often it comes: its id is the same each time."""
        with self._lock:
            if told["id"] not in {each["id"] for each in self._acknowledgements()}:
                with self._acknowledged.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(told) + "\n")
        return {}

    def _granted(self, email: str) -> list[dict[str, Any]]:
        done = {(each["reader"]["email"], each["document"], each["version"]) for each in self._acknowledgements()}
        found: list[dict[str, Any]] = []
        for entry in json.loads(self._file.read_text(encoding="utf-8")):
            card = {name: value for name, value in entry.items() if name not in ("readers", "acknowledged_by")}
            if email in entry["readers"]:
                asked = email in entry.get("acknowledged_by", [])
                card["acknowledge"] = asked and (email, card["document"], card["version"]) not in done
                found.append(card)
        return found

    def _acknowledgements(self) -> list[dict[str, Any]]:
        if not self._acknowledged.exists():
            return []
        return [json.loads(each) for each in self._acknowledged.read_text(encoding="utf-8").splitlines()]


class Handler(BaseHTTPRequestHandler):
    """Answers the three requests of a connector to whoever shows the credential."""

    protocol_version = "HTTP/1.1"
    register: Register
    credential: str

    def do_POST(self) -> None:
        """Reads the whole question first, so that the connection can be kept."""
        length = int(self.headers.get("Content-Length", "0"))
        if length > LARGEST_QUESTION:
            self.close_connection = True
            return self._answer(413, {"error": "too large"})
        content = self.rfile.read(length)
        shown = self.headers.get("Authorization", "")
        if not hmac.compare_digest(shown.encode(), f"Bearer {self.credential}".encode()):
            return self._answer(401, {"error": "unknown credential"})
        verbs = {
            "/cards": self.register.cards,
            "/waiting": self.register.waiting,
            "/acknowledgements": self.register.acknowledge,
        }
        verb = verbs.get(self.path)
        if verb is None:
            return self._answer(404, {"error": "unknown path"})
        try:
            return self._answer(200, verb(json.loads(content)))
        except (ValueError, KeyError, TypeError):
            return self._answer(400, {"error": "unreadable question"})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser(description="An example of a document connector.")
    parser.add_argument("documents", type=Path, help="a JSON file of documents")
    parser.add_argument("--port", type=int, default=8090)
    given = parser.parse_args()
    Handler.register = Register(given.documents)
    Handler.credential = os.environ.get("CONNECTOR_CREDENTIAL", "")
    if not Handler.credential:
        sys.exit("Set CONNECTOR_CREDENTIAL to what Estafette is to show.")
    with ThreadingHTTPServer(("127.0.0.1", given.port), Handler) as server:
        sys.stdout.write(f"The connector answers at http://127.0.0.1:{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
