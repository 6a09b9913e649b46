import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import { ApiProblem, problemFrom } from '../../core/problem.ts';
import type { Message } from '../../core/conversationTypes.ts';
import { MAX_TEXT } from '../limits.ts';
import { Composer } from './composer.svelte.ts';

const message = { id: 'm', text: 'old words' } as Message;

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
