import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import { ApiProblem, problemFrom } from '../../core/problem.ts';
import type { Message } from '../../core/conversationTypes.ts';
import { MAX_TEXT } from '../limits.ts';
import { awaitingFiles } from '../../core/awaitingFiles.ts';
import { session } from '../../core/session.svelte.ts';
import type { FileInfo, Me } from '../../core/types.ts';
import { Composer } from './composer.svelte.ts';

const message = { id: 'm', text: 'old words' } as Message;
const question = { id: 'm', ordinal: 3, sender: null, excerpt: 'Pears?', attachments: 0, deleted: false };

function composer(port: Partial<ConstructorParameters<typeof Composer>[0]> = {}) {
  const send = vi.fn(async () => undefined);
  return { send, it: new Composer({ draftKey: 'c', send, ...port }) };
}

describe('the composer', () => {
  beforeEach(() => localStorage.clear());

  it('keeps a draft over a reload, per key, until it is sent', async () => {
    const first = composer().it;
    first.text = 'half a thought';
    first.keep();
    expect(composer().it.text).toBe('half a thought');
    expect(new Composer({ draftKey: 'other', send: async () => undefined }).text).toBe('');
    const second = composer();
    await second.it.submit();
    expect(second.send).toHaveBeenCalledWith('half a thought', [], {});
    expect(composer().it.text).toBe('');
  });

  it('keeps what it replies to over a reload, also before a word is written, and sends it along', async () => {
    const place = { conversation: () => 'c' };
    composer(place).it.replyTo(question);
    const { it: subject, send } = composer(place);
    expect(subject.reply).toEqual(question);
    subject.text = 'Pears';
    subject.keep();
    expect(composer(place).it.reply).toEqual(question);
    await subject.submit();
    expect(send).toHaveBeenCalledWith('Pears', [], { quoted: question });
    expect(composer(place).it.reply).toBeNull();
  });

  it('takes over what was begun on another device with what it replies to, and lets go of what was deleted', () => {
    const { it: subject } = composer({ conversation: () => 'c' });
    const saved = { conversation_id: 'c', text: 'Pears', reply_to: 'm', quoted: question, revision: 4, changed_at: '2026-12-01T12:00:00Z' };
    subject.settle('c', saved);
    expect([subject.text, subject.reply]).toEqual(['Pears', question]);
    subject.settle('c', { ...saved, revision: 5, reply_to: null, quoted: null });
    expect([subject.text, subject.reply]).toEqual(['Pears', null]);
    subject.settle('c', { ...saved, revision: 6 });
    subject.settle('c', { ...saved, revision: 6, quoted: null });
    expect([subject.text, subject.reply]).toEqual(['Pears', null]);
  });

  it('sends neither nothing nor too much', async () => {
    const { it: subject, send } = composer();
    subject.text = ' \n ';
    await subject.submit();
    subject.text = 'x'.repeat(MAX_TEXT + 1);
    expect(subject.left).toBe(-1);
    await subject.submit();
    expect(send).not.toHaveBeenCalled();
  });

  it('counts characters as people do', () => {
    const { it: subject } = composer();
    subject.text = '💛💛';
    expect(subject.left).toBe(MAX_TEXT - 2);
  });

  it('puts the draft aside while an own message is changed', async () => {
    const edit = vi.fn(async () => undefined);
    const { it: subject } = composer({ edit });
    subject.text = 'draft';
    subject.keep();
    subject.edit(message);
    subject.text = 'new words';
    subject.keep();
    await subject.submit();
    expect(edit).toHaveBeenCalledWith(message, 'new words');
    expect(subject.editing).toBeNull();
    expect(subject.text).toBe('draft');
    expect(composer().it.text).toBe('draft');
  });

  it('keeps a change that the server refused, with its reason', async () => {
    const { it: subject } = composer({ edit: () => Promise.reject(new ApiProblem(422, { detail: 'too old' }, '')) });
    subject.edit(message);
    subject.text = 'new words';
    await subject.submit();
    expect(subject.editing).toBe(message);
    expect(subject.text).toBe('new words');
    expect(subject.editFailure).toBe('too old');
  });

  it.each([
    ['beyond_proxy', '<html><h1>413 Request Entity Too Large</h1></html>'],
    ['beyond_proxy', ''],
    ['too_large', '{"code": "too_large", "title": "This is too large.", "status": 413}'],
  ])('tells who takes no file as large as this: %s', async (failure, body) => {
    vi.spyOn(api, 'upload').mockRejectedValueOnce(problemFrom(413, body, () => null));
    const { it: subject } = composer();
    subject.attach([new File(['x'], 'plan.pdf')]);
    await vi.waitFor(() => expect(subject.uploads[0]?.failure).toBe(failure));
  });
});

describe('a message with a file that is not up yet', () => {
  let signal: AbortSignal;
  let arrive: (file: FileInfo) => void;
  const picture = new File(['x'], 'plan.pdf');
  const arrived = { id: 'f' } as FileInfo;

  beforeEach(() => {
    localStorage.clear();
    session.set({ id: 'ida' } as Me);
    vi.spyOn(api, 'upload').mockImplementation((_, __, options) => {
      signal = options!.signal!;
      return new Promise((resolve, reject) => {
        arrive = resolve;
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
  });
  afterEach(() => {
    session.set(null);
    vi.restoreAllMocks();
  });

  it('goes out once it is up, also when another conversation is shown, and is counted until then', async () => {
    const { it: subject, send } = composer();
    subject.attach([picture]);
    await subject.submit();
    subject.leave();
    expect([signal.aborted, awaitingFiles.size]).toEqual([false, 1]);
    arrive(arrived);
    await vi.waitFor(() => expect(send).toHaveBeenCalledWith('', [arrived], {}));
    expect(awaitingFiles.size).toBe(0);
  });

  it('does not go up for nothing when another conversation is shown', () => {
    const { it: subject } = composer();
    subject.attach([picture]);
    subject.leave();
    expect(signal.aborted).toBe(true);
  });

  it('goes out in the name of nobody else', async () => {
    const { it: subject, send } = composer();
    subject.attach([picture]);
    await subject.submit();
    session.set({ id: 'oliver' } as Me);
    expect(signal.aborted).toBe(true);
    await vi.waitFor(() => expect(awaitingFiles.size).toBe(0));
    subject.text = 'Plans';
    await subject.submit();
    expect(send).not.toHaveBeenCalled();
  });
});
