/**
 * Whether a key belongs to an input method (Chinese, Japanese, Korean, dead keys): it chooses among its words, and means
 * nothing to the page. In Safari `compositionend` comes before the Enter that made it, which is then told apart by its
 * code 229 alone (UI Events, 4.3.2 and the note on legacy key codes).
 */
export const composing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;
