// A mail as it is sent: read by mailparser, as a program that receives it would, and weighed. That the bytes
// keep to the standards is the business of tests/email/parse.py.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';

/** Gmail cuts a mail off at about 102 KB. Sources differ on what it counts, so both counts have a limit. */
const HTML_BYTES = 80_000;
const HTML_BYTES_ENCODED = 100_000;
const MESSAGE_BYTES = 500_000;
const PICTURES = 2;
const PICTURE_BYTES = 60_000;
/** Twice the 600 px of the layout, for screens with two dots to a pixel. */
const PICTURE_WIDTH = 1200;
const PREHEADER = { shortest: 40, longest: 90 };
const NO_COLUMNS = /[\u034f\u200b-\u200d\u2060\ufeff\u00ad]/g;

/** Checks `NAME.eml` against `NAME.html` and `NAME.txt`; `facts` is what was found in the document. */
export async function checkMessage(findings, page, folder, { html, text, facts }) {
  const raw = readFileSync(path.join(folder, page.replace(/html$/, 'eml')));
  const mail = await simpleParser(raw, { keepCidLinks: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true });
  const inline = new Map(mail.attachments.map((it) => [it.cid, it]));
  const wanted = [...new Set([...String(mail.html).matchAll(/\bcid:([^"'\s>]+)/g)].map((it) => decodeURIComponent(it[1])))];

  findings.check(page, 'cid', [
    ...wanted.filter((cid) => !inline.has(cid)).map((cid) => `no part has the Content-ID <${cid}>`),
    ...mail.attachments.filter(({ cid }) => !wanted.includes(cid)).map(({ cid, filename }) => `the part ${filename ?? ''} <${cid ?? 'no Content-ID'}> is not shown`),
    ...mail.attachments.filter(({ related }) => !related).map(({ filename }) => `${filename} is shown as an attachment`),
  ]);
  findings.check(page, 'reader', [
    sameText(mail.text, text) ? null : 'a mail program does not read the text of the .txt file',
    sameText(String(mail.html).replace(/\bcid:([^"'\s>]+)/g, (all, cid) => inline.get(decodeURIComponent(cid))?.filename ?? all), html)
      ? null : 'a mail program does not read the HTML of the .html file',
  ]);
  findings.check(page, 'size', [
    tooMuch('the HTML', Buffer.byteLength(html), HTML_BYTES),
    tooMuch('the HTML as encoded in the message', encodedHtml(raw), HTML_BYTES_ENCODED),
    tooMuch('the message', raw.length, MESSAGE_BYTES),
  ]);
  findings.check(page, 'pictures', pictureProblems(folder, facts.images));
  const preheader = shown(facts.preheader);
  findings.check(page, 'preheader', preheader.length >= PREHEADER.shortest && preheader.length <= PREHEADER.longest
    ? null : `the hidden first text has ${preheader.length} characters, not ${PREHEADER.shortest} to ${PREHEADER.longest}`);
}

function pictureProblems(folder, images) {
  const problems = images.length > PICTURES ? [`${images.length} pictures, not ${PICTURES} at most`] : [];
  for (const { src, width, height, alt } of images) {
    const file = path.join(folder, path.basename(src));
    if (!existsSync(file)) {
      problems.push(`${src} is not beside the page`);
      continue;
    }
    const bytes = readFileSync(file);
    const size = header(bytes);
    if (bytes.length >= PICTURE_BYTES) problems.push(`${src} has ${bytes.length} bytes, not under ${PICTURE_BYTES}`);
    if (!size) problems.push(`${src} is no PNG`);
    else {
      if (size.width !== PICTURE_WIDTH) problems.push(`${src} is ${size.width} px wide, not ${PICTURE_WIDTH}`);
      if (size.seeThrough) problems.push(`${src} is not opaque, so dark mode shows through`);
      const says = `width="${width}" height="${height}"`;
      if (!/^\d+$/.test(width) || !/^\d+$/.test(height)) problems.push(`${src} needs width and height as plain numbers: ${says}`);
      // One row of pixels may be lost to rounding.
      else if (Math.abs((height / width) * size.width - size.height) > 1) problems.push(`${src} is ${size.width} by ${size.height} px, which ${says} distorts`);
    }
    if (!/^\p{Lu}.*\s.*\S[.!?]$/su.test(alt ?? '')) problems.push(`${src}: the alt text is no sentence: "${alt ?? ''}"`);
  }
  return problems;
}

/** Width and height of a PNG, and whether what is behind it can be seen. */
function header(bytes) {
  if (bytes.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') return null;
  const type = bytes[25];
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    // Types 4 and 6 have an alpha channel, the others may have a list of clear colours.
    seeThrough: type === 4 || type === 6 || bytes.includes('tRNS'),
  };
}

/** The bytes of the text/html part as they travel. */
function encodedHtml(raw) {
  const text = raw.toString('latin1');
  const type = text.search(/^Content-Type: text\/html/im);
  const from = text.indexOf('\r\n\r\n', type) + 4;
  const to = text.indexOf('\r\n--', from);
  return type < 0 || to < 0 ? Infinity : to - from;
}

function tooMuch(what, bytes, limit) {
  return bytes > limit ? `${what} has ${bytes} bytes, not ${limit} at most` : null;
}

function sameText(a, b) {
  const plain = (text) => String(text).replaceAll('\r\n', '\n').trimEnd();
  return plain(a) === plain(b);
}

/** Text as a list of mails shows it: the fill that keeps other words out of the line is not seen. */
function shown(text) {
  return text.replace(NO_COLUMNS, '').replace(/\s+/g, ' ').trim();
}
