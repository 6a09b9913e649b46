/**
 * Large files go up in parts (tus 1.0): what the server has need not be sent again after a break of the connection, nor
 * after a reload, when the same file is chosen again.
 */
import { api, ApiProblem, NetworkFailure } from '../../core/api.ts';
import { get, set } from '../../core/drafts.ts';
import { whileHolding } from '../../core/holding.ts';
import { newKey } from '../../core/keys.ts';
import { problemFrom } from '../../core/problem.ts';
import { session } from '../../core/session.svelte.ts';
import type { FileInfo, Id } from '../../core/types.ts';
import { uploadPlaces } from '../../core/uploadPlaces.ts';

/** Up to here a file goes up in one request. */
export const WHOLE = 8 * 1024 * 1024;
const PART = 8 * 1024 * 1024;
const ROOT = '/api/v1';
const TUS = { 'Tus-Resumable': '1.0.0' };
/** Before each attempt that follows one without progress, in milliseconds; after the last the person is asked. */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** A connection on which nothing moves for so long is as good as broken. */
const STILL = 30_000;

interface Watched {
  signal: AbortSignal;
  /** 0…1 */
  onProgress: (share: number) => void;
  /** Whether the connection is waited for. */
  onWaiting: (waiting: boolean) => void;
}

/** Throws `ApiProblem`, `NetworkFailure` once all attempts failed, or what the signal was aborted for. */
export async function uploadInParts(source: File, name: string, watched: Watched): Promise<FileInfo> {
  const person = session.me?.id;
  const kept = uploadPlaces.nameFor(person ?? 'visitor', source, name);
  // The same file may be on its way for another message: each has an upload of its own, and one is kept.
  return whileHolding(kept, (holding) => goUp(source, name, watched, { person, kept: holding ? kept : null }));
}

async function goUp(source: File, name: string, watched: Watched, { person, kept }: { person: Id | undefined; kept: string | null }): Promise<FileInfo> {
  const keep = (at: string | null) => kept && set(kept, at);
  let place = kept && get(kept);
  let sent: number | null = place ? null : 0;
  // Of an answer that is lost the upload is found again by it.
  let key = newKey();
  for (let failures = 0; ; ) {
    try {
      place ??= await begin(source.size, name, key, watched.signal);
      keep(place);
      sent ??= await offset(place, watched.signal);
      watched.onWaiting(false);
      while (sent < source.size) {
        sent = await send(place, sent, source, watched);
        failures = 0;
      }
      const file: FileInfo = await api.put(`${place.slice(ROOT.length)}/file`, undefined, { signal: watched.signal, unasked: true });
      keep(null);
      return file;
    } catch (error) {
      if (watched.signal.aborted) {
        // Of whoever is signed in now it is no business.
        if (session.me?.id !== person) throw error;
        keep(null);
        if (place) void fetch(place, { method: 'DELETE', headers: TUS }).catch(() => undefined);
        throw error;
      }
      const gone = error instanceof ApiProblem && (error.status === 404 || error.code === 'too_many_parts') && place !== null;
      const wait = PAUSES[failures++];
      if (wait === undefined || !(gone || mayPass(error))) throw error;
      if (gone) {
        keep((place = null));
        key = newKey();
      }
      sent = gone ? 0 : null;
      watched.onWaiting(true);
      await pause(wait, watched.signal);
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof NetworkFailure || (error instanceof ApiProblem && (error.passing || error.code === 'upload_moved'));
}

async function begin(size: number, name: string, key: string, signal: AbortSignal): Promise<string> {
  const filename = btoa(String.fromCharCode(...new TextEncoder().encode(name)));
  const headers = { ...TUS, 'Idempotency-Key': key, 'Upload-Length': String(size), 'Upload-Metadata': `filename ${filename}` };
  const answer = await ask(`${ROOT}/uploads`, 'POST', headers, signal);
  return answer.headers.get('location') ?? Promise.reject(new NetworkFailure());
}

async function offset(place: string, signal: AbortSignal): Promise<number> {
  return Number((await ask(place, 'HEAD', TUS, signal)).headers.get('upload-offset'));
}

async function ask(path: string, method: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers: { ...headers, ...spoken() }, signal, credentials: 'same-origin' });
  } catch (error) {
    throw signal.aborted ? error : new NetworkFailure(error);
  }
  if (!answer.ok) throw problemFrom(answer.status, await answer.text(), (header) => answer.headers.get(header));
  return answer;
}

/** Sends the next part and returns how far the upload is then. XMLHttpRequest, since fetch cannot tell how far that is. */
function send(place: string, from: number, source: File, { signal, onProgress }: Watched): Promise<number> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let still: ReturnType<typeof setTimeout> | undefined;
    const stop = () => xhr.abort();
    const moved = () => {
      clearTimeout(still);
      still = setTimeout(stop, STILL);
    };
    xhr.open('PATCH', place);
    const headers = { ...TUS, ...spoken(), 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(from) };
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      moved();
      onProgress((from + event.loaded) / source.size);
    };
    xhr.onerror = () => reject(new NetworkFailure());
    xhr.onabort = () => reject(signal.aborted ? signal.reason : new NetworkFailure());
    xhr.onload = () => {
      if (xhr.status === 204) resolve(Number(xhr.getResponseHeader('upload-offset')));
      else reject(problemFrom(xhr.status, xhr.responseText, (header) => xhr.getResponseHeader(header)));
    };
    xhr.onloadend = () => {
      clearTimeout(still);
      signal.removeEventListener('abort', stop);
      window.removeEventListener('offline', stop);
    };
    signal.addEventListener('abort', stop);
    window.addEventListener('offline', stop);
    moved();
    xhr.send(source.slice(from, from + PART));
  });
}

function spoken(): Record<string, string> {
  return { 'Accept-Language': document.documentElement.lang || 'en' };
}

/** Waits, but no longer than until the browser is online again. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    window.addEventListener('online', go);
    signal.addEventListener('abort', go);
  });
}
