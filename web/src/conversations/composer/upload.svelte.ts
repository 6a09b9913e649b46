/** One attachment on its way up, before the message it belongs to is sent. */
import { api, ApiProblem } from '../../core/api.ts';
import { newKey } from '../../core/keys.ts';
import type { FileInfo } from '../../core/types.ts';
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
