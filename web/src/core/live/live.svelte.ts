/**
 * The live connection: one WebSocket for all that the person may see. After each `welcome` the registered readers bring
 * their state up to date by HTTP; frames that raced in are handed out after that. A lost connection is told honestly.
 */
import { session } from '../session.svelte.ts';
import type { Id } from '../types.ts';
import { Backoff } from './backoff.ts';
import type { Frame, Said } from './frames.ts';

export type LiveState = 'idle' | 'connecting' | 'live' | 'offline' | 'catching_up';
type FrameListener = (frame: Frame) => unknown;
type Reader = () => Promise<void>;

const SILENCE = 45_000;
const DOUBT = 25_000;
const SIGNED_OUT = 4401;
/** The server stops, or has no room yet: it has said why, and that is not the session. */
const COME_LATER = [1012, 1013];
/** The same person has opened so many connections that this one had to go. */
const OUTNUMBERED = 4409;

export class Live {
  state = $state.raw<LiveState>('idle');
  /** When the next attempt is due (ms since the epoch), while offline. */
  nextAttemptAt = $state.raw<number | null>(null);
  /** Who the server has welcomed on the present connection. */
  welcomedAs: Id | null = null;
  /** True once a connection was lost since the last time all was well. */
  interrupted = $state.raw(false);

  #socket: WebSocket | null = null;
  #person: Id | null = null;
  #listeners = new Set<FrameListener>();
  #readers = new Set<Reader>();
  #greetings = new Set<() => Said>();
  #raced: Frame[] | null = null;
  #again = false;
  #backoff = new Backoff();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;

  /** Hands out every frame but beats and welcomes. */
  onFrame(listener: FrameListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hands out the frames of one type. */
  on<T extends Frame['type']>(type: T, listener: (frame: Extract<Frame, { type: T }>) => void): () => void {
    return this.onFrame((frame) => frame.type === type && listener(frame as Extract<Frame, { type: T }>));
  }

  /** Registers who must read state after each welcome; a rejected reading is repeated. */
  onWelcome(reader: Reader): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Registers what is said first of all on each connection. */
  greet(greeting: () => Said): () => void {
    this.#greetings.add(greeting);
    return () => this.#greetings.delete(greeting);
  }

  /** Connects as `person` and stays connected until `stop`. */
  start(person: Id): void {
    if (this.#person === person) return;
    this.stop();
    this.#person = person;
    addEventListener('online', this.#wake);
    addEventListener('offline', this.#lose);
    document.addEventListener('visibilitychange', this.#doubt);
    this.#watch = setInterval(() => this.#silence() > SILENCE && this.#drop(4408), 5_000);
    this.#connect();
  }

  stop(): void {
    this.#person = null;
    removeEventListener('online', this.#wake);
    removeEventListener('offline', this.#lose);
    document.removeEventListener('visibilitychange', this.#doubt);
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#detach()?.close(1000);
    this.state = 'idle';
    this.interrupted = false;
  }

  send(frame: Said): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Tries at once instead of waiting for the back-off. */
  retryNow(): void {
    this.#backoff.reset();
    this.#connect();
  }

  /** Has every reader bring its state up to date again, when one found that it cannot be sure. */
  resync(): void {
    if (this.state === 'live') void this.#catchUp(this.#socket);
  }

  #connect = (): void => {
    clearTimeout(this.#retry);
    if (!this.#person || this.#socket) return;
    this.state = 'connecting';
    this.nextAttemptAt = null;
    this.#heardAt = Date.now();
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`);
    this.#socket = socket;
    socket.onopen = () => this.#socket === socket && [...this.#greetings].forEach((greeting) => this.send(greeting()));
    socket.onmessage = (event) => this.#socket === socket && this.#take(JSON.parse(String(event.data)) as Frame);
    socket.onclose = (event) => this.#socket === socket && this.#lost(event.code);
  };

  #take(frame: Frame): void {
    this.#heardAt = Date.now();
    if (frame.type === 'beat') this.send({ type: 'beat' });
    else if (frame.type === 'welcome') {
      this.welcomedAs = frame.person;
      void this.#catchUp(this.#socket);
    }
    else if (this.#raced) this.#raced.push(frame);
    else this.#hand(frame);
  }

  #hand(frame: Frame): void {
    for (const listener of this.#listeners) listener(frame);
  }

  async #catchUp(socket: WebSocket | null): Promise<void> {
    if (this.#raced) {
      // Something may have been missed until now: what is being read may be older than that.
      this.#again = true;
      return;
    }
    this.#raced = [];
    this.state = 'catching_up';
    const patience = new Backoff();
    for (;;) {
      this.#again = false;
      const results = await Promise.allSettled([...this.#readers].map((reader) => reader()));
      if (this.#socket !== socket) return;
      if (this.#again) continue;
      if (results.every((result) => result.status === 'fulfilled')) break;
      await new Promise((resolve) => setTimeout(resolve, 200 + patience.next()));
      if (this.#socket !== socket) return;
    }
    const raced = this.#raced;
    this.#raced = null;
    for (const frame of raced) this.#hand(frame);
    this.#backoff.reset();
    this.state = 'live';
    this.interrupted = false;
  }

  #lost(code: number): void {
    const welcomed = this.state === 'live' || this.state === 'catching_up';
    this.#detach();
    this.interrupted = true;
    this.state = 'offline';
    // A refused handshake shows as an unexplained close: ask whether the session still stands.
    if (code === SIGNED_OUT || (!welcomed && !COME_LATER.includes(code))) void session.refresh();
    // Nobody looks at this page: its coming back would only close another one. It connects when it is looked at.
    if (code === OUTNUMBERED && document.visibilityState === 'hidden') return void (this.nextAttemptAt = null);
    const wait = this.#backoff.next();
    this.nextAttemptAt = Date.now() + wait;
    this.#retry = setTimeout(this.#connect, wait);
  }

  #detach(): WebSocket | null {
    const socket = this.#socket;
    this.#socket = null;
    this.#raced = null;
    this.welcomedAs = null;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    return socket;
  }

  #drop(code: number): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#lost(code);
    socket.close(code);
  }

  #silence(): number {
    return Date.now() - this.#heardAt;
  }

  #wake = (): void => this.retryNow();
  #lose = (): void => this.#drop(4408);

  /** Back from sleep or another tab: a connection silent for longer than a beat is not trusted. */
  #doubt = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (!this.#socket) this.retryNow();
    else if (this.#silence() > DOUBT) {
      this.#drop(4408);
      this.retryNow();
    }
  };
}

export const live = new Live();
