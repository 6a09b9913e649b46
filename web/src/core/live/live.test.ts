import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from './frames.ts';

vi.mock('../session.svelte.ts', () => ({ session: { refresh: vi.fn(async () => null), me: null } }));
const { Live } = await import('./live.svelte.ts');
const { session } = await import('../session.svelte.ts');

class FakeSocket {
  static OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 1;
  sent: string[] = [];
  closed: number | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(code: number): void {
    this.closed = code;
  }
  say(frame: Frame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const welcome: Frame = { type: 'welcome', connection: 'x', heartbeat_seconds: 20, person: 'anna' };
const changes: Frame = { type: 'changes', conversation: 'c', after: 1, until: 2, changes: [] };
const last = () => FakeSocket.all.at(-1)!;

describe('the live connection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    FakeSocket.all = [];
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('reads state on welcome and hands out what raced in afterwards', async () => {
    const live = new Live();
    const seen: string[] = [];
    let done = () => {};
    live.onFrame((frame) => seen.push(frame.type));
    live.onWelcome(() => new Promise((resolve) => (done = () => (seen.push('read'), resolve()))));
    live.start('anna');
    expect(live.state).toBe('connecting');
    last().say(welcome);
    last().say(changes);
    expect(live.state).toBe('catching_up');
    expect(seen).toEqual([]);
    done();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual(['read', 'changes']);
    expect(live.state).toBe('live');
    expect(live.welcomedAs).toBe('anna');
    live.stop();
  });

  it('hands a listener the frames of its type only, until it leaves', async () => {
    const live = new Live();
    const heard: number[] = [];
    const leave = live.on('deliveries', ({ changed }) => heard.push(...changed.map(({ id }) => id)));
    const news = (id: number): Frame => ({
      type: 'deliveries',
      owner: 'anna',
      changed: [{ id, status: 'SENT', public_status: 'SENT', reason: null, sequence: 1, changed_at: '2026-11-20T12:00:00Z' }],
    });
    live.start('anna');
    last().say(welcome);
    await vi.advanceTimersByTimeAsync(1);
    last().say(changes);
    last().say(news(7));
    leave();
    last().say(news(8));
    expect(heard).toEqual([7]);
    live.stop();
  });

  it('reads once more when it is welcomed again while it reads', async () => {
    const live = new Live();
    const readings: (() => void)[] = [];
    live.onWelcome(() => new Promise((resolve) => readings.push(resolve)));
    live.start('anna');
    last().say(welcome);
    last().say(welcome);
    readings[0]!();
    await vi.advanceTimersByTimeAsync(1);
    expect(live.state).toBe('catching_up');
    expect(readings).toHaveLength(2);
    readings[1]!();
    await vi.advanceTimersByTimeAsync(1);
    expect(live.state).toBe('live');
    live.stop();
  });

  it('repeats a reading that failed before it calls itself live', async () => {
    const live = new Live();
    let attempts = 0;
    live.onWelcome(async () => {
      attempts += 1;
      if (attempts < 3) throw new Error('cut');
    });
    live.start('anna');
    last().say(welcome);
    await vi.advanceTimersByTimeAsync(10);
    expect(live.state).toBe('catching_up');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(attempts).toBe(3);
    expect(live.state).toBe('live');
    live.stop();
  });

  it('answers beats and gives up a silent connection', async () => {
    const live = new Live();
    live.start('anna');
    last().say(welcome);
    last().say({ type: 'beat' });
    expect(last().sent).toEqual(['{"type":"beat"}']);
    const silent = last();
    await vi.advanceTimersByTimeAsync(51_000);
    expect(silent.closed).toBe(4408);
    expect(FakeSocket.all.length).toBeGreaterThan(1);
    live.stop();
  });

  it('tells that it is offline, waits and tries again', async () => {
    const live = new Live();
    live.start('anna');
    last().say(welcome);
    await vi.advanceTimersByTimeAsync(1);
    last().onclose?.({ code: 1012 });
    expect(live.state).toBe('offline');
    expect(live.interrupted).toBe(true);
    await vi.advanceTimersByTimeAsync(600);
    expect(FakeSocket.all).toHaveLength(2);
    live.stop();
  });

  it('spreads its attempts after a restart, each over twice the time, and asks for nothing else', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.999);
    const live = new Live();
    live.start('anna');
    last().say(welcome);
    await vi.advanceTimersByTimeAsync(1);
    vi.mocked(session.refresh).mockClear();
    for (const [attempt, most] of [500, 1_000, 2_000, 4_000].entries()) {
      last().onclose?.({ code: attempt === 0 ? 1012 : 1013 });
      await vi.advanceTimersByTimeAsync(most * 0.99);
      expect(FakeSocket.all).toHaveLength(attempt + 1);
      await vi.advanceTimersByTimeAsync(most * 0.01);
      expect(FakeSocket.all).toHaveLength(attempt + 2);
    }
    random.mockReturnValue(0);
    last().onclose?.({ code: 1013 });
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSocket.all).toHaveLength(6);
    expect(session.refresh).not.toHaveBeenCalled();
    live.stop();
    random.mockRestore();
  });

  it('asks who is signed in when the session was ended', async () => {
    const live = new Live();
    live.start('anna');
    last().say(welcome);
    await vi.advanceTimersByTimeAsync(1);
    vi.mocked(session.refresh).mockClear();
    last().onclose?.({ code: 4401 });
    expect(session.refresh).toHaveBeenCalledOnce();
    live.stop();
  });

  it('connects at once when the network is back', () => {
    const live = new Live();
    live.start('anna');
    last().onclose?.({ code: 1006 });
    window.dispatchEvent(new Event('online'));
    expect(FakeSocket.all).toHaveLength(2);
    live.stop();
    window.dispatchEvent(new Event('online'));
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('stays away after too many connections of one person until somebody looks', async () => {
    const live = new Live();
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    live.start('anna');
    last().say(welcome);
    last().onclose?.({ code: 4409 });
    await vi.advanceTimersByTimeAsync(120_000);
    expect([live.state, FakeSocket.all.length]).toEqual(['offline', 1]);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect([live.state, FakeSocket.all.length]).toEqual(['connecting', 2]);
    live.stop();
    visibility.mockRestore();
  });

  it('comes back by itself when somebody looks at it', async () => {
    const live = new Live();
    live.start('anna');
    last().say(welcome);
    last().onclose?.({ code: 4409 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakeSocket.all.length).toBe(2);
    live.stop();
  });
});
