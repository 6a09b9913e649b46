"""Searching by one expression: messages and files here, people and chats by their names."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from estafette import files, search
from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, read_name_cursor, write_cursor
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.conversations.actions.documents import FILE, MESSAGE, file_document_id
from estafette.conversations.actions.presenting import by_ids
from estafette.conversations.actions.searching_names import search_chats, search_people
from estafette.conversations.actions.seeking import conditions_of, read_query
from estafette.conversations.actions.topics import topics_of
from estafette.conversations.models.conversations import Conversation
from estafette.conversations.models.found import (
    FoundFile,
    FoundFiles,
    FoundMessage,
    FoundMessages,
    Kind,
    Results,
    Sort,
)
from estafette.conversations.models.messages import Message
from estafette.conversations.rules import spoken
from estafette.conversations.store import messages

EXCERPT: Final = 300
"""Characters of a text that are shown of what was found."""
LOOKED_THROUGH: Final = 1_200_000
"""Characters of the texts of files, all together, in which one request looks for where the words stand."""

Said = tuple[search.Hit, Message, Conversation]


async def search_everything(
    database: Database,
    person: SignedIn,
    q: str,
    kinds: Sequence[Kind],
    *,
    sort: Sort = "newest",
    cursor: str | None = None,
    limit: int = 30,
) -> Results:
    """What a person may read of each kind; the `cursor` is one of a single kind.

    Raises Invalid on `q`, with every piece that means nothing, and on `cursor`. What is found by operators is messages
    and files; people and chats have names alone.
    """
    if cursor is not None and len(kinds) != 1:
        raise invalid("cursor", "search_one_kind")
    expression = read_query(q)
    finder = _Finder(database, person, expression, sort, cursor, limit)
    if {"messages", "files"} & set(kinds):
        await finder.prepare()
    named = "" if expression.operators else expression.words
    return Results(
        messages=await finder.messages() if "messages" in kinds else None,
        people=await search_people(database, person, named, cursor, limit) if "people" in kinds else None,
        chats=await search_chats(database, person, named, cursor, limit) if "chats" in kinds else None,
        files=await finder.files() if "files" in kinds else None,
    )


class _Finder:
    """Finds messages and files for one request."""

    def __init__(
        self,
        database: Database,
        person: SignedIn,
        expression: search.Expression,
        sort: Sort,
        cursor: str | None,
        limit: int,
    ) -> None:
        self._database = database
        self._person = person
        self._expression = expression
        self._sort = sort
        self._cursor = cursor
        self._limit = limit
        self._conditions = search.Conditions()
        self._audience: list[UUID] = []

    async def prepare(self) -> None:
        """Finds out what the operators mean and what the person may read."""
        self._conditions = await conditions_of(self._database, self._person, self._expression)
        self._audience = list(await topics_of(self._database, self._person))

    async def messages(self) -> FoundMessages:
        """Messages that say it, with what they say around it."""
        hits, following = await self._hits(MESSAGE)
        said = await self._said(hits, [hit.id for hit in hits])
        texts = [spoken(message.text) for _, message, _ in said]
        found = await search.excerpts(self._database, self._expression.words, texts, EXCERPT)
        items = [
            FoundMessage(message, place, *(part if part[1] else search.excerpt(text, [], EXCERPT)))
            for (_, message, place), text, part in zip(said, texts, found, strict=True)
        ]
        return FoundMessages(items, following)

    async def files(self) -> FoundFiles:
        """Files that are called so, or say it."""
        hits, following = await self._hits(FILE)
        said = await self._said(hits, [hit.source_id for hit in hits if hit.source_id])
        attached = [
            (file, message, place)
            for hit, message, place in said
            for file in message.attachments
            if file_document_id(message.id, file.id) == hit.id
        ]
        words = self._expression.words
        names = await search.highlight(self._database, words, [file.name for file, _, _ in attached])
        ids = list({file.id for file, _, _ in attached})
        each_at_most = min(search.MAX_CHARACTERS, LOOKED_THROUGH // max(len(ids), 1))
        contents = await files.texts_of(self._database, ids, each_at_most)
        texts = [contents.get(file.id, "") for file, _, _ in attached]
        said_in_them = await search.excerpts(self._database, words, texts, EXCERPT)
        items = [
            FoundFile(*each, ranges, *part) for each, ranges, part in zip(attached, names, said_in_them, strict=True)
        ]
        return FoundFiles(items, following)

    async def _hits(self, kind: str) -> tuple[list[search.Hit], str | None]:
        words, conditions, limit = self._expression.words, self._conditions, self._limit
        if self._sort == "best":
            page, last = await search.find_best(
                self._database,
                words,
                conditions,
                kind=kind,
                audience=self._audience,
                now=self._database.clock.now(),
                after=search.read_best_mark(read_name_cursor(self._cursor)),
                limit=limit,
            )
            return page, write_cursor(last.written()) if last else None
        hits = await search.find_newest(
            self._database,
            words,
            conditions,
            kind=kind,
            audience=self._audience,
            before=read_cursor(self._cursor),
            limit=limit + 1,
        )
        shown = hits[:limit]
        return shown, write_cursor((shown[-1].at, shown[-1].id)) if len(hits) > limit else None

    async def _said(self, hits: Sequence[search.Hit], ids: Sequence[UUID]) -> list[Said]:
        """The messages of hits as the person may read them now.

        The index follows a moment later: what was deleted, or is nothing for them any more, is left out.
        """
        said = await messages.by_ids(self._database, list(set(ids)), self._person.person_id)
        places = await by_ids(self._database, self._person.person_id, list({hit.container_id for hit in hits}))
        where = {each.id: each for each in places}
        return [
            (hit, message, where[message.conversation_id])
            for hit, message in ((hit, said.get(hit.source_id or hit.id)) for hit in hits)
            if message is not None and message.conversation_id in where and message.deleted_at is None
        ]
