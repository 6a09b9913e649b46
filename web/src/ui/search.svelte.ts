/** What is typed into a search field, told on after a pause, so that not every letter is a request. */
export class SearchWords {
  words = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tell: () => void;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  type = (words: string): void => {
    this.words = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#tell, words ? 250 : 0);
  };
}
