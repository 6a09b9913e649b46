/**
 * Addresses that are written without `https://`: www.example.com, example.com/path. A host counts when it ends in a
 * domain that exists and is no ending of files or abbreviations, as people write them; whatever is in doubt stays text.
 */

// Of three letters and more, those that customers and shops write; new ones are led to by www. or https://.
const GENERIC = 'com org net edu gov info biz app dev online shop store site cloud travel hotel museum restaurant paris bzh eus asia рф рус москва бел укр қаз';
// Countries (IANA root zone), without those that are endings of files before all: sh rs py pl md so ps cc ai mk st la.
const COUNTRIES =
  'ac ad ae af ag al am ao ar at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz ' +
  'de dj dk dm do dz ec ee eg es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hn hr ht hu id ie il im in io iq ir is it ' +
  'je jm jo jp ke kg kh ki km kn kr kw ky kz lb lc li lk lr ls lt lu lv ly ma mc me mg mh mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz ' +
  'om pa pe pf pg ph pk pm pn pr pt pw qa re ro ru rw sa sb sc sd se sg si sk sl sm sn sr ss su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ' +
  'ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';
const KNOWN = new Set(`${GENERIC} ${COUNTRIES}`.split(' '));

/** Of labels, port and path; no part of a word, a mail address, another address or a path. */
export const HOST = /(?<![\p{L}\p{N}@._/:\\~%=&-])(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}@_-]|\.[\p{L}\p{N}])(?::\d{2,5}(?!\d))?(?:[/?#][^\s<>"'`]*)?/u;

/** The address that is meant; null when these words are none. */
export function addressOfHost(words: string): string | null {
  const host = words.split(/[/?#:]/, 1)[0]!;
  const labels = host.split('.');
  const top = labels.at(-1)!;
  // "Done.It works" lacks a space; nobody writes a host so.
  const written = host === host.toLowerCase() || host === host.toUpperCase() || host.slice(-top.length) === top.toLowerCase();
  const www = labels[0]!.toLowerCase() === 'www' && labels.length > 2;
  // "M.de", "12.in": one letter or a number before the domain is an abbreviation or an amount.
  const named = labels.at(-2)!.length > 1 && /\p{L}/u.test(labels.at(-2)!);
  return www || (written && named && KNOWN.has(top.toLowerCase())) ? `https://${words}` : null;
}
