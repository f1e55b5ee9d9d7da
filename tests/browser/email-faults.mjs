// The faults that email-selftest.mjs plants. Each has a name, a change (of the `parts` of the mail before it is put
// together, of its `message`, or of the files as `written`), and the checks that must report it: those of
// parse.py are `bytes`, those of email.mjs `page`. A fault without `page` is one of bytes alone, and is not opened in Chromium.

import { base64, good, png } from './email-good.mjs';

/** Replaces what must be there. */
function swap(text, from, to) {
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`not in the mail: ${from}`);
  return changed;
}

const html = (name, from, to, page, more = {}) => ({ name, parts: (it) => { it.html = swap(it.html, from, to); }, page, ...more });
const text = (name, from, to, page, more = {}) => ({ name, parts: (it) => { it.text = swap(it.text, from, to); }, page, ...more });
const style = (name, css, page) => html(name, 'style="margin:0 0 10px;', `style="${css};margin:0 0 10px;`, page);
const sheet = (name, css, page) => html(name, '.page, .card', `${css}\n.page, .card`, page);
const added = (name, markup, page, more) => html(name, '</h1>', `</h1>\n${markup}`, page, more);
const headers = (name, change, bytes) => ({ name, parts: (it) => { it.headers = change(it.headers); }, bytes });
const header = (name, key, value, bytes) => headers(name, (list) => list.map((it) => (it.startsWith(`${key}:`) ? `${key}: ${value}` : it)), bytes);
const message = (name, from, to, bytes, page) => ({ name, message: (it) => swap(it, from, to), bytes, page });
const pictures = (name, change, page, bytes = []) => ({ name, parts: (it) => change(it.pictures), page, bytes });

/** Bytes that do not get smaller when they are packed. */
function noise(count) {
  const bytes = Buffer.alloc(count);
  let state = 1;
  for (let at = 0; at < count; at += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    bytes[at] = state >> 16;
  }
  return bytes;
}

const long = (letters, count) => `<p style="margin:0;font-size:16px;color:#1f2933;background-color:#fcfcfd">${`${letters} `.repeat(count)}</p>`;
const PARTS_BEFORE_RISKS = /<tr><td class="pad"[^>]*>\n<h2[^>]*>Decisions.*(?=<tr><td class="pad"[^>]*>\n<h2[^>]*>Risks)/s;
const PARTS_AFTER_RISKS = /<tr><td class="pad"[^>]*>\n<h2[^>]*>Next week.*(?=<tr><td class="pad"[^>]*>\n<p[^>]*>Data)/s;
const IMAGE = /<tr><td style="padding:6px 0 0"><img src="forecast.*\n/;

const OF_THE_DOCUMENT = [
  { name: 'good', page: [] },
  added('a script', '<script>document.title += "."</script>', ['elements']),
  added('a form', '<form action="https://example.org/"></form>', ['elements', 'html', 'clients']),
  added('a frame', '<iframe title="x" src="about:blank" width="9" height="9"></iframe>', ['elements']),
  added('a drawing', '<svg width="1" height="1" aria-hidden="true"></svg>', ['elements', 'clients']),
  html('a style sheet elsewhere', '<style>', '<link rel="stylesheet" href="https://example.org/a.css">\n<style>', ['elements', 'alone', 'clients']),
  added('a comment', '<!-- made by hand -->', ['elements']),
  html('a picture elsewhere', 'src="burnup.png"', 'src="https://example.org/a.png"', ['remote', 'alone', 'pictures', 'cid']),
  html('a picture in the address', 'src="burnup.png"', 'src="data:image/png;base64,AA=="', ['remote', 'pictures', 'cid']),
  html('a picture elsewhere for Outlook', '<!--[if mso]><table', '<!--[if mso]><img src="https://example.org/a.png"><table', ['remote']),
  added('a handler', '<p onclick="x()" style="margin:0">x</p>', ['attributes']),
  added('a script that runs', '<img src="none.png" onerror="window.__pwned = 1" alt="A picture of nothing." width="1" height="1">', ['attributes', 'alone', 'pictures']),
  html('a script as a link', 'href="https://example.org/harbour/"', 'href="java&#9;script:x()"', ['links', 'address']),
  html('a relative link', 'href="https://example.org/harbour/"', 'href="index.html"', ['links', 'address']),
  html('a link that does not say where', 'Open the full report (week 3)</a>', 'here</a> (week 3)', ['links']),
  sheet('an import', '@import "a.css";', ['style']),
  sheet('a font', '@font-face { font-family: x; src: url("https://example.org/x.woff2") }', ['style']),
  style('a picture behind text', 'background-image:url(a.png)', ['style', 'alone', 'clients']),
  style('flex', 'display:flex', ['style', 'clients']),
  style('grid', 'display:grid', ['style', 'clients']),
  style('position', 'position:relative', ['style', 'clients']),
  style('a name in disguise', 'displ\\61y:fl\\65x', ['style']),
  style('padding of a paragraph', 'padding:4px', ['style']),
  style('what Outlook does not know', 'border-radius:4px', ['clients']),
  html('a table without a role', 'class="card" role="presentation"', 'class="card"', ['tables']),
  html('a table for layout with heads', '<table width="100%"', '<table role="presentation" width="100%"', ['tables']),
  html('a head without scope', ' scope="row"', '', ['tables', 'html']),
  added('two h1', '<h1 style="margin:0;font-size:16px;color:#1f2933;background-color:#fcfcfd">Two</h1>', ['headings', 'parts']),
  added('a level left out', '<h3 style="margin:0;font-size:16px;color:#1f2933;background-color:#fcfcfd">Deep</h3>', ['headings', 'axe']),
  html('no language', ' lang="en"', '', ['page', 'html', 'axe']),
  html('no title', /<title>.*<\/title>/, '<title></title>', ['page', 'html', 'axe']),
  html('no colour schemes', '<meta name="color-scheme" content="light dark">\n', '', ['page']),
  html('no encoding', '<meta charset="utf-8">\n', '', ['page']),
  html('no width of the device', /<meta name="viewport".*\n/, '', ['page']),
  added('small text', '<p style="margin:0;font-size:12px;color:#1f2933;background-color:#fcfcfd">Small</p>', ['text-size']),
  added('bad HTML', '</p>', ['html']),
  added('pale', '<p style="margin:0;font-size:16px;color:#aaaaaa;background-color:#fcfcfd">Pale</p>', ['axe']),
  html('pale in the dark', '.ink { color: #e6e9ee', '.ink { color: #333a42', ['axe']),
  html('too wide for a phone', 'max-width:600px;background-color:#fcfcfd"', 'max-width:600px;min-width:400px;background-color:#fcfcfd"', ['overflow', 'pictures-off']),
  html('words that go the other way', 'Quay wall', 'Quay \u202ellaw', ['hidden']),
  html('no preheader', /<div style="display:none.*<\/div>\n/, '', ['preheader']),
  html('a long preheader', '(85%).', '(85%). And so on, and so forth, and on it goes until the end of the line.', ['preheader']),
];

const OF_PICTURES = [
  html('no alt', ' alt="Burn-up: 10 of 42 items are done, 12 are planned."', '', ['pictures', 'pictures-off', 'html', 'axe']),
  html('an alt that is no sentence', 'alt="Burn-up: 10 of 42 items are done, 12 are planned."', 'alt="burnup.png"', ['pictures']),
  html('no height', ' height="290"', '', ['pictures']),
  html('a picture out of shape', 'height="290"', 'height="390"', ['pictures']),
  html('an alt as pale as its ground', 'background-color:#fcfcfd;font-family', 'background-color:#20252d;font-family', ['pictures-off']),
  html('no room for an alt', 'height:auto', 'height:9px', ['pictures-off']),
  { name: 'three pictures', parts: (it) => { it.html = it.html.replace(IMAGE, '$&$&'); }, page: ['pictures'] },
  pictures('a heavy picture', (it) => { it.burnup = Buffer.concat([it.burnup, noise(60_000)]); }, ['pictures']),
  pictures('a narrow picture', (it) => { it.burnup = png(600, 290); }, ['pictures']),
  pictures('a picture that one sees through', (it) => { it.burnup = png(1200, 580, 6); }, ['pictures']),
  pictures('no picture', (it) => { it.burnup = Buffer.from('<svg/>'); }, ['pictures']),
  pictures('a picture that is not there', (it) => { delete it.burnup; }, ['pictures', 'alone']),
  pictures('a picture that is not shown', (it) => { it.third = png(1200, 10); }, ['cid'], ['structure']),
];

const OF_THE_TEXT = [
  text('a long line', 'P2-05 is late,', `P2-05 is late, ${'and late, '.repeat(8)}`, ['columns']),
  text('wide letters', 'P2-05 is late,', `P2-05 ${'\u6f22'.repeat(40)}`, ['columns']),
  text('a long address', 'https://example.org/harbour/', `\nhttps://example.org/harbour/${'a'.repeat(60)}`, ['address']),
  text('a tag', 'Quay wall', '<b>Quay</b> wall', ['left-over']),
  text('an entity', 'Quay wall', 'Quay &amp; wall', ['left-over']),
  text('stars', 'Quay wall', '**Quay** wall', ['left-over']),
  text('a link as Markdown', 'Quay wall', '[Quay](https://example.org/harbour/) wall', ['left-over']),
  html('stars in the HTML', 'Quay wall', '**Quay** wall', ['left-over']),
  text('a tag that a hostile plan did not write', 'Quay wall', '<b>Quay</b> wall', ['left-over'], { hostile: true }),
  { name: 'a tag that a hostile plan wrote', hostile: true, page: [], parts: (it) => {
    it.text = swap(it.text, 'Quay wall', '<b>Quay</b>\nwall');
    it.html = swap(it.html, 'Quay wall', '&lt;b>Quay&lt;/b> wall');
  } },
  text('a part that is not in the text', 'RISKS\n', 'DANGERS\n', ['parts']),
  text('a heading in small letters', 'RISKS\n', 'Risks\n', ['parts']),
  text('parts in another order', /RISKS.*NEXT WEEK\n\nNothing\./s, 'NEXT WEEK\n\nNothing.\n\n\nRISKS\n\nNone.', ['parts']),
  html('a part that is not in the HTML', />Risks</, '>Dangers<', ['parts']),
  { name: 'some parts', audience: ['risks'], page: [], parts: (it) => {
    it.text = swap(it.text, /DECISIONS.*(?=RISKS)|NEXT WEEK.*(?=-- )/gs, '');
    it.html = swap(swap(it.html, PARTS_BEFORE_RISKS, ''), PARTS_AFTER_RISKS, '');
    it.pictures = {};
  } },
  { name: 'more parts than were asked for', audience: ['risks'], page: ['parts'] },
  text('another headline', 'RED: 2 items', 'RED: 2 points', ['parts']),
  text('no footer', '-- \n', '', ['parts']),
  html('no footer in the HTML', 'Data: commit', 'From commit', ['parts']),
  html('a number that the text lacks', 'Pace 83%', 'Pace 84%', ['figures']),
  text('a number that the HTML lacks', 'Pace 83%', 'Pace 83% of 99', ['figures']),
  html('an ID that the text lacks', '>P1-08<', '>P1-09<', ['figures']),
  html('a day that the text lacks', 'Launch, Fri 13 Feb', 'Launch, Fri 13 Mar', ['figures']),
  html('a number in an alt that the text lacks', '10 of 42 items are done, 12 are', '10 of 42 items are done, 15 are', ['figures']),
];

const OF_THE_MESSAGE = [
  added('too much HTML', long('word', 17_000), ['size']),
  added('too much HTML once it is encoded', long('\u00fc\u00fc\u00fc\u00fc', 8_500), ['size']),
  pictures('too much in all', (it) => { it.burnup = Buffer.concat([it.burnup, noise(400_000)]); }, ['size', 'pictures']),
  message('a picture of another name', 'cid:burnup@example.org', 'cid:burnud@example.org', ['files'], ['cid', 'reader']),
  message('another text', '- P1-08 Quay wall', '- P1-08 Quay', ['files'], ['reader']),
  message('another HTML', '<title>Harbour', '<title>Port', ['files'], ['reader']),
  { name: 'another picture', written: (all) => { all['burnup.png'] = png(1200, 580, 0); }, bytes: ['files'] },
  { name: 'no message', written: (all) => { delete all['team.eml']; }, page: ['files'] },
  { name: 'no text', written: (all) => { delete all['team.txt']; }, page: ['files'], bytes: ['files'] },
  { name: 'two mails with one ID', bytes: ['message-id'], written: (all) => {
    for (const end of ['html', 'txt', 'eml']) all[`board.${end}`] = all[`team.${end}`];
  } },
  message('a line feed alone', '\r\nAuto-Submitted', '\nAuto-Submitted', ['lines']),
  message('a carriage return alone', 'P1-08 Quay', 'P1-08\rQuay', ['lines', 'files'], ['reader']),
  message('no end of the last line', /\r\n$/, '', ['lines']),
  message('a byte beyond ASCII', 'Pace 83%', 'Pace\x00 83%', ['lines', 'files'], ['reader']),
  { name: 'a long line of the body', message: (it) => it.replace(/=\r\n(?!--)/g, ''), bytes: ['lines'] },
  // The two parts of the outer one change places.
  { name: 'the HTML first', message: (it) => it.replace(/(--alternative\r\nContent-Type: text\/plain.*?)(--alternative\r\n.*--related--\r\n)/s, '$2$1'), bytes: ['structure'] },
  { name: 'a text in base64', message: (it) => it.replace(/quoted-printable(\r\n\r\n).*?(\r\n--alternative)/s, (_, from, to) => (
    `base64${from}${base64(Buffer.from(good().text.replaceAll('\n', '\r\n')))}${to}`)), bytes: ['encoding'] },
  header('a long line of the headers', 'To', Array.from({ length: 9 }, (_, at) => `team${at}@example.org`).join(', '), ['lines']),
  message('no closing boundary', '--alternative--\r\n', '', ['defects']),
  message('a wrong charset', 'text/plain; charset=utf-8', 'text/plain; charset=iso-8859-1', ['encoding']),
  message('an attachment', 'Content-Disposition: inline', 'Content-Disposition: attachment', ['structure']),
  message('an odd header of a part', 'Content-Disposition: inline', 'X-Attachment-Id: 1\r\nContent-Disposition: inline', ['headers']),
  message('two pictures with one Content-ID', 'Content-ID: <forecast@example.org>', 'Content-ID: <burnup@example.org>', ['structure', 'files'], ['cid', 'reader']),
];

// What else is wrong without it.
const REQUIRED = {
  From: [],
  To: [],
  Subject: ['subject'],
  Date: ['date'],
  'Message-ID': ['message-id'],
  'MIME-Version': [],
  'List-Id': ['list'],
  'List-Unsubscribe': ['list'],
  'Auto-Submitted': ['list'],
  Precedence: ['list'],
};

const OF_HEADERS = [
  ...Object.entries(REQUIRED).flatMap(([key, also]) => [
    headers(`no ${key}`, (list) => list.filter((it) => !it.startsWith(`${key}:`)), ['headers', ...also]),
    headers(`two of ${key}`, (list) => list.flatMap((it) => (it.startsWith(`${key}:`) ? [it, it] : [it])), ['headers']),
  ]),
  headers('one click without an endpoint', (list) => [...list, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'], ['headers']),
  headers('a header of the program', (list) => [...list, 'X-Mailer: roadbook'], ['headers']),
  headers('a hidden copy', (list) => [...list, 'Bcc: eve@example.org'], ['headers']),
  headers('an address to reply to', (list) => [...list, 'Reply-To: team@example.org'], []),
  header('a zone in letters', 'Date', 'Fri, 06 Feb 2026 17:00:00 GMT', ['date']),
  header('no known zone', 'Date', 'Fri, 06 Feb 2026 17:00:00 -0000', ['date']),
  header('a long subject', 'Subject', `[Harbour] Week 3: RED,\r\n ${'so late '.repeat(8)}`, ['subject']),
  header('a line feed in the subject', 'Subject', '=?utf-8?q?Harbour=0ABcc=3A_eve?=', ['headers']),
  header('an ID without a week', 'Message-ID', '<harbour.1c7e0d2a9b3f@example.org>', ['message-id']),
  header('an ID of week 54', 'Message-ID', '<2026-W54.harbour.1c7e0d2a9b3f@example.org>', ['message-id']),
  header('an ID by chance', 'Message-ID', '<2026-W06.harbour.1c7e0d2a9b3f4@example.org>', ['message-id']),
  header('a mail by hand', 'Auto-Submitted', 'no', ['list']),
  header('no precedence', 'Precedence', 'first-class', ['list']),
  header('a list without a domain', 'List-Id', 'Harbour', ['list']),
  header('unsubscribing without encryption', 'List-Unsubscribe', '<http://example.org/>', ['list']),
];

export const FAULTS = [...OF_THE_DOCUMENT, ...OF_PICTURES, ...OF_THE_TEXT, ...OF_THE_MESSAGE, ...OF_HEADERS];
