/** What is being written: text that survives a reload, attachments on their way up, or an edit of an own message. */
import { ApiProblem } from '../../core/api.ts';
import { drafts, type DraftState } from '../../core/drafts.ts';
import { settle } from '../../core/draftSync.ts';
import { outbox } from '../../core/outbox/index.ts';
import { savedDrafts, type SavedDraft } from '../../core/savedDrafts.svelte.ts';
import { serverTime } from '../../core/serverTime.ts';
import { session } from '../../core/session.svelte.ts';
import type { Message } from '../../core/conversationTypes.ts';
import type { FileInfo, Id, Iso } from '../../core/types.ts';
import { Submission } from '../../ui/submission.svelte.ts';
import { scheduled } from '../later/scheduled.svelte.ts';
import { MAX_TEXT } from '../limits.ts';
import { MAX_FILES, Upload } from './upload.svelte.ts';

export interface ComposerPort {
  /** Names the draft: a conversation or a partner. */
  draftKey: string;
  /** `draft` is the revision of what the server keeps of it. */
  send: (text: string, attachments: FileInfo[], draft?: number) => Promise<void>;
  edit?: (message: Message, text: string) => Promise<void>;
  /** Where it is sent, once there is a conversation: only there something can be sent later. */
  conversation?: () => Id | null;
}

export class Composer {
  text = $state('');
  uploads = $state.raw<Upload[]>([]);
  editing = $state.raw<Message | null>(null);
  saving = $state.raw(false);
  editFailure = $state.raw('');
  /** Send was pressed before the last file was up: it goes out then. */
  hurried = $state.raw(false);

  /** A retry of the same words for the same time has the same key. */
  #later = new Submission();
  /** What was being written before an edit began. */
  #aside = '';

  constructor(readonly port: ComposerPort) {
    this.text = drafts.read(this.#person, port.draftKey);
  }

  get left(): number {
    return MAX_TEXT - [...this.text].length;
  }

  get uploading(): boolean {
    return this.uploads.some((upload) => !upload.file && !upload.failure);
  }

  get ready(): boolean {
    if (this.left < 0 || this.saving || this.uploading) return false;
    if (this.editing) return this.text.trim() !== '';
    return !this.uploads.some((upload) => upload.failure) && (this.text.trim() !== '' || this.uploads.length > 0);
  }

  /** Keeps the draft; called with each change. */
  keep(): void {
    this.hurried = false;
    if (this.editing) return;
    drafts.write(this.#person, this.port.draftKey, this.text);
    const conversation = this.port.conversation?.();
    if (!conversation) return;
    this.#mark({ revision: drafts.readState(this.#person, this.port.draftKey).revision, at: serverTime.now(), dirty: true });
    savedDrafts.write(conversation, this.text);
  }

  /** Takes over what the server keeps of it, or has it keep what is newer here; called with each news of it. */
  settle(conversation: Id, saved: SavedDraft | undefined): void {
    if (this.editing || this.saving) return;
    // What is on its way out is not written any more.
    if (saved && outbox.entries.some(({ target, draft }) => 'conversation' in target && target.conversation === conversation && (draft ?? 0) >= saved.revision)) return;
    const local = { text: this.text, ...drafts.readState(this.#person, this.port.draftKey) };
    const outcome = settle(local, saved, saved !== undefined && savedDrafts.isOwn(saved));
    if (outcome === 'save') return savedDrafts.write(conversation, this.text);
    if (outcome === 'take') {
      this.text = saved?.text ?? '';
      drafts.write(this.#person, this.port.draftKey, this.text);
    }
    this.#mark(saved ? { revision: saved.revision, at: local.at, dirty: false } : null);
  }

  attach(files: Iterable<File>): void {
    const room = MAX_FILES - this.uploads.length;
    this.uploads = [...this.uploads, ...[...files].slice(0, room).map((file) => new Upload(file, () => this.#uploaded()))];
  }

  detach(upload: Upload): void {
    upload.drop();
    this.uploads = this.uploads.filter((other) => other !== upload);
  }

  async submit(): Promise<void> {
    this.hurried = this.uploading && this.left >= 0;
    if (!this.ready) return;
    if (this.editing) return this.#save();
    const { text, files } = this.#written;
    this.#empty();
    await this.port.send(text, files, this.#forget());
  }

  /** Sends what is written at another time; it stays in the field until the server has it. */
  async schedule(at: Iso): Promise<void> {
    const conversation = this.port.conversation?.();
    if (!conversation || !this.ready || this.editing) return;
    const { text, files } = this.#written;
    const message = { text, attachments: files, send_at: at };
    this.saving = true;
    try {
      await scheduled.add(conversation, message, this.#later.keyFor(message));
      this.#empty();
      const draft = this.#forget();
      if (draft) void savedDrafts.discard(conversation, draft);
    } finally {
      this.saving = false;
    }
  }

  edit(message: Message): void {
    if (!this.editing) this.#aside = this.text;
    this.editing = message;
    this.text = message.text;
    this.editFailure = '';
  }

  cancelEdit(): void {
    this.editing = null;
    this.editFailure = '';
    this.text = this.#aside;
  }

  get #written(): { text: string; files: FileInfo[] } {
    return { text: this.text.trim(), files: this.uploads.map((upload) => upload.file).filter((file) => file !== null) };
  }

  #empty(): void {
    this.uploads.forEach((upload) => upload.drop());
    this.uploads = [];
    this.text = '';
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
    if (this.hurried && !this.uploading) void this.submit();
  }

  async #save(): Promise<void> {
    const { editing: message } = this;
    if (!message) return;
    const text = this.text.trim();
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

  get #person(): string {
    return session.me?.id ?? 'visitor';
  }
}
