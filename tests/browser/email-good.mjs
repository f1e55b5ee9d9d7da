// A weekly mail in good order, for the self-test: as short as it can be with all that the checks look at.

import { crc32, deflateSync } from 'node:zlib';

const FONT = "font-family:Arial,sans-serif;font-size:16px;line-height:24px;color:#1f2933;word-break:break-word";
const FILL = '&#847;&zwnj;&nbsp;'.repeat(10);

const part = (inner) => `<tr><td class="pad" style="padding:20px 24px 0">\n${inner}\n</td></tr>`;
const heading = (words) => `<h2 class="ink" style="margin:0 0 10px;${FONT}">${words}</h2>`;
const words = (inner) => `<p class="ink" style="margin:0 0 10px;${FONT}">${inner}</p>`;
const link = (href, inner) => `<a class="lnk" href="${href}" style="color:#1d4ed8">${inner}</a>`;
const picture = (name, height, alt) => `<tr><td style="padding:6px 0 0"><img src="${name}.png" width="600" height="${height}" alt="${alt}" `
  + `style="display:block;width:100%;max-width:600px;height:auto;border:0;background-color:#fcfcfd;${FONT}"></td></tr>`;

const HTML = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>Harbour, week 3: RED</title>
<style>
@media (prefers-color-scheme: dark) {
.page, .card { background-color: #14171c !important; }
.ink { color: #e6e9ee !important; }
.lnk { color: #8ab4ff !important; }
}
</style>
</head>
<body class="page" bgcolor="#eef1f4" style="margin:0;padding:0;background-color:#eef1f4">
<div style="display:none;font-size:1px;line-height:1px">RED: 10 of 42 items are done. Launch 31 Mar (50%) to 14 May (85%).${FILL}</div>
<main>
<table class="page" role="presentation" width="100%" cellspacing="0" cellpadding="0" bgcolor="#eef1f4" style="background-color:#eef1f4">
<tr><td align="center">
<!--[if mso]><table role="presentation" width="600" cellspacing="0" cellpadding="0"><tr><td><![endif]-->
<table class="card" role="presentation" width="100%" cellspacing="0" cellpadding="0" bgcolor="#fcfcfd" style="max-width:600px;background-color:#fcfcfd">
${part(`<h1 class="ink" style="margin:0 0 10px;${FONT}">&#9650;&nbsp;RED: 2 items are late</h1>
${words(`<span style="white-space:nowrap">P2-05</span> is late, 10 of 42 items are done. Launch by 31&nbsp;Mar (50%) or 14&nbsp;May (85%), was 27&nbsp;Mar.`)}
${words(link('https://example.org/harbour/', 'Open the full report (week 3)'))}`)}
${part(`${heading('Decisions needed: 0')}\n${words('None this week.')}`)}
${part(`${heading('Progress against plan')}\n${words('10 of 42 items done, plan 12, was 7. Pace 83%.')}`)}
${picture('burnup', 290, 'Burn-up: 10 of 42 items are done, 12 are planned.')}
${part(`${heading('Next gate: Launch, Fri 13 Feb')}
<table width="100%" cellspacing="0" cellpadding="0">
<thead><tr><th class="ink" scope="col" align="left" style="padding:6px 8px 6px 0;${FONT}">Criterion</th><th class="ink" scope="col" align="left" style="padding:6px 0;${FONT}">State</th></tr></thead>
<tbody><tr><th class="ink" scope="row" align="left" style="padding:6px 8px 6px 0;${FONT}">Load test at 140 requests</th><td class="ink" style="padding:6px 0;${FONT}">not met</td></tr></tbody>
</table>`)}
${part(`${heading('What changed in the plan')}\n${words('Nothing: 42 items, as last week.')}`)}
${part(`${heading('Done this week: 1. Blocked: 0')}\n${words(`${link('https://example.org/harbour/tasks/p1-08/', 'P1-08')} Quay wall`)}`)}
${part(`${heading('Risks')}\n${words('None.')}`)}
${part(`${heading('Next week')}\n${words('Nothing.')}`)}
${part(heading('Forecast: half of such plans finish by 31 Mar'))}
${picture('forecast', 300, 'Chance of being finished: 50% by 31 Mar; 85% by 14 May.')}
${part(words(`Data: commit 1c7e0d2, 6 Feb 2026 17:00 UTC. ${link('mailto:roadbook@example.org?subject=unsubscribe', 'Unsubscribe')}`))}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</main>
</body>
</html>
`;

const TEXT = `HARBOUR, WEEK 3

RED: 2 items are late

P2-05 is late, 10 of 42 items are done. Launch by 31 Mar (50%) or 14
May (85%), was 27 Mar.

Full report (week 3): https://example.org/harbour/


DECISIONS NEEDED: 0

None this week.


PROGRESS AGAINST PLAN

10 of 42 items done, plan 12, was 7. Pace 83%.


NEXT GATE: LAUNCH, FRI 13 FEB

Load test at 140 requests: not met


WHAT CHANGED IN THE PLAN

Nothing: 42 items, as last week.


DONE THIS WEEK: 1. BLOCKED: 0

- P1-08 Quay wall


RISKS

None.


NEXT WEEK

Nothing.


FORECAST: HALF OF SUCH PLANS FINISH BY 31 MAR

50% by 31 Mar, 85% by 14 May, was 27 Mar.

-- 
Data: commit 1c7e0d2, 6 Feb 2026 17:00 UTC.
Unsubscribe:
mailto:roadbook@example.org?subject=unsubscribe
`;

/** The parts of the good mail, to be changed and handed to `files`. */
export function good() {
  return {
    html: HTML,
    text: TEXT,
    pictures: { burnup: png(1200, 580), forecast: png(1200, 600) },
    headers: [
      'From: Roadbook <roadbook@example.org>',
      'To: team@example.org',
      'Subject: [Harbour] Week 3: RED, launch 31 Mar to 14 May',
      'Date: Fri, 06 Feb 2026 17:00:00 +0000',
      'Message-ID: <2026-W06.harbour.1c7e0d2a9b3f@example.org>',
      'List-Id: <harbour.example.org>',
      'List-Unsubscribe: <mailto:roadbook@example.org?subject=unsubscribe>',
      'Auto-Submitted: auto-generated',
      'Precedence: list',
      'MIME-Version: 1.0',
    ],
  };
}

/** What the program writes for the audience `name`: the files by their names, with the message over them. */
export function files(name, mail) {
  const pictures = Object.entries(mail.pictures).map(([it, bytes]) => [`${it}.png`, bytes]);
  return { [`${name}.html`]: mail.html, [`${name}.txt`]: mail.text, ...Object.fromEntries(pictures), [`${name}.eml`]: message(mail) };
}

function message({ html, text, pictures, headers }) {
  const shown = html.replace(/src="([a-z]+)\.png"/g, (all, it) => (it in pictures ? `src="cid:${it}@example.org"` : all));
  const texts = (type, body) => [`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: quoted-printable', '', quotedPrintable(body)];
  const images = Object.entries(pictures).flatMap(([name, bytes]) => [
    '--related',
    'Content-Type: image/png',
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: inline; filename="${name}.png"`,
    `Content-ID: <${name}@example.org>`,
    '',
    base64(bytes),
  ]);
  return [
    ...headers, 'Content-Type: multipart/alternative; boundary="alternative"', '',
    '--alternative', ...texts('text/plain', text),
    '--alternative', 'Content-Type: multipart/related; boundary="related"', '',
    '--related', ...texts('text/html', shown),
    ...images,
    '--related--', '--alternative--', '',
  ].join('\r\n');
}

/** As it stands in a message, 76 characters to a line. */
export function base64(bytes) {
  return bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n');
}

function quotedPrintable(text) {
  return text.split('\n').map((line) => {
    const escaped = [...Buffer.from(line)].map((byte, at, all) => {
      const plain = byte > 31 && byte < 127 && byte !== 61 && !(byte === 32 && at === all.length - 1);
      return plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    });
    let [out, width] = ['', 0];
    for (const it of escaped) {
      if (width + it.length > 75) [out, width] = [`${out}=\r\n`, 0];
      out += it;
      width += it.length;
    }
    return out;
  }).join('\r\n');
}

/** A picture of one colour; `type` 3 is a palette, 6 has an alpha channel. */
export function png(width, height, type = 3) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, type], 8);
  const rows = Buffer.alloc(height * (1 + width * (type === 6 ? 4 : 1)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
    ...(type === 3 ? [chunk('PLTE', Buffer.from([0xfc, 0xfc, 0xfd]))] : []),
    chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
  ]);
}
