import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { language } from '../i18n/index.ts';
import TextField from './TextField.svelte';
import { checked, wrongWith } from './validity.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const components = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));

function input(attributes: Record<string, string>): HTMLInputElement {
  const made = document.createElement('input');
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

describe('what is wrong with a form', () => {
  afterEach(() => language.choose('en'));

  it('is left to the browser by no form of the app', () => {
    const forms = components.flatMap((file) => [...read(file).matchAll(/<form\b[^>]*?onsubmit=\{[^\n]*/g)].map(([form]) => ({ file, form })));
    expect(forms.length).toBeGreaterThan(15);
    expect(components.filter((file) => /<form\b/.test(read(file))).sort()).toEqual([...new Set(forms.map(({ file }) => file))].sort());
    const bubbling = forms.filter(({ form }) => !/\bnovalidate\b/.test(form) || !/onsubmit=\{checked\(/.test(form));
    expect(bubbling).toEqual([]);
  });

  it('is said by every control that can be wrong', () => {
    // What stands outside `ui` is a choice, a file, or checked by its form.
    const bare = components.filter((file) => !file.startsWith('ui/') && /<(input|select|textarea)\b[^>]*\b(required|pattern|minlength)\b/.test(read(file)));
    expect(bare).toEqual([]);
    for (const file of ['TextField', 'TextArea', 'Select']) expect(read(`ui/${file}.svelte`)).toContain('oninvalid=');
  });

  it('is said beside the field, in the language of the reader, until something is typed', () => {
    language.choose('ru');
    const form = document.body.appendChild(document.createElement('form'));
    const send = vi.fn();
    form.addEventListener('submit', checked(send));
    const shown = mount(TextField, { target: form, props: { label: 'Имя', required: true, value: '' } });
    flushSync();
    const control = form.querySelector('input')!;
    form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    flushSync();
    expect(send).not.toHaveBeenCalled();
    expect(form.querySelector('.error')?.textContent).toBe('Заполните это поле.');
    expect(control.getAttribute('aria-invalid')).toBe('true');
    expect(control.getAttribute('aria-describedby')).toBe(form.querySelector('.error')!.id);
    expect(document.activeElement).toBe(control);
    control.value = 'Анна';
    control.dispatchEvent(new InputEvent('input', { bubbles: true }));
    flushSync();
    expect(form.querySelector('.error')).toBeNull();
    form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    expect(send).toHaveBeenCalledOnce();
    void unmount(shown);
    form.remove();
  });

  it('opens what is folded away around it', () => {
    const form = document.body.appendChild(document.createElement('form'));
    form.innerHTML = '<details><input required></details>';
    form.addEventListener('submit', checked(() => undefined));
    form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    expect(form.querySelector('details')?.open).toBe(true);
    form.remove();
  });

  for (const [attributes, words] of [
    [{ type: 'email', value: 'nobody' }, 'This should look like name@example.com.'],
    [{ type: 'url', value: 'example' }, 'This should be a whole address, such as https://www.example.com.'],
    [{ type: 'number', value: '0', min: '1' }, 'At least 1, please.'],
    [{ type: 'number', value: '2000', max: '1000' }, 'At most 1,000, please.'],
    [{ type: 'date', value: '2026-03-01', min: '2026-03-12' }, 'Not before 12 Mar 2026, please.'],
    [{ type: 'datetime-local', value: '2027-03-01T10:00', max: '2026-03-12T18:30' }, 'Not after 12 Mar 2026, 18:30, please.'],
    [{ type: 'time', required: '' }, 'Please give a whole date or time.'],
    [{ type: 'text', value: 'anything' }, ''],
  ] as const) {
    it(`of ${JSON.stringify(attributes)} is said as “${words}”`, () => expect(wrongWith(input(attributes))).toBe(words));
  }
});
