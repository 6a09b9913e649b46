/** One client and the form about it: what was typed stays, and what somebody else changed meanwhile is not undone. */
import type { Id } from '../../core/types.ts';
import { clients, type ClientBody } from '../api.ts';
import type { Attribute, ClientDetails } from '../types.ts';
import { changesOf, draftOf, rebased, type Draft } from './draft.ts';

type Change = (id: Id, body: Partial<ClientBody> & { revision: number }) => Promise<ClientDetails>;

export class EditedClient {
  client = $state.raw<ClientDetails | null>(null);
  attributes = $state.raw<Attribute[]>([]);
  draft = $state(draftOf(null, []));
  /** What the form began with, and of which revision of the client that was. */
  #began: Draft = draftOf(null, []);
  #revision = 0;
  #change: Change;

  constructor(change: Change = clients.change) {
    this.#change = change;
  }

  /** Begins the form anew. */
  show(found: ClientDetails, attributes: Attribute[]): void {
    this.attributes = attributes;
    this.#begin(found);
    this.draft = draftOf(found, attributes);
  }

  /** Takes over what was noted elsewhere on the page. */
  update(found: ClientDetails): void {
    if (found.id !== this.client?.id) return;
    const draft = rebased(this.draft, this.#began, draftOf(found, this.attributes));
    if (draft) this.#take(found, draft);
    // The same field was changed here and elsewhere: the form stays of its old revision, and is refused when it is saved.
    else this.client = found;
  }

  async save(): Promise<void> {
    const { client } = this;
    if (!client) return;
    const sent = $state.snapshot(this.draft);
    const found = await this.#change(client.id, { ...changesOf(sent, this.#began, this.attributes), revision: this.#revision });
    if (found.id !== this.client?.id) return;
    this.#began = sent;
    const now = draftOf(found, this.attributes);
    this.#take(found, rebased(this.draft, sent, now) ?? this.draft);
  }

  #take(found: ClientDetails, draft: Draft): void {
    this.draft = draft;
    this.#begin(found);
  }

  #begin(found: ClientDetails): void {
    this.client = found;
    this.#revision = found.revision;
    this.#began = draftOf(found, this.attributes);
  }
}
