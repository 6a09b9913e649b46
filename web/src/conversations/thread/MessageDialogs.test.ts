import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import type { Conversation, Message } from '../../core/conversationTypes.ts';
import MessageDialogs from './MessageDialogs.svelte';
import { MessageActions } from './messageActions.svelte.ts';
import { OpenConversation } from './openConversation.svelte.ts';

let shown: ReturnType<typeof mount>;
const chat = { id: 'pears', kind: 'group', title: 'Pears', my_role: 'member' } as unknown as Conversation;

function showModal(this: HTMLDialogElement) {
  this.open = true;
}

function close(this: HTMLDialogElement) {
  this.open = false;
}

beforeEach(() => {
  Object.assign(HTMLDialogElement.prototype, { showModal, close });
  vi.spyOn(api, 'get').mockResolvedValue({ items: [chat], next: null });
});
afterEach(() => {
  void unmount(shown);
  vi.restoreAllMocks();
});

it('forwards with nothing of what was written when the same message was forwarded before', () => {
  const actions = new MessageActions(new OpenConversation({ conversation: 'c' }));
  shown = mount(MessageDialogs, { target: document.body, props: { actions } });
  actions.about = { id: 'm', text: 'Pears?', attachments: [], conversation_id: 'c', ordinal: 1 } as unknown as Message;
  const comment = () => document.querySelector<HTMLTextAreaElement>('dialog[open] textarea')!;
  actions.dialog = 'forward';
  flushSync();
  comment().value = 'Look at this';
  comment().dispatchEvent(new Event('input', { bubbles: true }));
  actions.dialog = null;
  flushSync();
  actions.dialog = 'forward';
  flushSync();
  expect(comment().value).toBe('');
});
