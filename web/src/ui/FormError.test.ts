import { flushSync, mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
import { ApiProblem, problemFrom } from '../core/problem.ts';
import FormError from './FormError.svelte';

it('says what is wrong in words, never by the name that a field has on the wire', () => {
  const body = {
    title: 'Some of this cannot be taken.', code: 'invalid', detail: 'Some of this cannot be taken. do_not_disturb_until: This time has passed.',
    errors: [{ field: 'do_not_disturb_until', code: 'in_the_past', message: 'This time has passed.' }],
  };
  const error = new ApiProblem(422, body, '');
  expect(error.detail).toBe('This time has passed.');
  const shown = mount(FormError, { target: document.body, props: { error } });
  flushSync();
  expect(document.body.textContent).toContain('Some of this cannot be taken.');
  expect(document.body.textContent?.match(/This time has passed\./g)).toHaveLength(1);
  expect(document.body.textContent).not.toContain('do_not_disturb');
  void unmount(shown);
});

it('says that a proxy refused what the server never saw', () => {
  const error = problemFrom(413, '<html><h1>413 Request Entity Too Large</h1></html>', () => null);
  const shown = mount(FormError, { target: document.body, props: { error } });
  flushSync();
  expect(document.body.textContent).toContain('The server in front of Estafette takes less than 8 MB.');
  expect(document.body.textContent).not.toContain('on our side');
  void unmount(shown);
});
