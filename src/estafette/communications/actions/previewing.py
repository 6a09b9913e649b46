"""A text as a client would get it, before anything is scheduled."""

import asyncio
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import Form, SignedIn
from estafette.base.database import Database, Queries
from estafette.base.languages import Language
from estafette.clients import UnknownClient, known_attributes, require_communications
from estafette.communications.actions.settings import organisation_name
from estafette.communications.models.content import Channel, Content
from estafette.communications.models.previews import Preview
from estafette.communications.models.rendering import Rendered, RenderFailure, Sample
from estafette.communications.rules.choosing import language_for
from estafette.communications.rules.contents import check_text
from estafette.communications.rules.preferences import Links
from estafette.communications.rules.rendering import Renderer
from estafette.communications.rules.samples import sample
from estafette.communications.rules.variables import ATTRIBUTE
from estafette.communications.store import readers
from estafette.deliveries import extent, outside_gsm7

MISSING: Final = 50


async def preview(
    database: Database,
    who: SignedIn,
    content: Content,
    channel: Channel,
    language: Language | None,
    client_id: UUID | None,
    origin: str,
) -> Preview:
    """What a client would get; raises Forbidden, Invalid for what is wrong with this text, and UnknownClient."""
    require_communications(who)
    reader, renderer = await prepared(database, content, channel, language, client_id)
    return await asyncio.to_thread(_preview, renderer, reader, content, channel, links_of(origin))


async def prepared(
    queries: Queries, content: Content, channel: Channel, language: Language | None, client_id: UUID | None
) -> tuple[Sample, Renderer]:
    """Who is written to, and what writes, once the text is known to be sound; raises Invalid and UnknownClient."""
    attributes = await known_attributes(queries)
    reader = sample(attributes, language or content.default_language)
    if client_id is not None:
        found = await readers.reader(queries, client_id)
        if found is None:
            raise UnknownClient
        reader = found if language is None else replace(found, language=language)
    chosen = language_for(content, channel, reader.language)
    with Form() as form:
        if content.texts.get(chosen) is None or getattr(content.texts[chosen], channel) is None:
            form.refuse(f"content.texts.{chosen}.{channel}", "required")
        await asyncio.to_thread(check_text, form, content, chosen, channel, attributes)
    return replace(reader, language=chosen), Renderer(content, await organisation_name(queries))


def links_of(origin: str) -> Links:
    """Links that end nothing: those of a preview are nobody's."""
    return Links(page=f"{origin}/preferences/preview", one_click=None)


def rendered(renderer: Renderer, reader: Sample, channel: Channel, links: Links) -> tuple[Rendered, list[str]]:
    """What is said, with ‹name› where the client has nothing, and these variables; raises RenderFailure."""
    missing: list[str] = []
    while True:
        try:
            return renderer.render(reader, channel, links), missing
        except RenderFailure as failure:
            if failure.variable is None or failure.variable in missing or len(missing) == MISSING:
                raise
            missing.append(failure.variable)
            reader = _with(reader, failure.variable)


def _preview(renderer: Renderer, reader: Sample, content: Content, channel: Channel, links: Links) -> Preview:
    language = reader.language or content.default_language
    try:
        said, missing = rendered(renderer, reader, channel, links)
    except RenderFailure as failure:
        return Preview(language=language, fault=failure.code)
    options = said.options
    told = Preview(
        language=language,
        subject=said.subject,
        text=said.text,
        html=said.html,
        missing=missing,
        template=options.template,
        variables=list(options.variables),
        media=options.media,
        url=options.url,
    )
    if channel != "sms":
        return told
    room = extent(said.text)
    return replace(
        told,
        segments=room.segments,
        encoding=room.encoding,
        characters=room.characters,
        left=room.left,
        outside=list(outside_gsm7(said.text)),
    )


def _with(reader: Sample, variable: str) -> Sample:
    shown = f"‹{variable}›"
    if variable.startswith(ATTRIBUTE):
        return replace(reader, attributes=reader.attributes | {variable.removeprefix(ATTRIBUTE): shown})
    return replace(reader, **{variable: shown}) if variable in Sample.__struct_fields__ else reader
