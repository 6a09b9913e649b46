/** What is being written: text that survives a reload, attachments on their way up, or an edit of an own message. */
import { api, ApiProblem } from '../../core/api.ts';
import { drafts } from '../../core/drafts.ts';
import { newKey } from '../../core/keys.ts';
import { session } from '../../core/session.svelte.ts';
import type { Message } from '../../core/conversationTypes.ts';
import type { FileInfo, Id, Iso } from '../../core/types.ts';
import { Submission } from '../../ui/submission.svelte.ts';
import { scheduled } from '../later/scheduled.svelte.ts';
import { MAX_TEXT } from '../limits.ts';
import { isPicture } from '../pictures.ts';

export const MAX_FILE = 25 * 1024 * 1024;
export const MAX_FILES = 10;

export class Upload {
  readonly id = newKey();
  /** 0…1 */
  share = $state.raw(0);
  file = $state.raw<FileInfo | null>(null);
  failure = $state.raw<'too_large' | 'beyond_proxy' | 'refused' | 'cut' | null>(null);
  /** What the server said, when it refused. */
  reason = $state.raw('');
  readonly preview: string | null;
  #stop = new AbortController();

  constructor(
    readonly source: File,
    readonly ondone: () => void,
  ) {
    this.preview = isPicture({ media_type: source.type }) ? URL.createObjectURL(source) : null;
    void this.start();
  }

  async start(): Promise<void> {
    this.share = 0;
    this.failure = this.source.size > MAX_FILE ? 'too_large' : null;
    if (this.failure) return;
    try {
      const name = this.source.name || 'file';
      this.file = await api.upload(this.source, name, { signal: this.#stop.signal, onProgress: (share) => (this.share = share) });
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.failure = error instanceof ApiProblem ? failureOf(error) : 'cut';
      if (error instanceof ApiProblem) this.reason = error.detail || error.title;
    } finally {
      this.ondone();
    }
  }

  drop(): void {
    this.#stop.abort();
    if (this.preview) URL.revokeObjectURL(this.preview);
  }
}

function failureOf(problem: ApiProblem): 'too_large' | 'beyond_proxy' | 'refused' {
  if (problem.beyondProxy) return 'beyond_proxy';
  return problem.status === 413 ? 'too_large' : 'refused';
}

export interface ComposerPort {
  /** Names the draft: a conversation or a partner. */
  draftKey: string;
  send: (text: string, attachments: FileInfo[]) => Promise<void>;
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
    if (!this.editing) drafts.write(this.#person, this.port.draftKey, this.text);
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
    await this.port.send(text, files);
    this.keep();
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
      this.keep();
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
