import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, NetworkFailure } from '../../core/api.ts';
import { uploadInParts } from './resumable.ts';

const MEGABYTE = 1024 * 1024;
const source = new File([new Uint8Array(20 * MEGABYTE)], 'plan é.pdf', { lastModified: 1 });

/** A server that keeps uploads, and a network that breaks as often as it is told. */
class Server {
  offset = 0;
  places = 0;
  ended = 0;
  /** How many of the next parts break after half of them was kept. */
  breaks = 0;
  refusal: { status: number; body: object } | null = null;
  names: string[] = [];
  keys: string[] = [];
  /** How many of the next beginnings happen and their answers are lost. */
  lost = 0;

  fetch = async (path: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
    if (this.refusal) return new Response(JSON.stringify(this.refusal.body), { status: this.refusal.status });
    if (method === 'POST') {
      this.names.push(headers['Upload-Metadata'] ?? '');
      this.keys.push(headers['Idempotency-Key'] ?? '');
      this.offset = 0;
      if (this.lost && this.lost--) throw new TypeError('Failed to fetch');
      return new Response('', { status: 201, headers: { Location: `/api/v1/uploads/${++this.places}` } });
    }
    if (method === 'DELETE') this.ended += 1;
    if (method === 'PUT') return Response.json({ id: 'f', size: this.offset });
    if (path !== `/api/v1/uploads/${this.places}`) return new Response('{"code":"not_found"}', { status: 404 });
    return new Response('', { status: 200, headers: { 'Upload-Offset': String(this.offset) } });
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
      open() {}
      abort() {}
      setRequestHeader(name: string, value: string) {
        if (name === 'Upload-Offset') this.#from = Number(value);
      }
      getResponseHeader = () => String(server.offset);
      send(part: Blob) {
        const broken = server.breaks > 0 && server.breaks--;
        const moved = this.#from !== server.offset;
        if (!moved) server.offset += broken ? part.size / 2 : part.size;
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
    expect(await hurried(uploadInParts(source, source.name, seen))).toEqual({ id: 'f', size: source.size });
    expect(seen.onProgress.mock.calls.map(([share]) => Math.round(share * 100))).toEqual([40, 80, 100]);
    expect(server.names).toEqual(['filename cGxhbiDDqS5wZGY=']);
    expect(localStorage.length).toBe(0);
  });

  it('goes on with what the server kept when the connection breaks', async () => {
    server.breaks = 3;
    const seen = watched();
    expect(await hurried(uploadInParts(source, source.name, seen))).toEqual({ id: 'f', size: source.size });
    expect(server.places).toBe(1);
    expect(seen.onWaiting.mock.calls.flat()).toContain(true);
    expect(seen.onWaiting).toHaveBeenLastCalledWith(false);
  });

  it('is given up after many attempts, and goes on when it is tried again, also after a reload', async () => {
    server.breaks = 100;
    await expect(hurried(uploadInParts(source, source.name, watched()))).rejects.toBeInstanceOf(NetworkFailure);
    const before = server.offset;
    expect(before).toBeGreaterThan(0);
    server.breaks = 0;
    expect(await hurried(uploadInParts(source, source.name, watched()))).toEqual({ id: 'f', size: source.size });
    expect(server.places).toBe(1);
  });

  it('begins anew when the server has forgotten it', async () => {
    server.breaks = 100;
    await expect(hurried(uploadInParts(source, source.name, watched()))).rejects.toBeInstanceOf(NetworkFailure);
    server.breaks = 0;
    server.places = 7;
    expect(await hurried(uploadInParts(source, source.name, watched()))).toEqual({ id: 'f', size: source.size });
    expect(server.places).toBe(8);
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
    expect(server.ended).toBe(1);
    expect(localStorage.length).toBe(0);
  });
});
