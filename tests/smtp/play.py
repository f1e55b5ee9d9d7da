"""Sends the weekly mail to a server through every fault: once, retried, and killed between the record and the wire.

What is held against it: the server's own mailbox. No Message-ID is there twice, and what the record says of each recipient is true, or
that it does not know.

    play.py PROGRAM FOLDER
"""

import collections
import concurrent.futures
import email
import email.policy
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unicodedata
import urllib.parse

from server import PASSWORD, USER, Server

PROGRAM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
TO = ["ada@example.org", "bob@example.org", "cy@example.net"]
EHLO = b"250-mail.example\r\n250 "

# Step, action, argument; how; whether all three recipients may be served by a second run.
FAULTS = {
    "banner-554": ("banner", "say", "554 go away"),
    "banner-421": ("banner", "say", "421 busy"),
    "banner-never": ("banner", "silence", None),
    "banner-trickles": ("banner", "trickle", None),
    "banner-close": ("banner", "drop", None),
    "ehlo-502": ("EHLO", "say", "502 what"),
    "ehlo-1-mb": ("EHLO", "raw", b"250-" + b"a" * (1 << 20)),
    "ehlo-malformed": ("EHLO", "raw", b"2x0 hello\r\n"),
    "ehlo-blanks": ("EHLO", "raw", b"250-x\r\n250- \r\n250 AUTH PLAIN\r\n"),
    "auth-535": ("AUTH", "say", f"535 5.7.8 {PASSWORD}?"),
    "auth-534": ("AUTH", "say", "534 5.7.9 no"),
    "auth-454": ("AUTH", "say", "454 4.7.0 later"),
    "auth-not-offered": ("EHLO", "raw", EHLO + b"AUTH GSSAPI\r\n"),
    "auth-garbage": ("AUTH", "say", "334 !!!!"),
    "auth-drop": ("AUTH", "drop", None),
    "mail-530": ("MAIL", "say", "530 5.7.0 authenticate"),
    "mail-451": ("MAIL", "say", "451 4.3.0 later"),
    "mail-552": ("MAIL", "say", "552 5.3.4 too big"),
    "mail-drop": ("MAIL", "drop", None),
    "rcpt-first-550": ("RCPT ada", "say", "550 5.1.1 ada@example.org?"),
    "rcpt-middle-550": ("RCPT bob", "say", "550 5.1.1 no"),
    "rcpt-all-550": ("RCPT", "say", "550 5.1.1 no"),
    "rcpt-middle-450": ("RCPT bob", "say", "450 4.2.1 later"),
    "rcpt-452": ("RCPT", "say", "452 4.5.3 too many"),
    "rcpt-drop": ("RCPT", "drop", None),
    "data-354-never": ("DATA", "silence", None),
    "data-250": ("DATA", "say", "250 what"),
    "data-451": ("DATA", "say", "451 later"),
    "body-drop": ("body", "drop", None),
    "dot-451": ("dot", "say", "451 4.3.0 later"),
    "dot-552": ("dot", "say", "552 5.2.2 full"),
    "dot-lost": ("dot", "lose", None),
    "dot-never": ("dot", "silence", None),
    "dot-garbage": ("dot", "raw", b"\xff\xfe\r\n"),
    "quit-drop": ("QUIT", "drop", None),
}
# By STARTTLS and TLS; the last part names the certificate.
SAFE = {
    "starttls": ("starttls", "good", None),
    "starttls-not-offered": ("starttls", "good", ("EHLO", "raw", EHLO + b"HELP\r\n")),
    "starttls-454": ("starttls", "good", ("STARTTLS", "say", "454 not now")),
    "starttls-injected": ("starttls", "good", ("STARTTLS", "raw", b"220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n")),
    "starttls-drop": ("starttls", "good", ("tls", "drop", None)),
    "starttls-expired": ("starttls", "expired", None),
    "tls": ("tls", "good", None),
    "tls-drop": ("tls", "good", ("tls", "drop", None)),
    "tls-expired": ("tls", "expired", None),
    "tls-other-host": ("tls", "other", None),
    "tls-self-signed": ("tls", "self", None),
}
UNREACHABLE = {"refused": "smtp://127.0.0.1:1", "nxdomain": "smtps://no-such-host.invalid", "black-hole": "smtps://192.0.2.1"}


def git(folder, *arguments):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


class Project:
    """A plan in a repository, with a remote where the record goes."""

    def __init__(self, name):
        self.folder, self.remote = FOLDER / name / "plan", FOLDER / name / "remote.git"
        shutil.rmtree(FOLDER / name, ignore_errors=True)
        self.folder.mkdir(parents=True)
        to = json.dumps(TO)
        (self.folder / "roadbook.toml").write_text(
            f'as_of = 2026-02-06\n[email]\nfrom = "Fähre <{USER}>"\n[email.audiences.board]\nto = {to}\n'
        )
        (self.folder / "roadmap.md").write_text(
            "# Ferry – ⛴ \u202eplan\n\n**Start:** 2026-01-19\n**Target Launch:** 2026-03-13\n\n## Phase 1: Ground (Week 1-4)\n\n"
            + "".join(f"- [{'x' if n < 4 else ' '}] **F-{n:02}:** Part {n} Bcc: x@y.z (1 day)\n" for n in range(9))
        )
        git(self.folder, "init", "--quiet", "-b", "main")
        git(self.folder, "add", ".")
        git(self.folder, "commit", "--quiet", "-m", "Plan")
        git(self.folder, "clone", "--quiet", "--bare", ".", self.remote)
        git(self.folder, "remote", "add", "origin", self.remote)

    def command(self, *more):
        """The one place that knows how the program is called."""
        return [PROGRAM, "email", str(self.folder), "--send", *more]

    def start(self, url, *more):
        environment = {**os.environ, "ROADBOOK_SMTP_URL": url, "ROADBOOK_SMTP_CA": str(FOLDER / "certificates/ca.pem")}
        pipe = subprocess.PIPE
        return subprocess.Popen(self.command(*more), env=environment, stdout=pipe, stderr=pipe, text=True)

    def run(self, url, *more):
        process = self.start(url, *more)
        out, err = process.communicate(timeout=120)
        return process.returncode, out + err

    def record(self):
        """What the remote's record says of each recipient: what was accepted stays, else the last word."""
        try:
            names = git(self.remote, "ls-tree", "-r", "--name-only", "refs/roadbook/sent").split()
        except subprocess.CalledProcessError:
            return {}, {}
        files = {it.rsplit("/", 1)[1]: it for it in names}
        states = {}
        for line in git(self.remote, "show", f"refs/roadbook/sent:{files['ledger.jsonl']}").splitlines():
            entry = json.loads(line)
            if states.get(entry["message_id"]) != "accepted":
                states[entry["message_id"]] = entry["state"]
            assert not any(it in line for it in TO), line
        return states, files


def url(server):
    login = f"{urllib.parse.quote(USER, safe='')}:{urllib.parse.quote(PASSWORD, safe='')}@"
    return {
        "plain": f"smtp://{login}127.0.0.1:{server.port}",
        "starttls": f"smtp://{login}localhost:{server.port}?tls=required",
        "tls": f"smtps://{login}localhost:{server.port}",
    }[server.mode]


def identity(body):
    return email.message_from_bytes(body, policy=email.policy.default)["Message-ID"]


def judge(what, server, project, status, said, resent=False):
    """Holds the mailbox against the record; returns what is wrong."""
    wrong = []
    copies = collections.Counter(identity(body) for _, _, _, body in server.mailbox)
    if any(it > (2 if resent else 1) for it in copies.values()):
        wrong.append(f"sent twice: {copies}")
    states, _ = project.record()
    for key, state in states.items():
        if state == "accepted" and not copies[key]:
            wrong.append(f"{key} is called accepted, and the server does not have it")
        if state in ("refused", "deferred") and copies[key]:
            wrong.append(f"{key} is called {state}, and the server has it")
    if any(key not in states for key in copies):
        wrong.append("the server has what the record does not know")
    if status is not None and status not in (0, 2, 5):
        wrong.append(f"status {status}")
    if status == 0 and list(states.values()) != ["accepted"] * 3:
        wrong.append(f"status 0, and {states}")
    if status == 5 and list(states.values()) == ["accepted"] * 3:
        wrong.append("status 5, and all have it")
    if PASSWORD in said or "panicked" in said or any(it in said for it in TO):
        wrong.append("something is shown that must not be")
    if server.mode != "plain" and any(not it.startswith(("tls ", "connect", "EHLO", "STARTTLS", "QUIT")) for it in server.seen):
        wrong.append(f"said in the clear: {server.seen}")
    if "AUTH" in str(server.fault) and sum("AUTH" in it for it in server.seen) > 1 and status is not None and not resent:
        wrong.append("a login was tried again")
    return [f"{what}: {it}\n{said}" for it in wrong]


def shown(text):
    """A text as a message has it: a line has an end, and no character is a control but tabs."""
    text = "".join(it for it in text if it in "\n\t" or not unicodedata.category(it) == "Cc")
    return text if text.endswith("\n") else text + "\n"


def whole(server, project):
    """Compares every message with what was meant."""
    states, files = project.record()
    read = lambda name: subprocess.run(["git", "-C", project.remote, "show", f"refs/roadbook/sent:{files[name]}"], check=True, capture_output=True).stdout
    html, text, head = read("mail.html").decode(), read("mail.txt").decode(), json.loads(read("mail.json"))
    pictures = {it: files[f"{it}.png"] for it in head["pictures"]}
    wrong = []
    seen = []
    for sender, recipient, known, body in server.mailbox:
        assert max(map(len, body.split(b"\r\n"))) <= 998 and body.count(b"\n") == body.count(b"\r\n") == body.count(b"\r")
        message = email.message_from_bytes(body, policy=email.policy.default)
        parts = list(message.walk())
        defects = [it for part in parts for it in part.defects]
        seen.append(recipient)
        leaves = [it for it in parts if not it.is_multipart()]
        found = {
            "envelope": (sender, recipient in TO, known),
            "headers": [it for it in message.keys()],
            "from": str(message["From"]),
            "to": [(it.display_name, it.addr_spec) for it in message["To"].addresses],
            "subject": str(message["Subject"]),
            "date": message["Date"].datetime.isoformat(),
            "kinds": [it.get_content_type() for it in parts],
            "text": leaves[0].get_content().replace("\r\n", "\n"),
            "html": leaves[1].get_content().replace("\r\n", "\n"),
            "pictures": [it.get_content() for it in leaves[2:]],
            "defects": defects,
            "auto": (message["Auto-Submitted"], message["Precedence"], message["List-Unsubscribe-Post"]),
        }
        for part in leaves[2:]:
            name = part.get_filename().removesuffix(".png")
            html_here = f'src="cid:{part["Content-ID"].strip("<>")}"'
            found["html"] = found["html"].replace(html_here, f'src="{name}.png"')
        kinds = ["multipart/alternative", "text/plain"] + (["multipart/related"] if pictures else []) + ["text/html"] + ["image/png"] * len(pictures)
        expected = {
            "envelope": (USER, True, True),
            "headers": ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "Precedence", "List-Unsubscribe", "MIME-Version", "Content-Type"],
            "from": f"Fähre <{USER}>",
            "to": [("Ferry – ⛴ plan board", USER)],
            "subject": head["subject"],
            "date": head["date"],
            "kinds": kinds,
            "text": shown(text),
            "html": shown(html),
            "pictures": [read(f"{it}.png") for it in pictures],
            "defects": [],
            "auto": ("auto-generated", "list", None),
        }
        wrong += [f"{key}: {found[key]!r} instead of {expected[key]!r}"[:2000] for key in expected if found[key] != expected[key]]
        if any(it.encode() in body for it in TO):
            wrong.append("a recipient stands in the message")
    if sorted(seen) != TO:
        wrong.append(f"got by {seen}")
    if not pictures:
        wrong.append("no pictures to compare")
    return wrong


def once_and_again(name, make):
    """The fault stays for a whole run; the next run meets none."""
    project = Project(name)
    server = make()
    status, said = project.run(url(server))
    wrong = judge(f"{name}, once", server, project, status, said)
    before = server.fault
    server.fault = None
    if server.mode != "plain" and not name.endswith(("tls", "drop", "offered", "454", "injected")):
        return wrong
    status, said = project.run(url(server))
    wrong += judge(f"{name}, again", server, project, status, said)
    states, _ = project.record()
    # Whoever is not served now is one of whom nobody knows.
    if any(it not in ("accepted", "unknown") for it in states.values()) or len(states) != 3:
        wrong.append(f"{name}, again: {states}\n{said}")
    if before is None and not all(it == "accepted" for it in states.values()):
        wrong.append(f"{name}: {states}")
    return wrong


def killed(name, make, at):
    """The program is killed when the server is at a step; the next run meets no fault, nor does one that may send again."""
    project = Project(f"{name}-killed-{at}")
    server = make()
    server.kill = at
    process = project.start(url(server))
    server.victim = process
    out, err = process.communicate(timeout=120)
    wrong = judge(f"{name}, killed at {at}", server, project, None, out + err)
    server.fault, server.kill = None, None
    if server.mode == "plain":
        for more in ([], ["--resend-unknown"]):
            status, said = project.run(url(server), *more)
            wrong += judge(f"{name}, killed at {at}, again {more}", server, project, status, said)
    return wrong


def at_once():
    """Four runs, two of them in another clone."""
    project = Project("at-once")
    other = FOLDER / "at-once" / "other"
    git(project.folder, "clone", "--quiet", project.remote, other)
    server = Server()
    runs = []
    for folder in (project.folder, other) * 2:
        project.folder = folder
        runs.append(project.start(url(server)))
    said = "".join("".join(it.communicate(timeout=300)) for it in runs)
    return judge("at once", server, project, None, said) + ([] if len(server.mailbox) == 3 else [f"at once: {len(server.mailbox)} copies\n{said}"])


def certificates():
    """An authority, and certificates of many kinds."""
    folder = FOLDER / "certificates"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "new").mkdir(parents=True)
    run = lambda *arguments: subprocess.run(["openssl", *map(str, arguments)], cwd=folder, check=True, capture_output=True)
    run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "3650")
    (folder / "index.txt").write_text("")
    made = {}
    for name, host, dates in [("good", "localhost", ()), ("other", "elsewhere.example", ()), ("expired", "localhost", ("-startdate", "20190101000000Z", "-enddate", "20200101000000Z"))]:
        (folder / f"{name}.cnf").write_text(
            f"[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=new\nrand_serial=yes\ndefault_md=sha256\ndefault_days=3650\npolicy=p\nunique_subject=no\n"
            f"x509_extensions=e\n[p]\ncommonName=supplied\n[e]\nbasicConstraints=CA:FALSE\nsubjectAltName=DNS:{host}\n"
        )
        run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={host}")
        run("ca", "-batch", "-config", f"{name}.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in", f"{name}.csr", "-out", f"{name}.pem", *dates)
        made[name] = (folder / f"{name}.pem", folder / f"{name}.key")
    run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "self.key", "-out", "self.pem", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "10")
    made["self"] = (folder / "self.pem", folder / "self.key")
    return made


def unreachable(name, address):
    project = Project(f"unreachable-{name}")
    status, said = project.run(address)
    states, _ = project.record()
    good = status == 5 and set(states.values()) == {"deferred"}
    return [] if good else [f"{name}: status {status}, {states}\n{said}"]


def fine():
    project, server = Project("fine"), Server()
    status, said = project.run(url(server))
    wrong = judge("fine", server, project, status, said) + [f"fine: {it}" for it in whole(server, project)]
    return wrong + ([] if status == 0 else [f"fine: status {status}\n{said}"])


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    made = certificates()
    jobs = [fine, at_once]
    for name, fault in FAULTS.items():
        jobs.append(lambda name=name, fault=fault: once_and_again(name, lambda: Server(fault=fault)))
        passing = lambda name=name, fault=fault: once_and_again(f"{name}-passing", lambda: Server(fault=fault, times=1))
        jobs.append(passing)
        for at in ("connect", "kept"):
            jobs.append(lambda name=name, fault=fault, at=at: killed(name, lambda: Server(fault=fault), at))
    for name, (mode, certificate, fault) in SAFE.items():
        make = lambda mode=mode, certificate=certificate, fault=fault: Server(mode, made[certificate], fault)
        jobs.append(lambda name=name, make=make: once_and_again(name, make))
        jobs.append(lambda name=name, make=make: killed(name, make, "connect"))
    jobs += [lambda name=name, it=it: unreachable(name, it) for name, it in UNREACHABLE.items()]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        wrong = [it for each in pool.map(lambda job: job(), jobs) for it in each]
    for it in wrong:
        print("FAIL", it)
    print(f"{len(jobs)} plays of {len(FAULTS) + len(SAFE) + len(UNREACHABLE)} faults, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
