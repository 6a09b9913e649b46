import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Button from './Button.svelte';

describe('a button that sends', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('cannot be pressed twice, and shows that it is at work after 300 ms', () => {
    const children = createRawSnippet(() => ({ render: () => '<span>Save</span>' }));
    const shown = mount(Button, { target: document.body, props: { busy: true, icon: 'check', children } });
    flushSync();
    const button = document.querySelector('button')!;
    expect(button.disabled).toBe(true);
    expect(button.getAttribute('aria-busy')).toBe('true');
    vi.advanceTimersByTime(299);
    flushSync();
    expect(button.querySelector('.spin')).toBeNull();
    expect(button.querySelector('svg')).not.toBeNull();
    vi.advanceTimersByTime(1);
    flushSync();
    expect(button.querySelector('.spin')).not.toBeNull();
    void unmount(shown);
  });
});
