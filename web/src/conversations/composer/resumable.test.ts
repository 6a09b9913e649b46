import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, NetworkFailure } from '../../core/api.ts';
import { session } from '../../core/session.svelte.ts';
import type { Me } from '../../core/types.ts';
import { uploadInParts } from './resumable.ts';

const MEGABYTE = 1024 * 1024;
const source = new File([new Uint8Array(20 * MEGABYTE)], 'plan é.pdf', { lastModified: 1 });

/** A server that keeps uploads, and a network that breaks as often as it is told. */
class Server {
  /** How much of each upload is there, by its address. */
  kept = new Map<string, number>();
  places = 0;
  ended: string[] = [];
  /** How many of the next parts break after half of them was kept. */
  breaks = 0;
  refusal: { status: number; body: object } | null = null;
  names: string[] = [];
  keys: string[] = [];
  /** How many of the next beginnings happen and their answers are lost. */
  lost = 0;

  fetch = async (path: string, { method, headers, signal }: { method: string; headers: Record<string, string>; signal?: AbortSignal | null }) => {
    signal?.throwIfAborted();
    if (this.refusal) return new Response(JSON.stringify(this.refusal.body), { status: this.refusal.status });
    if (method === 'POST') {
      this.names.push(headers['Upload-Metadata'] ?? '');
      this.keys.push(headers['Idempotency-Key'] ?? '');
      if (this.lost && this.lost--) throw new TypeError('Failed to fetch');
      const place = `/api/v1/uploads/${++this.places}`;
      this.kept.set(place, 0);
      return new Response('', { status: 201, headers: { Location: place } });
    }
    const place = path.replace(/\/file$/, '');
    const offset = this.kept.get(place);
    if (offset === undefined) return new Response('{"code":"not_found"}', { status: 404 });
    if (method === 'DELETE') this.ended.push(place);
    if (method === 'PUT') return Response.json({ id: place.slice(-1), size: offset });
    return new Response('', { status: 200, headers: { 'Upload-Offset': String(offset) } });
  };

  request() {
    const server = this;
    return class {
      upload: { onprogress?: (event: object) => void } = {};
      status = 0;
      responseText = '';
      onload?: () => void;
      onerror?: () => void;
      onloadend?: () => void;
      #from = 0;
      #place = '';
      open(_: string, place: string) {
        this.#place = place;
      }
      abort() {}
      setRequestHeader(name: string, value: string) {
        if (name === 'Upload-Offset') this.#from = Number(value);
      }
      getResponseHeader = () => String(server.kept.get(this.#place));
      send(part: Blob) {
        const broken = server.breaks > 0 && server.breaks--;
        const moved = this.#from !== server.kept.get(this.#place);
        if (!moved) server.kept.set(this.#place, this.#from + (broken ? part.size / 2 : part.size));
        this.upload.onprogress?.({ loaded: part.size });
        queueMicrotask(() => {
          this.status = moved ? 409 : 204;
          this.responseText = moved ? '{"code":"upload_moved"}' : '';
          if (broken) this.onerror?.();
          else this.onload?.();
          this.onloadend?.();
        });
      }
    };
  }
}

/** What comes of it, without the pauses. */
async function hurried<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const ended = work.finally(() => (over = true));
  ended.catch(() => undefined);
  while (!over) await vi.advanceTimersByTimeAsync(1_000);
  return ended;
}

describe('a large file', () => {
  let server: Server;
  const watched = () => ({ signal: new AbortController().signal, onProgress: vi.fn(), onWaiting: vi.fn() });

  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
    server = new Server();
    vi.stubGlobal('fetch', server.fetch);
    vi.stubGlobal('XMLHttpRequest', server.request());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('goes up in parts under its name, and tells how far it is', async () => {
    const seen = watched();
    expect(await hurried(uploadInParts(source, source.name, seen))).toEqual({ id: '1', size: source.size });
    expect(seen.onProgress.mock.calls.map(([share]) => Math.round(share * 100))).toEqual([40, 80, 100]);
    expect(server.names).toEqual(['filename cGxhbiDDqS5wZGY=']);
    expect(localStorage.length).toBe(0);
  });

  it('goes on with what the server kept when the connection breaks', async () => {
    server.breaks = 3;
    const seen = watched();
    expect(await hurried(uploadInParts(source, source.name, seen))).toEqual({ id: '1', size: source.size });
    expect(server.places).toBe(1);
    expect(seen.onWaiting.mock.calls.flat()).toContain(true);
    expect(seen.onWaiting).toHaveBeenLastCalledWith(false);
  });

  it('is given up after many attempts, and goes on when it is tried again, also after a reload', async () => {
    server.breaks = 100;
    await expect(hurried(uploadInParts(source, source.name, watched()))).rejects.toBeInstanceOf(NetworkFailure);
    expect(server.kept.get('/api/v1/uploads/1')).toBeGreaterThan(0);
    server.breaks = 0;
    expect(await hurried(uploadInParts(source, source.name, watched()))).toEqual({ id: '1', size: source.size });
    expect(server.places).toBe(1);
  });

  it('begins anew when the server has forgotten it', async () => {
    server.breaks = 100;
    await expect(hurried(uploadInParts(source, source.name, watched()))).rejects.toBeInstanceOf(NetworkFailure);
    server.breaks = 0;
    server.kept.clear();
    expect(await hurried(uploadInParts(source, source.name, watched()))).toEqual({ id: '2', size: source.size });
  });

  it('is begun once though the answer to that is lost, and anew under another key when it is chosen again', async () => {
    server.lost = 2;
    await hurried(uploadInParts(source, source.name, watched()));
    expect(new Set(server.keys).size).toBe(1);
    expect(server.keys).toHaveLength(3);
    await hurried(uploadInParts(source, source.name, watched()));
    expect(new Set(server.keys.filter(Boolean)).size).toBe(2);
  });

  it('says at once what the server refuses', async () => {
    server.refusal = { status: 429, body: { code: 'quota_exceeded', detail: 'No more today.' } };
    const refused = await hurried(uploadInParts(source, source.name, watched())).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect((refused as ApiProblem).detail).toBe('No more today.');
  });

  it('is ended on the server when it is cancelled', async () => {
    const stop = new AbortController();
    server.breaks = 100;
    const cancelled = hurried(uploadInParts(source, source.name, { ...watched(), signal: stop.signal, onWaiting: (waiting) => waiting && stop.abort() }));
    await expect(cancelled).rejects.toBeDefined();
    expect(server.ended).toEqual(['/api/v1/uploads/1']);
    expect(localStorage.length).toBe(0);
  });

  describe.each(['with locks', 'without'])('chosen for two messages, %s,', (locks) => {
    const held = new Set<string>();
    const request = async (name: string, _: object, work: (lock: object | null) => Promise<unknown>) => {
      if (held.has(name)) return work(null);
      held.add(name);
      return work({}).finally(() => held.delete(name));
    };
    beforeEach(() => vi.stubGlobal('navigator', locks === 'without' ? {} : { locks: { request } }));

    it('goes up once for each', async () => {
      const both = [1, 2].map(() => uploadInParts(source, source.name, watched()));
      expect((await hurried(Promise.all(both))).map(({ id }) => id).sort()).toEqual(['1', '2']);
      expect(localStorage.length).toBe(0);
    });

    it('still goes up for one when the other is taken away', async () => {
      const stop = new AbortController();
      server.breaks = 2;
      const first = uploadInParts(source, source.name, watched());
      const second = uploadInParts(source, source.name, { ...watched(), signal: stop.signal, onWaiting: (waiting) => waiting && stop.abort() });
      await expect(hurried(second)).rejects.toBeDefined();
      expect(await hurried(first)).toMatchObject({ size: source.size });
      expect(server.ended).toHaveLength(1);
    });
  });

  it('is left as it is when somebody else has signed in', async () => {
    session.me = { id: 'ida' } as Me;
    const stop = new AbortController();
    server.breaks = 1;
    const onWaiting = (waiting: boolean) => {
      if (!waiting) return;
      session.me = { id: 'oliver' } as Me;
      stop.abort();
    };
    await expect(hurried(uploadInParts(source, source.name, { ...watched(), signal: stop.signal, onWaiting }))).rejects.toBeDefined();
    expect(server.ended).toEqual([]);
    session.me = { id: 'ida' } as Me;
    expect(await hurried(uploadInParts(source, source.name, watched()))).toMatchObject({ id: '1' });
    session.me = null;
  });
});
