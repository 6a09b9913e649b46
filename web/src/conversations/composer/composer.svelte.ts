/** What is being written: text that survives a reload, attachments on their way up, or an edit of an own message. */
import { ApiProblem } from '../../core/api.ts';
import { awaitingFiles } from '../../core/awaitingFiles.ts';
import { drafts, type DraftState } from '../../core/drafts.ts';
import { settle } from '../../core/draftSync.ts';
import { outbox } from '../../core/outbox/index.ts';
import { savedDrafts, type SavedDraft } from '../../core/savedDrafts.svelte.ts';
import { serverTime } from '../../core/serverTime.ts';
import { session } from '../../core/session.svelte.ts';
import type { Message, Quoted } from '../../core/conversationTypes.ts';
import type { FileInfo, Id, Iso } from '../../core/types.ts';
import { Submission } from '../../ui/submission.svelte.ts';
import type { MessageExtras } from '../../core/outbox/index.ts';
import { decode, encode, findMentions, saysAll, type Named } from '../mentions/markup.ts';
import { mayMentionAll } from '../mentions/place.ts';
import { placeOf } from '../mentions/placeOf.ts';
import { scheduled } from '../later/scheduled.svelte.ts';
import { MAX_TEXT } from '../limits.ts';
import { MAX_FILES, Upload } from './upload.svelte.ts';

export interface ComposerPort {
  /** Names the draft: a conversation or a partner. */
  draftKey: string;
  send: (text: string, attachments: FileInfo[], more: MessageExtras) => Promise<void>;
  edit?: (message: Message, text: string) => Promise<void>;
  /** Where it is sent, once there is a conversation: only there something can be sent later. */
  conversation?: () => Id | null;
}

export class Composer {
  text = $state('');
  /** Whom the text may mention by name; those whose name stands in it are. */
  people = $state.raw<Named[]>([]);
  uploads = $state.raw<Upload[]>([]);
  /** What it replies to. */
  reply = $state.raw<Quoted | null>(null);
  editing = $state.raw<Message | null>(null);
  saving = $state.raw(false);
  editFailure = $state.raw('');

  /** A retry of the same words for the same time has the same key. */
  #later = new Submission();
  /** What was being written before an edit began. */
  #aside: { text: string; people: Named[] } = { text: '', people: [] };
  #hurried = $state.raw(false);
  /** Whose words they are, also when somebody else has signed in. */
  readonly #person = session.me?.id ?? 'visitor';

  constructor(readonly port: ComposerPort) {
    this.#adopt(drafts.read(this.#person, port.draftKey));
    this.reply = drafts.readState(this.#person, port.draftKey).reply ?? null;
  }

  /** Send was pressed before the last file was up: it goes out then. */
  get hurried(): boolean {
    return this.#hurried;
  }

  set hurried(hurried: boolean) {
    this.#hurried = hurried;
    if (hurried) awaitingFiles.add(this);
    else awaitingFiles.delete(this);
  }

  get left(): number {
    return MAX_TEXT - [...this.sendable].length;
  }

  /** The text as it is sent, with whom it mentions. */
  get sendable(): string {
    return encode(this.text, this.people);
  }

  /** Whether it notifies everybody, which moderators and owners may. */
  get mentionsAll(): boolean {
    return !this.editing && saysAll(this.text) && mayMentionAll(placeOf(this.port.conversation?.()));
  }

  get uploading(): boolean {
    return this.uploads.some((upload) => !upload.file && !upload.failure);
  }

  get ready(): boolean {
    if (this.left < 0 || this.saving || this.uploading || this.#isForeign) return false;
    if (this.editing) return this.text.trim() !== '';
    return !this.uploads.some((upload) => upload.failure) && (this.text.trim() !== '' || this.uploads.length > 0);
  }

  /** Keeps the draft; called with each change. */
  keep(): void {
    this.hurried = false;
    if (this.editing) return;
    drafts.write(this.#person, this.port.draftKey, this.sendable);
    const conversation = this.port.conversation?.();
    if (!conversation) return;
    this.#mark({ revision: drafts.readState(this.#person, this.port.draftKey).revision, at: serverTime.now(), dirty: true, reply: this.reply });
    savedDrafts.write(conversation, this.sendable, this.reply?.id);
  }

  /** Begins to reply to something, or to nothing any more; with what is written it is the same on all devices. */
  replyTo(quoted: Quoted | null): void {
    if (this.saving) return;
    this.reply = quoted;
    if (this.text) return this.keep();
    // Nothing is written yet: only this browser remembers it.
    const { revision, at } = drafts.readState(this.#person, this.port.draftKey);
    this.#mark({ revision, at, dirty: false, reply: quoted });
  }

  /** Takes over what the server keeps of it, or has it keep what is newer here; called with each news of it. */
  settle(conversation: Id, saved: SavedDraft | undefined): void {
    if (this.editing || this.saving) return;
    // What is on its way out is not written any more.
    if (saved && outbox.entries.some(({ target, draft }) => 'conversation' in target && target.conversation === conversation && (draft ?? 0) >= saved.revision)) return;
    const local = { text: this.sendable, ...drafts.readState(this.#person, this.port.draftKey) };
    const outcome = settle({ ...local, reply: this.reply?.id ?? null }, saved, saved !== undefined && savedDrafts.isOwn(saved));
    if (outcome === 'save') return savedDrafts.write(conversation, this.sendable, this.reply?.id);
    if (saved || outcome === 'take') this.reply = saved?.quoted && !saved.quoted.deleted ? saved.quoted : null;
    if (outcome === 'take') {
      this.#adopt(saved?.text ?? '');
      drafts.write(this.#person, this.port.draftKey, saved?.text ?? '');
    }
    const state = { revision: saved?.revision ?? 0, at: local.at, dirty: false, reply: this.reply };
    this.#mark(saved || this.reply ? state : null);
  }

  attach(files: Iterable<File>): void {
    if (this.saving) return;
    const room = MAX_FILES - this.uploads.length;
    this.uploads = [...this.uploads, ...[...files].slice(0, room).map((file) => new Upload(file, () => this.#uploaded()))];
  }

  detach(upload: Upload): void {
    upload.drop();
    this.uploads = this.uploads.filter((other) => other !== upload);
  }

  /** It is shown no more: what waits for its files still goes out, all else ends. */
  leave(): void {
    if (this.hurried) return;
    this.uploads.forEach((upload) => upload.drop());
    this.uploads = [];
  }

  async submit(): Promise<void> {
    this.hurried = this.uploading && this.left >= 0 && !this.#isForeign;
    if (!this.ready) return;
    if (this.editing) return this.#save();
    const { text, files, ...more } = this.#written;
    const quoted = this.reply;
    this.#empty();
    const draft = this.#forget();
    await this.port.send(text, files, { ...more, ...(quoted ? { quoted } : {}), ...(draft ? { draft } : {}) });
  }

  /** Sends what is written at another time; it stays in the field, unchanged, until the server has it. False: nothing to send. */
  async schedule(at: Iso): Promise<boolean> {
    const conversation = this.port.conversation?.();
    if (!conversation || !this.ready || this.editing) return false;
    const { files, ...written } = this.#written;
    const { reply } = this;
    const message = { ...written, attachments: files, send_at: at, ...(reply ? { reply_to: reply.id } : {}) };
    this.saving = true;
    try {
      await scheduled.add(conversation, message, this.#later.keyFor(message));
      this.#empty();
      const draft = this.#forget();
      if (draft) void savedDrafts.discard(conversation, draft);
      return true;
    } finally {
      this.saving = false;
    }
  }

  edit(message: Message): void {
    if (this.saving) return;
    if (!this.editing) this.#aside = { text: this.text, people: this.people };
    this.editing = message;
    this.#adopt(message.text);
    this.editFailure = '';
  }

  cancelEdit(): void {
    this.editing = null;
    this.editFailure = '';
    ({ text: this.text, people: this.people } = this.#aside);
  }

  get #written(): { text: string; files: FileInfo[]; mentions?: Id[]; mentions_all?: boolean } {
    const text = this.sendable.trim();
    const mentions = [...new Set(findMentions(text).map(({ id }) => id))];
    return { text, ...(mentions.length ? { mentions } : {}), ...(this.mentionsAll ? { mentions_all: true } : {}), files: this.uploads.map((upload) => upload.file).filter((file) => file !== null) };
  }

  #empty(): void {
    this.uploads.forEach((upload) => upload.drop());
    this.uploads = [];
    this.reply = null;
    this.#adopt('');
  }

  #adopt(text: string): void {
    ({ text: this.text, people: this.people } = decode(text));
  }

  /** Nothing is kept of what is sent; what the server had of it. */
  #forget(): number | undefined {
    const conversation = this.port.conversation?.();
    drafts.write(this.#person, this.port.draftKey, '');
    this.#mark(null);
    return conversation ? savedDrafts.take(conversation) : undefined;
  }

  #mark(state: DraftState | null): void {
    drafts.writeState(this.#person, this.port.draftKey, state);
  }

  #uploaded(): void {
    if (this.hurried && (!this.uploading || this.#isForeign)) void this.submit();
  }

  async #save(): Promise<void> {
    const { editing: message } = this;
    if (!message) return;
    const text = this.sendable.trim();
    if (text === message.text) return this.cancelEdit();
    this.saving = true;
    try {
      await this.port.edit?.(message, text);
      this.cancelEdit();
    } catch (error) {
      this.editFailure = error instanceof ApiProblem ? error.detail || error.title : 'cut';
    } finally {
      this.saving = false;
    }
  }

  get #isForeign(): boolean {
    return (session.me?.id ?? 'visitor') !== this.#person;
  }
}
