/** Which browser and system a user agent speaks of; null where it does not say. Pure. */
const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/YaBrowser\//, 'Yandex Browser'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/curl\//, 'curl'],
];
const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

export function deviceOf(agent: string | null): { browser: string | null; system: string | null; handheld: boolean } {
  const find = (table: [RegExp, string][]) => table.find(([sign]) => sign.test(agent ?? ''))?.[1] ?? null;
  return { browser: find(browsers), system: find(systems), handheld: /iPhone|Android|Mobile/.test(agent ?? '') };
}
