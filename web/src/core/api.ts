/** The native API from the browser: one function per method; throws `ApiProblem`, `NetworkFailure`, or the caller's abort. */
import { firstAnswer } from './firstAnswers.ts';
import { ApiProblem, NetworkFailure, problemFrom } from './problem.ts';
import { serverTime } from './serverTime.ts';
import type { FileInfo, Id } from './types.ts';
import { waiting } from './waiting.svelte.ts';

export { ApiProblem, NetworkFailure };

const ROOT = '/api/v1';

export interface RequestOptions {
  /** `Idempotency-Key`: the retry with the same key gets the first answer. */
  key?: string;
  signal?: AbortSignal;
  /** The app asks by itself, so that nobody waits for the answer. */
  unasked?: boolean;
}

type Query = Record<string, string | number | boolean | null | undefined>;
type Listener = () => void;

const signedOutListeners = new Set<Listener>();

/** Calls back when the server says that nobody is signed in any more (401 outside signing in). */
export function onUnauthenticated(listener: Listener): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

const unavailableListeners = new Set<(seconds: number | null) => void>();

/** Calls back when the server says that it cannot serve, with the seconds after which to ask again. */
export function onUnavailable(listener: (seconds: number | null) => void): () => void {
  unavailableListeners.add(listener);
  return () => unavailableListeners.delete(listener);
}

export const api = {
  get: async <T>(path: string, options?: RequestOptions) => firstAnswer<T>(path) ?? request<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) => request<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options?: RequestOptions) => request<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options?: RequestOptions) => request<T>('PATCH', path, body, options),
  delete: <T>(path: string, body?: unknown, options?: RequestOptions) => request<T>('DELETE', path, body, options),
  upload,
};

/** `query('/people', {q: 'anna', role: null})` → `/people?q=anna`; null, undefined and '' are left out. */
export function query(path: string, values: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Where the bytes of a file are. */
export function fileUrl(id: Id, options: { thumbnail?: boolean; download?: boolean } = {}): string {
  return `${ROOT}/files/${id}${options.thumbnail ? '/thumbnail' : ''}${options.download ? '?download=1' : ''}`;
}

async function request<T>(method: string, path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() };
  // A file travels as it is.
  if (body !== undefined) headers['Content-Type'] = body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json';
  if (options.key) headers['Idempotency-Key'] = options.key;
  let response: Response;
  let text: string;
  const asked = Date.now();
  const answered = options.unasked ? undefined : waiting.begin();
  try {
    response = await fetch(ROOT + path, {
      method,
      headers,
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      signal: options.signal,
      credentials: 'same-origin',
    });
    serverTime.learn(response.headers.get('date'), asked, Date.now());
    text = response.status === 204 ? '' : await response.text();
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new NetworkFailure(error);
  } finally {
    answered?.();
  }
  return settle<T>(response.status, text, (name) => response.headers.get(name));
}

function settle<T>(status: number, text: string, header: (name: string) => string | null): T {
  if (status >= 200 && status < 300) {
    if (!text) return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch (error) {
      // A captive portal or a proxy answered in the server's place.
      throw new NetworkFailure(error);
    }
  }
  const problem = problemFrom(status, text, header);
  if (status === 401 && problem.code !== 'wrong_credentials') signedOutListeners.forEach((listener) => listener());
  if (problem.code === 'unavailable') unavailableListeners.forEach((listener) => listener(problem.retryAfter));
  throw problem;
}

/** Sends one file; `onProgress` gets 0…1. XMLHttpRequest, since fetch cannot tell how far an upload is. */
function upload(
  file: Blob,
  name: string,
  options: RequestOptions & { onProgress?: (share: number) => void } = {},
): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', ROOT + query('/files', { name }));
    xhr.setRequestHeader('Accept-Language', language());
    xhr.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    if (options.key) xhr.setRequestHeader('Idempotency-Key', options.key);
    // How far it is on its way is shown by whoever sends it; then the server has to be waited for as ever.
    let answered: (() => void) | undefined;
    xhr.upload.onload = () => (answered = waiting.begin());
    xhr.onloadend = () => answered?.();
    xhr.upload.onprogress = (event) => event.lengthComputable && options.onProgress?.(event.loaded / event.total);
    xhr.onerror = () => reject(new NetworkFailure());
    xhr.onabort = () => reject(options.signal?.reason ?? new DOMException('aborted', 'AbortError'));
    xhr.onload = () => {
      try {
        resolve(settle<FileInfo>(xhr.status, xhr.responseText, (header) => xhr.getResponseHeader(header)));
      } catch (error) {
        reject(error);
      }
    };
    if (options.signal?.aborted) return xhr.onabort?.(new ProgressEvent('abort'));
    options.signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(file);
  });
}

/** The language the app is shown in: the shell keeps `<html lang>` in step with the reader's choice. */
function language(): string {
  return document.documentElement.lang || 'en';
}
