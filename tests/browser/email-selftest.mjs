// Proves that email.mjs and tests/email/parse.py can fail: plants one fault at a time in a good mail, and expects
// each to be reported under its name by whichever of the two has to see it, and nothing else.
// usage: node email-selftest.mjs

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser, each, endAfter } from './browser.mjs';
import { notNeeded } from './email-clients.mjs';
import { files, good } from './email-good.mjs';
import { checkMails } from './email.mjs';
import { FAULTS } from './email-faults.mjs';

const PARSER = fileURLToPath(new URL('../email/parse.py', import.meta.url));

endAfter(10);
const began = Date.now();
const root = mkdtempSync(path.join(tmpdir(), 'roadbook mail self-test '));
const browser = new Browser();
const problems = [];
try {
  const folders = new Map();
  for (const [at, fault] of FAULTS.entries()) {
    const folder = path.join(root, String(at));
    mkdirSync(folder);
    for (const [name, bytes] of Object.entries(planted(fault))) writeFileSync(path.join(folder, name), bytes);
    folders.set(folder, fault);
  }
  const seen = await inChromium(folders);
  const parsed = byParser(folders);
  for (const [folder, { name, page, bytes = [] }] of folders) {
    if (page) problems.push(...compare(name, 'email.mjs', page, seen.get(folder)));
    problems.push(...compare(name, 'parse.py', bytes, parsed.get(folder) ?? []));
  }
  problems.push(...(await agreed()));
} finally {
  await browser.close();
  rmSync(root, { recursive: true, force: true });
}
for (const line of problems) console.log(`FAIL ${line}`);
console.log(`${FAULTS.length} mails with known faults, ${problems.length} problems, ${((Date.now() - began) / 1000).toFixed(1)} s`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The files of the good mail with a fault in its parts, its message, or the files themselves. */
function planted({ name, parts, message, written }) {
  const mail = good();
  parts?.(mail);
  const all = files('team', mail);
  if (message) {
    const before = all['team.eml'];
    all['team.eml'] = message(before);
    // A fault that is not there would pass for one that is not seen.
    if (all['team.eml'] === before) throw new Error(`${name}: the message is as it was`);
  }
  written?.(all, mail);
  return all;
}

async function inChromium(folders) {
  const seen = new Map();
  await each([...folders].filter(([, { page }]) => page), async ([folder, { hostile, audience }]) => {
    const { findings } = await checkMails(folder, browser, { hostile, parts: audience && { team: audience } });
    seen.set(folder, findings.failures);
  });
  return seen;
}

function byParser(folders) {
  const mails = [...folders].flatMap(([folder, fault]) => Object.keys(planted(fault)).filter((it) => it.endsWith('.eml')).map((it) => path.join(folder, it)));
  const { stdout, stderr, error } = spawnSync('python3', [PARSER, ...mails], { encoding: 'utf8' });
  if (error || stderr) throw error ?? new Error(stderr);
  const found = new Map();
  for (const line of stdout.split('\n')) {
    const [, file, check, what] = /^FAIL (.*?\.eml): ([a-z-]+): (.*)$/.exec(line) ?? [];
    if (!file) continue;
    const folder = path.dirname(file);
    found.set(folder, [...(found.get(folder) ?? []), { check, what }]);
  }
  return found;
}

function compare(name, program, wanted, failures) {
  const got = [...new Set(failures.map(({ check }) => check))].sort().join(' ');
  const want = [...wanted].sort().join(' ');
  if (got === want) return [];
  return [`${name}: ${program} should report "${want}", did "${got}"`, ...failures.map(({ check, what }) => `    ${check}: ${what}`)];
}

/** An agreed loss that no mail needs must be named, and only that. */
async function agreed() {
  const folder = path.join(root, 'agreed');
  mkdirSync(folder);
  const all = (mail) => Object.entries(files('team', mail)).forEach(([name, bytes]) => writeFileSync(path.join(folder, name), bytes));
  const idle = async () => {
    const needed = new Set();
    await checkMails(folder, browser, { needed });
    return notNeeded(needed).map((it) => /"(.*)"/.exec(it)[1]);
  };
  all(good());
  const before = await idle();
  const mail = good();
  mail.html = mail.html.replaceAll(/ style="white-space:nowrap"/g, '');
  all(mail);
  const after = await idle();
  return [
    before.length === 0 ? null : `the good mail should need every agreed loss, does not need ${before.join(', ')}`,
    after.length > 0 && after.every((it) => it === 'white-space') ? null : `without white-space that should be reported, was "${after.join(', ')}"`,
  ].filter(Boolean);
}
