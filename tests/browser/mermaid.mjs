// Reads and draws Gantt diagrams with mermaid itself, and sees that each bar has its days and its words.
//
//   node mermaid.mjs MERMAID.min.js FILE.mmd…      holds the files to it
//   node mermaid.mjs MERMAID.min.js --selftest     diagrams with faults, each of which has to be found
//
// Exit status: 0 when all is well, 1 when it is not.

import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findChromium } from './browser.mjs';

const HEAD = 'gantt\n    title T\n    dateFormat YYYY-MM-DD\n    section S\n';
const FAULTS = [
  [HEAD + '    a: b :b1, 2026-01-19, 2026-01-20\n', 'mermaid draws'],
  [HEAD + '    a :b1, 2026-01-19, soon\n', 'mermaid'],
  [HEAD + '    a :b1, 2026-01-19, 2026-01-19\n', 'ends before it begins'],
  [HEAD + '    title of the work :b1, 2026-01-19, 2026-01-20\n', 'mermaid draws'],
  [HEAD.replace('gantt', 'gant') + '    a :b1, 2026-01-19, 2026-01-20\n', 'mermaid cannot read it'],
  [HEAD + '    excludes weekends\n    a :b1, 2026-01-19, 2026-01-20\n', 'asks mermaid for a calendar'],
];

const [mermaid, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.setContent('<!DOCTYPE html><title>mermaid</title><body></body>');
await page.addScriptTag({ path: mermaid });

/** What is wrong with a diagram. */
async function check(text) {
  const wrong = [];
  if (/^\s*(excludes|includes|weekend)\b/m.test(text)) wrong.push('it asks mermaid for a calendar');
  const bars = text.split('\n').filter((it) => / :(?:\w+, )*b\d+, /.test(it));
  for (const it of bars) {
    const days = it.match(/(\d{4}-\d\d-\d\d), (\d{4}-\d\d-\d\d|0d)$/);
    if (!days) wrong.push(`mermaid has no days for: ${it.trim()}`);
    else if (days[2] !== '0d' && days[2] <= days[1]) wrong.push(`a bar ends before it begins: ${it.trim()}`);
  }
  const drawn = await page.evaluate(async (text) => {
    window.__pwned = undefined;
    window.mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', gantt: { useWidth: 1600 } });
    try {
      const { svg } = await window.mermaid.render('d', text);
      document.body.innerHTML = svg;
      await new Promise((done) => setTimeout(done, 20));
      const words = [...document.querySelectorAll('text.taskText, text.taskTextOutsideRight, text.taskTextOutsideLeft')];
      return { words: words.map((it) => it.textContent), pwned: window.__pwned, active: !!document.querySelector('body svg :is(script, foreignObject, a[href], [onclick], [onerror])') };
    } catch (error) {
      return { error: String(error.message ?? error) };
    }
  }, text);
  if (drawn.error) wrong.push(`mermaid cannot read it: ${drawn.error.split('\n').slice(0, 3).join(' ')}`);
  else {
    const asked = bars.map((it) => it.slice(0, it.lastIndexOf(' :')).trim()).sort();
    const words = drawn.words.map((it) => it.trim()).sort();
    const differs = asked.findIndex((it, at) => it !== words[at]);
    if (asked.length !== words.length || differs >= 0) {
      wrong.push(`mermaid draws ${words.length} bars of ${asked.length}: ${words[differs]} instead of ${asked[differs]}`);
    }
    if (drawn.pwned || drawn.active) wrong.push('mermaid draws something that does something');
  }
  return wrong;
}

let failed = 0;
if (files[0] === '--selftest') {
  for (const [text, words] of FAULTS) {
    const found = await check(text);
    if (!found.some((it) => it.includes(words))) {
      console.log(`FAIL "${words}" is not found: ${found}\n${text}`);
      failed = 1;
    }
  }
  console.log(`${FAULTS.length} faults planted in diagrams`);
} else {
  for (const file of files) {
    for (const it of await check(readFileSync(file, 'utf8'))) {
      console.log(`FAIL ${file}: ${it}`);
      failed = 1;
    }
  }
}
await browser.close();
process.exit(failed);
