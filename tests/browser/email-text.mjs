// The text part, which must be the whole report for whoever reads nothing else: the same parts, the same
// figures, and no trace of how the other part is written.

const COLUMNS = 72;

/** The parts between headline and footer, by their names in the settings: the words that their headings begin with. */
export const PARTS = {
  decisions: 'Decisions needed',
  progress: 'Progress against plan',
  gate: 'Next gate',
  changes: 'What changed in the plan',
  work: 'Done this week',
  risks: 'Risks',
  next: 'Next week',
  forecast: 'Forecast',
};
const FOOTER = 'Data:';

const ADDRESS = /(?:https?:\/\/|mailto:)\S+/g;
const LEFT_OVERS = [/<\/?[a-z!][^\s>]*/gi, /&(?:[a-z]+|#\d+|#x[0-9a-f]+);/gi, /\*\*/g, /\]\(/g];
const MONTHS = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
/** A word this long is broken in two by the text part, wherever it has to be. */
const BROKEN = 40;

/**
 * Compares the text part with what the HTML shows (`facts`). Both have the parts named in `parts`. The words of a
 * hostile plan may look like markup; they stand in both then.
 */
export function checkText(findings, page, text, facts, { hostile = false, parts = Object.keys(PARTS) } = {}) {
  const wanted = Object.keys(PARTS).filter((it) => parts.includes(it)).map((it) => PARTS[it]);
  const lines = text.split('\n');
  const { visible } = facts;
  findings.check(page, 'columns', lines
    .filter((line) => columns(line) > COLUMNS && !/^\s*(?:https?:\/\/|mailto:)\S+$/.test(line))
    .map((line) => `${columns(line)} columns: ${line}`));
  findings.check(page, 'left-over', leftOvers(text, visible, hostile));
  findings.check(page, 'parts', [...partsOfHtml(wanted, facts), ...partsOfText(wanted, lines, facts)]);
  findings.check(page, 'figures', figureProblems(text, facts));
  const known = squashed(visible);
  findings.check(page, 'address', [...text.matchAll(ADDRESS)].map(([it]) => it.replace(/[.,;:)\]>"']+$/, ''))
    .filter((it) => !facts.links.some(({ href }) => href === it) && !known.includes(it))
    .map((it) => `only the text part leads to ${it}`));
}

function leftOvers(text, visible, hostile) {
  const known = squashed(visible);
  const found = (where, all) => LEFT_OVERS.flatMap((it) => [...all.matchAll(it)].map(([found]) => found))
    .filter((it) => !(hostile && known.includes(it.replace(/[.,;:…]+$/, ''))))
    .map((it) => `"${it}" in the ${where}`);
  return [...new Set([...found('text part', text), ...(hostile ? [] : found('words of the HTML', visible))])];
}

function partsOfHtml(wanted, { headings, visible }) {
  const [first, ...others] = headings.filter(({ level }) => level <= 2);
  const problems = [];
  if (first?.level !== 1) problems.push('the HTML does not begin with its h1');
  const names = others.map(({ text }) => Object.values(PARTS).find((part) => text.startsWith(part)) ?? text);
  if (names.join('\n') !== wanted.join('\n')) problems.push(`the parts of the HTML are: ${names.join(' | ')}`);
  if (visible.lastIndexOf(FOOTER) < visible.lastIndexOf(others.at(-1)?.text ?? '')) problems.push(`the HTML does not end with its footer ("${FOOTER}")`);
  return problems;
}

function partsOfText(wanted, lines, { headings }) {
  const problems = [];
  const begins = wanted.map((part) => part.toUpperCase());
  // What a part is about stands in capitals; what follows may be words of the plan.
  let at = 0;
  for (const heading of begins) {
    const next = lines.findIndex((line, index) => index >= at && line.startsWith(heading));
    if (next < 0) problems.push(`the text part has no line "${heading}", or not in its place`);
    else at = next + 1;
  }
  const headline = letters(headings.find(({ level }) => level === 1)?.text ?? '');
  const top = letters(lines.slice(0, lines.findIndex((line) => line.startsWith(begins[0]))).join(' '));
  if (!top.includes(headline)) problems.push('the text part does not begin with the headline of the HTML');
  for (const part of Object.values(PARTS).filter((it) => !wanted.includes(it))) {
    if (lines.some((line) => line.startsWith(part.toUpperCase()))) problems.push(`the text part has "${part.toUpperCase()}", which its readers did not ask for`);
  }
  const footer = lines.lastIndexOf('-- ');
  if (footer < at || !lines.slice(footer).join('\n').includes(FOOTER)) problems.push(`the text part does not end with "-- " and its footer ("${FOOTER}")`);
  return problems;
}

function figureProblems(text, { visible, preheader, images }) {
  const alts = images.map(({ alt }) => alt ?? '').join('\n');
  const [inText, inHtml] = [text, `${preheader}\n${visible}\n${alts}`].map((it) => ({ figures: figures(it), squashed: squashed(it).toLowerCase() }));
  const missing = (from, to, where) => [...from.figures]
    .filter((it) => !to.figures.has(it) && !(it.length > BROKEN && to.squashed.includes(it.replaceAll(' ', ''))))
    .map((it) => `"${it}" is not in the ${where}`);
  return [...missing(inHtml, inText, 'text part'), ...missing(inText, inHtml, 'HTML')];
}

/** Every word with a digit in it (number, percentage, ID, time), and every day with its month. */
export function figures(text) {
  const plain = spaced(text).toLowerCase().replace(ADDRESS, ' ');
  const words = [...plain.matchAll(/[\p{L}\p{N}_][\p{L}\p{N}_.,:%/+\-–]*/gu)]
    .map(([it]) => it.replace(/[.,:/+\-–]+$/, ''))
    .filter((it) => /\p{N}/u.test(it));
  const days = [...plain.matchAll(new RegExp(`\\b\\d{1,2} (?:${MONTHS})\\b(?: \\d{4}\\b)?`, 'g'))].map(([it]) => it);
  return new Set([...words, ...days]);
}

/** One blank for each gap, and none of the characters that nobody sees. */
function spaced(text) {
  return text.normalize('NFC').replace(/[\u034f\u200b-\u200d\u2060\ufeff\u00ad]/g, '').replace(/\s+/g, ' ');
}

function squashed(text) {
  return spaced(text).replaceAll(' ', '');
}

/** Letters and digits alone: the text part says some signs in another way. */
function letters(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Columns of a terminal: wide characters take two, marks on others none. */
function columns(line) {
  let count = 0;
  for (const it of line) {
    if (/[\p{M}\p{Cf}]/u.test(it)) continue;
    count += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(it) ? 2 : 1;
  }
  return count;
}
