/**
 * What the server put into the page beside the web app: answers that the first page would ask for, and whether anybody
 * can be signed in at all. Each answer is given once, and none after the reader went on to another page.
 */
interface FirstAnswers {
  stranger: boolean;
  answers: Record<string, unknown>;
}

const NOTHING: FirstAnswers = { stranger: false, answers: {} };

let found: FirstAnswers | null = null;

/** Nobody was signed in when the page came; true for the first who asks alone. */
export function comesAsStranger(): boolean {
  const { stranger } = read();
  read().stranger = false;
  return stranger;
}

/** The answer to a first question, by its path in the API; undefined when the server has to be asked. */
export function firstAnswer<T>(path: string): T | undefined {
  const { answers } = read();
  const answer = answers[path] as T | undefined;
  delete answers[path];
  return answer;
}

/** What came with the page says nothing about another one. */
export function forgetFirstAnswers(): void {
  read().answers = {};
}

/** Reads the page again, as when it has just come. */
export function readAgain(): void {
  found = null;
}

function read(): FirstAnswers {
  return (found ??= isFresh() ? parsed() : { ...NOTHING });
}

function parsed(): FirstAnswers {
  const block = document.getElementById('first-answers');
  const told = block?.textContent ? (JSON.parse(block.textContent) as FirstAnswers) : NOTHING;
  return { stranger: told.stranger, answers: { ...told.answers } };
}

/** A page out of the browser's own store, as when a tab is restored, may be of yesterday: nothing was transferred for it. */
function isFresh(): boolean {
  const [navigation] = performance.getEntriesByType?.('navigation') ?? [];
  return (navigation as PerformanceNavigationTiming | undefined)?.transferSize !== 0;
}
