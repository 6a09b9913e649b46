/** Marks words in what is shown without touching it (CSS Custom Highlight API); browsers without that show it unmarked. */

/** The places of the words in the text below an element, whatever their case. */
export function placesOf(root: Node, words: readonly string[]): StaticRange[] {
  const wanted = words.map((word) => word.toLowerCase()).filter(Boolean);
  const found: StaticRange[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && wanted.length; node = walker.nextNode()) {
    const text = (node.textContent ?? '').toLowerCase();
    for (const word of wanted) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        found.push(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + word.length }));
      }
    }
  }
  return found;
}

/** An attachment for the element in which words are marked for as long as it is shown. */
export function marking(words: readonly string[]) {
  return (root: HTMLElement): (() => void) | void => {
    if (!words.length || typeof Highlight === 'undefined') return;
    const places = placesOf(root, words);
    const marks = CSS.highlights.get('found') ?? new Highlight();
    for (const place of places) marks.add(place);
    CSS.highlights.set('found', marks);
    return () => places.forEach((place) => marks.delete(place));
  };
}
