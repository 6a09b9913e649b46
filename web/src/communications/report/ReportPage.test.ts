import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turn } from '../../../test/turn.ts';
import { live } from '../../core/live/live.svelte.ts';
import { communications } from '../api.ts';
import type { Communication, Outcome } from '../types.ts';
import { reports } from './api.ts';
import ReportPage from './ReportPage.svelte';

const said = vi.spyOn(live, 'send').mockImplementation(() => undefined);
const get = vi.spyOn(communications, 'get');
const pause = vi.spyOn(communications, 'pause');
const recipients = vi.spyOn(communications, 'recipients').mockResolvedValue({ items: [], next: null });
vi.spyOn(reports, 'failures').mockResolvedValue([{ channel: 'sms', status: 'OPERATOR_ERROR', reason: 'undeliverable', count: 3 }]);
vi.spyOn(reports, 'timeline').mockResolvedValue({ items: [], states: [] });

const running = {
  id: 'c',
  name: 'Fair',
  kind: 'campaign',
  state: 'running',
  channels: ['sms'],
  mode: 'together',
  clients: 14,
  revision: 3,
  totals: { sms: { WAITING: 4, DELIVERED: 7, OPERATOR_ERROR: 3 } },
  content: { default_language: 'en', texts: { en: { sms: { text: 'See you' } } } },
  audience: { kind: 'everyone' },
  schedule: { per_minute: 6, error_limit: 20, step_after: 3600 },
} as unknown as Communication;

let page: Record<string, unknown>;
const settle = async () => {
  for (let times = 0; times < 3; times += 1) {
    flushSync();
    await turn();
  }
};
const text = () => document.body.textContent!.replace(/\s+/g, ' ');
const press = async (label: string, within: ParentNode = document) => {
  [...within.querySelectorAll('button')].find((button) => button.textContent!.trim() === label)!.click();
  await settle();
};

beforeEach(async () => {
  vi.clearAllMocks();
  // jsdom has no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  get.mockResolvedValue(running);
  page = mount(ReportPage, { target: document.body, props: { communication: 'c' } });
  await settle();
});
afterEach(() => unmount(page));

describe('the page of a communication', () => {
  it('asks once, and watches once', () => {
    expect(get).toHaveBeenCalledTimes(1);
    expect(said.mock.calls.flat().filter(({ type }) => type === 'watch')).toHaveLength(1);
  });

  it('names what its menu holds besides', () => {
    expect(document.querySelector('[aria-haspopup=menu]')!.getAttribute('aria-label')).toBe('More actions');
  });

  it('reads its recipients anew when something has happened to them', async () => {
    const asked = recipients.mock.calls.length;
    get.mockResolvedValue({ ...running, state: 'completed', revision: 4, totals: { sms: { DELIVERED: 14 } } });
    const outcome: Outcome = { state: 'paused', revision: 4, waiting: 0, cancelled: 0, gone_out: 14, in_flight: 0 };
    pause.mockResolvedValue(outcome);
    await press('Pause');
    await press('Pause', document.querySelector('dialog[open]')!);
    expect(recipients).toHaveBeenCalledTimes(asked + 1);
  });

  it('tells figures, and reasons in words', () => {
    expect(document.querySelector('[data-group=delivered]')!.textContent).toBe('7');
    expect(document.querySelector('[data-group=waiting]')!.textContent).toBe('4');
    expect(text()).toContain('It could not be delivered.');
  });

  it('says before a pause what it will do, and afterwards what it did', async () => {
    const outcome: Outcome = { state: 'paused', revision: 4, waiting: 3, cancelled: 0, gone_out: 10, in_flight: 1 };
    pause.mockResolvedValue(outcome);
    await press('Pause');
    expect(text()).toContain('4 messages that have not gone out wait until you resume.');
    expect(pause).not.toHaveBeenCalled();
    get.mockResolvedValue({ ...running, state: 'paused', pause_reason: 'by_hand', revision: 4 });
    await press('Pause', document.querySelector('dialog[open]')!);
    expect(pause).toHaveBeenCalledWith('c');
    expect(text()).toContain('3 messages wait. 10 have gone out. 1 was being handed to a gateway at that moment');
    expect(text()).toContain('Resume');
  });
});
