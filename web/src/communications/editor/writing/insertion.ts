/** Variables that go into the text where the caret was last. */
export class Insertion {
  #last: HTMLInputElement | HTMLTextAreaElement | null = null;

  /** Called when something within has the focus. */
  remember = (event: FocusEvent): void => {
    const { target } = event;
    if (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')) this.#last = target;
  };

  /** Puts it in place of what is selected, or at the end of the first field of `within`. */
  insert(words: string, within: HTMLElement | undefined): void {
    const field = this.#last?.isConnected ? this.#last : within?.querySelector<HTMLTextAreaElement>('textarea, input[type=text]');
    if (!field) return;
    field.focus();
    field.setRangeText(words, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
