// Lighthouse over pages, as on a telephone behind a slow line: `node measure.mjs CHROMIUM ADDRESS…`.
// Writes one line of JSON for each address: its scores from 0 to 100, and by their names the audits that took points off.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'], logLevel: 'silent' });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: CATEGORIES, output: 'json', logLevel: 'silent' });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const scores = Object.fromEntries(CATEGORIES.map((each) => [each, Math.round((lhr.categories[each].score ?? 0) * 100)]));
    console.log(JSON.stringify({ address, scores, lost: lost(lhr) }));
  }
} finally {
  chrome.kill();
}

function lost(lhr) {
  const weighed = CATEGORIES.flatMap((each) => lhr.categories[each].auditRefs).filter(({ weight }) => weight > 0);
  const audits = weighed.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 0.9);
  return Object.fromEntries(audits.map(({ id, displayValue }) => [id, displayValue ?? '']));
}
