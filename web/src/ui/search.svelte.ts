/** What is typed into a search field, handed on after a pause, so that not every letter is a request. */
export class SearchWords {
  words = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #onchange: () => void;

  constructor(onchange: () => void) {
    this.#onchange = onchange;
  }

  type = (words: string): void => {
    this.words = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onchange, words ? 250 : 0);
  };
}
