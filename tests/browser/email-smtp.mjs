// Sends the weekly mail to a mail server that others wrote (npm `smtp-server`), through the faults that it can be asked for, each
// twice; what arrives is read by npm `mailparser` and compared whole with what `--out` wrote.
// usage: node email-smtp.mjs PROGRAM FOLDER (PROGRAM: roadbook, or the one of tests/smtp/hasty.rs)

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const [program, folder] = process.argv.slice(2);
const TO = ['ada@example.org', 'bob@example.org', 'cy@example.net'];
const USER = 'office@example.org';
const PASSWORD = 'kept-to-ourselves';

const refuse = (code, text = 'no') => Object.assign(new Error(text), { responseCode: code });
const never = () => null;

/**
 * By name: what the server answers at each step (an error, or nothing), how many of the three have the mail after the first run and
 * after the second, which meets no fault; and the exit status of the first.
 */
const PLAYS = {
  fine: { served: [3, 3], status: 0 },
  'connection-554': { connect: () => refuse(554), served: [0, 3], status: 5 },
  'connection-421': { connect: () => refuse(421), served: [0, 3], status: 5 },
  'login-535': { auth: () => refuse(535), served: [0, 3], status: 5 },
  'login-454': { auth: () => refuse(454), served: [0, 3], status: 5 },
  'mail-451': { mail: () => refuse(451), served: [0, 3], status: 5 },
  'mail-530': { mail: () => refuse(530), served: [0, 3], status: 5 },
  'rcpt-first-550': { rcpt: (to) => (to === TO[0] ? refuse(550) : null), served: [2, 3], status: 5 },
  'rcpt-middle-550': { rcpt: (to) => (to === TO[1] ? refuse(550) : null), served: [2, 3], status: 5 },
  'rcpt-middle-450': { rcpt: (to) => (to === TO[1] ? refuse(450) : null), served: [2, 3], status: 5 },
  'rcpt-all-550': { rcpt: () => refuse(550), served: [0, 3], status: 5 },
  'rcpt-452': { rcpt: () => refuse(452), served: [0, 3], status: 5 },
  'data-451': { data: () => refuse(451), served: [0, 3], status: 5 },
  'data-552': { data: () => refuse(552), served: [0, 3], status: 5 },
  // The server has the message and dies before it says so: nobody can know, and nobody gets a second one. Who was not tried gets it
  // with the next run.
  'reply-lost': { lost: true, served: null, status: 5 },
};

class Mailbox {
  constructor(play) {
    this.play = play;
    this.is_faulty = true;
    this.kept = [];
    const step = (name, ...facts) => (this.is_faulty ? (play[name] ?? never)(...facts) : null);
    this.server = new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      onConnect: (session, done) => done(step('connect')),
      onAuth: ({ username, password }, session, done) => {
        const fault = step('auth') ?? (username === USER && password === PASSWORD ? null : refuse(535));
        done(fault, fault ? undefined : { user: username });
      },
      onMailFrom: (address, session, done) => done(step('mail')),
      onRcptTo: ({ address }, session, done) => done(step('rcpt', address)),
      onData: (stream, session, done) => {
        const pieces = [];
        stream.on('data', (it) => pieces.push(it));
        stream.on('end', () => {
          const fault = step('data');
          if (!fault) this.kept.push({ to: session.envelope.rcptTo.map((it) => it.address), bytes: Buffer.concat(pieces) });
          if (this.is_faulty && play.lost) {
            for (const connection of this.server.connections) connection._socket.destroy();
            return;
          }
          done(fault);
        });
      },
    });
    this.server.on('error', never);
  }

  listen() {
    return new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(this.server.server.address().port)));
  }

  close() {
    return new Promise((done) => this.server.close(done));
  }
}

function project(name) {
  const plan = path.join(folder, name);
  rmSync(plan, { recursive: true, force: true });
  mkdirSync(plan, { recursive: true });
  const to = JSON.stringify(TO);
  writeFileSync(path.join(plan, 'roadbook.toml'), `as_of = 2026-02-06\n[email]\nfrom = "Fähre <${USER}>"\nledger = "sent"\n[email.audiences.board]\nto = ${to}\n`);
  writeFileSync(path.join(plan, 'roadmap.md'), '# Ferry – ⛴ plan\n\n**Start:** 2026-01-19\n**Target Launch:** 2026-03-13\n\n## Phase 1: Ground (Week 1-4)\n\n'
    + Array.from({ length: 9 }, (_, at) => `- [${at < 4 ? 'x' : ' '}] **F-0${at}:** Part ${at} Bcc: x@y.z (1 day)\n`).join(''));
  return plan;
}

function roadbook(parts, port) {
  const env = { ...process.env, ROADBOOK_SMTP_URL: `smtp://${encodeURIComponent(USER)}:${PASSWORD}@127.0.0.1:${port}` };
  return new Promise((done) => {
    execFile(program, ['email', ...parts], { env }, (error, out, err) => done({ status: error ? error.code : 0, said: out + err }));
  });
}

const compare = (wrong, what, is, should) => {
  if (JSON.stringify(is) !== JSON.stringify(should)) wrong.push(`${what} is ${JSON.stringify(is)?.slice(0, 300)}, not ${JSON.stringify(should)?.slice(0, 300)}`);
};

/** What arrived is what was meant, whole. */
async function whole(wrong, plan, kept) {
  const out = `${plan}-out`;
  rmSync(out, { recursive: true, force: true });
  await roadbook([plan, '--out', out], 0);
  const file = (name) => readFileSync(path.join(out, name));
  for (const { to, bytes } of kept) {
    const mail = await simpleParser(bytes, { keepCidLinks: true });
    compare(wrong, 'the envelope', to.length, 1);
    compare(wrong, 'the sender', mail.from.value, [{ address: USER, name: 'Fähre' }]);
    compare(wrong, 'the address that is shown', mail.to.value.map((it) => it.address), [USER]);
    compare(wrong, 'the text', mail.text.trimEnd(), file('board.txt').toString().trimEnd());
    const html = mail.attachments.reduce((html, it) => html.replaceAll(`cid:${it.cid}`, it.filename), mail.html);
    compare(wrong, 'the HTML', html.trimEnd(), file('board.html').toString().trimEnd());
    for (const it of mail.attachments) compare(wrong, it.filename, it.content.equals(file(it.filename)), true);
    compare(wrong, 'hidden copies', [mail.bcc, mail.cc], [undefined, undefined]);
  }
}

/** Addresses by how often they have the mail. */
const copies = ({ kept }) => TO.map((it) => kept.filter(({ to }) => to.includes(it)).length);

async function run([name, play]) {
  const wrong = [];
  const plan = project(name);
  const box = new Mailbox(play);
  const port = await box.listen();
  const first = await roadbook([plan, '--send'], port);
  compare(wrong, 'the exit status', first.status, play.status);
  const after = copies(box);
  if (play.served) compare(wrong, 'the number of those who have it', after.filter((it) => it === 1).length, play.served[0]);
  if (`${first.said}`.includes(PASSWORD) || TO.some((it) => first.said.includes(it))) wrong.push(`it tells too much: ${first.said}`);
  box.is_faulty = false;
  const second = await roadbook([plan, '--send'], port);
  if (copies(box).some((it) => 1 < it)) wrong.push(`somebody has it twice: ${copies(box)}\n${first.said}${second.said}`);
  if (play.served) compare(wrong, 'the number of those who have it at last', copies(box).filter((it) => it === 1).length, play.served[1]);
  if (play.lost && !second.said.includes('unknown')) wrong.push(`nothing is said to be unknown: ${second.said}`);
  const ids = box.kept.map(({ bytes }) => /^Message-ID: (.*)$/im.exec(bytes.toString())[1]);
  compare(wrong, 'the number of different Message-IDs', new Set(ids).size, box.kept.length);
  if (!play.lost) await whole(wrong, plan, box.kept);
  await box.close();
  return wrong.map((it) => `FAIL ${name}: ${it}`);
}

const wrong = [];
for (const play of Object.entries(PLAYS)) wrong.push(...await run(play));
for (const it of wrong) console.log(it);
console.log(`${Object.keys(PLAYS).length} plays with a server of others, ${wrong.length} wrong`);
process.exitCode = wrong.length ? 1 : 0;
