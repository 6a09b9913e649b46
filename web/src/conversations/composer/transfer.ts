/** What a paste or a drop is meant to be: the words it carries, or the files. Reads `DataTransfer`; changes nothing. */

/**
 * The files to attach; none where the words are meant. Spreadsheets and word processors bring a picture of what they
 * copied beside its words; a browser that copies a picture brings HTML that only shows it, and a file manager the names
 * of its files.
 */
export function filesMeant(data: DataTransfer | null): File[] {
  const files = [...(data?.files ?? [])];
  if (!data || !files.length) return [];
  const words = data.getData('text/plain').trim();
  return !words || namesOnly(words, files) || picturesOnly(data.getData('text/html')) ? files : [];
}

/** Each line is the name of a file that comes along, or a path or address that ends in it. */
function namesOnly(words: string, files: File[]): boolean {
  const names = new Set(files.map(({ name }) => name));
  return words.split(/\r?\n/).every((line) => names.has(lastPart(line.trim())));
}

function lastPart(path: string): string {
  const last = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  try {
    return path.includes('://') ? decodeURIComponent(last) : last;
  } catch {
    return last;
  }
}

/** HTML that shows pictures and says nothing. The parsed document is inert: it runs and fetches nothing. */
function picturesOnly(html: string): boolean {
  if (!html) return false;
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return body.querySelector('img') !== null && !body.textContent?.trim();
}
