/** One attachment on its way up, before the message it belongs to is sent. */
import { api, ApiProblem } from '../../core/api.ts';
import { instance } from '../../core/instance.svelte.ts';
import { newKey } from '../../core/keys.ts';
import { session } from '../../core/session.svelte.ts';
import type { FileInfo } from '../../core/types.ts';
import { isPicture } from '../pictures.ts';
import { uploadInParts, WHOLE } from './resumable.ts';

export const MAX_FILES = 10;

export class Upload {
  readonly id = newKey();
  /** 0…1 */
  share = $state.raw(0);
  file = $state.raw<FileInfo | null>(null);
  failure = $state.raw<'too_large' | 'beyond_proxy' | 'refused' | 'cut' | null>(null);
  /** The connection is gone, and is waited for. */
  waiting = $state.raw(false);
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

  /** Bytes of the largest file that the server takes, once that is asked; small ones are sent without a question. */
  get most(): number | null {
    return instance.known?.max_file_bytes ?? null;
  }

  async start(): Promise<void> {
    this.share = 0;
    this.failure = null;
    // It is nothing to whoever signs in next.
    const end = session.onPerson(() => this.drop());
    try {
      if (this.source.size > WHOLE && this.most === null) await instance.load();
      if (this.source.size > (this.most ?? Infinity)) this.failure = 'too_large';
      if (this.failure || this.#stop.signal.aborted) return;
      this.file = await this.#send(this.source.name || 'file');
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.failure = error instanceof ApiProblem ? failureOf(error) : 'cut';
      if (error instanceof ApiProblem) this.reason = error.detail || error.title;
    } finally {
      end();
      this.waiting = false;
      this.ondone();
    }
  }

  async #send(name: string): Promise<FileInfo> {
    const watched = { signal: this.#stop.signal, onProgress: (share: number) => (this.share = share) };
    if (this.source.size <= WHOLE) return api.upload(this.source, name, watched);
    return uploadInParts(this.source, name, { ...watched, onWaiting: (waiting) => (this.waiting = waiting) });
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
