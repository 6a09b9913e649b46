"""What becomes of the lines of a batch, decided before anything is stored: new clients, changed ones, faults."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict, replace

from estafette.accounts import email_key
from estafette.base.ids import new_id
from estafette.clients.models.clients import CHANNELS, Channel, Client, ClientFields, NewConsent
from estafette.clients.models.imports import BatchCounts, ImportPlan, MatchBy, ReadLine, Reject
from estafette.clients.rules.rows import new_client


class Outcome(Struct, kw_only=True):
    """The clients to store, with what they agreed to, the lines that are rejected, and how many became what."""

    new: dict[UUID, Client] = {}
    changed: dict[UUID, Client] = {}
    consents: list[NewConsent] = []
    rejects: list[Reject] = []
    skipped: int = 0
    updates: int = 0

    @property
    def counts(self) -> BatchCounts:
        """How many lines became what: together as many as there were."""
        return BatchCounts(
            created=len(self.new), changed=self.updates, skipped=self.skipped, rejected=len(self.rejects)
        )


def key_of(fields: ClientFields, match_by: MatchBy) -> str:
    """By what a line or client is known; empty when it has no such thing."""
    if match_by == "email":
        return email_key(fields.email) if fields.email else ""
    return getattr(fields, match_by) or ""


def keys_of(lines: Sequence[ReadLine | Reject], match_by: MatchBy) -> tuple[list[str], list[str], list[str]]:
    """The external ids, e-mail keys and phone numbers by which the clients of lines may be known already."""
    read = [line.fields for line in lines if isinstance(line, ReadLine)]
    return (
        sorted({each.external_id for each in read if each.external_id}),
        sorted({key_of(each, "email") for each in read} - {""}) if match_by == "email" else [],
        sorted({each.phone for each in read if each.phone}) if match_by == "phone" else [],
    )


def without_values(lines: Sequence[ReadLine | Reject], keys: Set[str]) -> list[ReadLine | Reject]:
    """The lines without their values of these attributes."""

    def kept(line: ReadLine | Reject) -> ReadLine | Reject:
        if isinstance(line, Reject) or keys.isdisjoint(line.fields.attributes):
            return line
        values = {key: value for key, value in line.fields.attributes.items() if key not in keys}
        return replace(line, fields=replace(line.fields, attributes=values))

    return [kept(line) for line in lines] if keys else list(lines)


def decide(
    lines: Sequence[ReadLine | Reject],
    known: Iterable[Client],
    plan: ImportPlan,
    now: datetime,
    by: UUID,
) -> Outcome:
    """Takes the lines one after the other, as if each were stored before the next.

    `known` are all clients that have the key or the external id of one of the lines.
    """
    return _Decision(known, plan, now, by).of(lines)


class _Decision:
    def __init__(self, known: Iterable[Client], plan: ImportPlan, now: datetime, by: UUID) -> None:
        self._plan, self._now, self._by = plan, now, by
        self._outcome = Outcome()
        self._by_key: dict[str, list[Client]] = {}
        self._external: dict[str, UUID] = {}
        for client in known:
            self._remember(client)

    def of(self, lines: Sequence[ReadLine | Reject]) -> Outcome:
        for line in lines:
            if isinstance(line, Reject):
                self._outcome.rejects.append(line)
            else:
                self._take(line)
        return self._outcome

    def _take(self, line: ReadLine) -> None:
        found = self._by_key.get(key_of(line.fields, self._plan.match_by), [])
        if len(found) > 1 and self._plan.when_known == "update":
            self._reject(line, self._plan.match_by, "client_known_twice")
        elif found and self._plan.when_known == "error":
            self._reject(line, self._plan.match_by, "client_known")
        elif found and self._plan.when_known == "skip":
            self._outcome.skipped += 1
        elif self._external.get(line.fields.external_id or "", found[0].id if found else None) != (
            found[0].id if found else None
        ):
            self._reject(line, "external_id", "external_id_taken")
        elif found:
            self._change(found[0], line)
        else:
            self._add(line)

    def _add(self, line: ReadLine) -> None:
        client = self._agreeing(new_client(new_id(), line.fields, self._now), line)
        self._outcome.new[client.id] = client
        self._remember(client)

    def _change(self, old: Client, line: ReadLine) -> None:
        given = {name: value for name, value in asdict(line.fields).items() if value}
        given["attributes"] = old.attributes | line.fields.attributes
        client = self._agreeing(replace(old, **given), line)
        if key_of(client, "email") != key_of(old, "email"):
            client = replace(client, person_id=None)
        self._outcome.updates += 1
        if client.id in self._outcome.new:
            self._outcome.new[client.id] = client
        else:
            client = replace(client, revision=old.revision + 1, changed_at=self._now)
            self._outcome.changed[client.id] = client
        self._forget(old)
        self._remember(client)

    def _agreeing(self, client: Client, line: ReadLine) -> Client:
        """With what the line says about channels; what was said before in the same way is not said again."""
        if not line.consents:
            return client
        agreed: dict[Channel, bool] = dict.fromkeys(client.consented, True) | dict.fromkeys(client.refused, False)
        for channel, given in line.consents.items():
            # Who has refused is not written to because of a file: that they have changed their mind is noted by hand.
            if agreed.get(channel) in (given, False):
                continue
            agreed[channel] = given
            self._outcome.consents.append(
                NewConsent(
                    client_id=client.id,
                    channel=channel,
                    given=given,
                    source=self._plan.consent_source,
                    at=self._now,
                    recorded_by=self._by,
                )
            )
        return replace(
            client,
            consented=[each for each in CHANNELS if agreed.get(each) is True],
            refused=[each for each in CHANNELS if agreed.get(each) is False],
        )

    def _reject(self, line: ReadLine, field: str, code: str) -> None:
        self._outcome.rejects.append(Reject(line=line.line, field=field, code=code, cells=line.cells))

    def _remember(self, client: Client) -> None:
        if key := key_of(client, self._plan.match_by):
            self._by_key.setdefault(key, []).append(client)
        if client.external_id:
            self._external[client.external_id] = client.id

    def _forget(self, client: Client) -> None:
        if key := key_of(client, self._plan.match_by):
            self._by_key[key] = [each for each in self._by_key.get(key, []) if each.id != client.id]
        if client.external_id:
            self._external.pop(client.external_id, None)
