// Lighthouse over pages, as on a telephone behind a slow line: `node measure.mjs CHROMIUM ADDRESS…`.
// Writes one line of JSON for each address: its scores from 0 to 100, and by their names the audits that took points off.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'], logLevel: 'silent' });
try {
  for (const address of addresses) {
    const lhr = await visited(address);
    const scores = Object.fromEntries(CATEGORIES.map((each) => [each, Math.round((lhr.categories[each].score ?? 0) * 100)]));
    console.log(JSON.stringify({ address, scores, lost: lost(lhr) }));
  }
} finally {
  chrome.kill();
}

/** Now and then the trace begins after the visit (NO_NAVSTART); Lighthouse itself says that one should go again. */
async function visited(address, attempts = 3) {
  const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: CATEGORIES, output: 'json', logLevel: 'silent' });
  if (!lhr.runtimeError) return lhr;
  if (lhr.runtimeError.code !== 'NO_NAVSTART' || attempts === 1) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  console.error(`${address} is visited again: its trace began too late`);
  return visited(address, attempts - 1);
}

function lost(lhr) {
  const weighed = CATEGORIES.flatMap((each) => lhr.categories[each].auditRefs).filter(({ weight }) => weight > 0);
  const audits = weighed.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 0.9);
  return Object.fromEntries(audits.map(({ id, displayValue }) => [id, displayValue ?? '']));
}
