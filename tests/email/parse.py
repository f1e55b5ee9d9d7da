#!/usr/bin/env python3
"""Checks the bytes of weekly mails against what the standards and mail servers ask for.

usage: parse.py MAIL.eml…     (NAME.html, NAME.txt and the pictures lie beside NAME.eml)

Uses the standard library alone. Each failure is one line: FAIL FILE: CHECK: WHAT.
"""

import email
import email.policy
import re
import sys
from pathlib import Path

# RFC 5322 says 998 and 78 for every line; in quoted-printable and base64 (RFC 2045) it is 76.
LONGEST_LINE = 998
LONGEST_HEADER_LINE = 78
LONGEST_BODY_LINE = 76
LONGEST_SUBJECT = 78

ONCE = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "List-Id",
    "List-Unsubscribe",
    "Auto-Submitted",
    "Precedence",
)
AT_MOST_ONCE = ("Reply-To",)
OF_A_PART = {
    "text": ("Content-Type", "Content-Transfer-Encoding"),
    "multipart": ("Content-Type",),
    "image": ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"),
}

MESSAGE_ID = re.compile(r"<\d{4}-W(0[1-9]|[1-4]\d|5[0-3])\.[a-z0-9]+(-[a-z0-9]+)*\.[0-9a-f]{12}@([a-z0-9-]+\.)*[a-z0-9-]+>")
# +0000 is a zone; -0000 says that none is known.
DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?!-0000)[+-]\d{4}")
LIST_ID = re.compile(r"(.* )?<[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+>")
UNSUBSCRIBE = re.compile(r"<mailto:[^<>\s]+>(, ?<https://[^<>\s]+>)?|<https://[^<>\s]+>")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CID = re.compile(rb"\bcid:([^\"'\s>]+)")


def problems(path):
    """Yields what is wrong with a mail, as pairs of the check's name and the problem."""
    raw = path.read_bytes()
    yield from of_lines(raw)
    # The old and the new reader of Python find different defects.
    for policy in (email.policy.default, email.policy.compat32):
        name = "default" if policy is email.policy.default else "compat32"
        for part in email.message_from_bytes(raw, policy=policy).walk():
            for defect in part.defects:
                yield "defects", f"{part.get_content_type()} ({name}): {type(defect).__name__} {defect}"
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    yield from of_headers(mail)
    yield from of_structure(mail)
    yield from of_files(mail, path)


def of_lines(raw):
    if re.search(rb"\r(?!\n)|(?<!\r)\n", raw):
        yield "lines", "a carriage return or a line feed stands alone"
    if not raw.endswith(b"\r\n"):
        yield "lines", "the last line has no end"
    if any(0x7E < byte or byte == 0 for byte in raw):
        yield "lines", "a byte is not ASCII"
    head, _, body = raw.partition(b"\r\n\r\n")
    headers = head.split(b"\r\n")
    # A line of one word has no blank to be folded at.
    # An address is one word, which cannot be folded; behind the name of its header it could, to no use.
    foldable = [line for line in headers if b" " in line.split(b": ", 1)[-1].strip()]
    for where, lines, limit in (
        ("headers", headers, LONGEST_LINE),
        ("headers", foldable, LONGEST_HEADER_LINE),
        ("body", body.split(b"\r\n"), LONGEST_BODY_LINE),
    ):
        long = [line for line in lines if limit < len(line)]
        if long:
            start = long[0][:40].decode("ascii", "replace")
            yield "lines", f"{len(long)} lines of the {where} have more than {limit} bytes; the first has {len(long[0])}: {start}…"

def of_headers(mail):
    for name in sorted({name.lower() for name in mail.keys()}):
        count = len(mail.get_all(name))
        if name not in {it.lower() for it in (*ONCE, *AT_MOST_ONCE)}:
            yield "headers", f"{name} is not a header of these mails"
        elif count != 1:
            yield "headers", f"{name} is there {count} times"
    for name in ONCE:
        if name not in mail:
            yield "headers", f"{name} is missing"
    for name, value in mail.items():
        for defect in getattr(value, "defects", ()):
            yield "defects", f"{name}: {type(defect).__name__} {defect}"
        if CONTROL.search(value):
            yield "headers", f"{name} has a control character"
    for name in ("From", "To"):
        # A list that keeps its readers to itself is an empty group.
        if not getattr(mail[name], "groups", ()):
            yield "headers", f"{name} names nobody"

    def value(name):
        return str(mail[name] or "").strip()

    if LONGEST_SUBJECT < len(value("Subject")) or not value("Subject").strip():
        yield "subject", f"{len(value('Subject'))} characters, not 1 to {LONGEST_SUBJECT}"
    # The new policy writes dates anew.
    date = str(dict(mail.raw_items()).get("Date", "")).strip()
    if not DATE.fullmatch(date):
        yield "date", f"no day with a numeric zone: {date}"
    if not MESSAGE_ID.fullmatch(value("Message-ID")):
        yield "message-id", f"not <YYYY-Www.project.12 hex digits@domain>: {value('Message-ID')}"
    if value("Auto-Submitted") != "auto-generated":
        yield "list", f"Auto-Submitted is not auto-generated: {value('Auto-Submitted')}"
    if value("Precedence") not in ("list", "bulk"):
        yield "list", f"Precedence is neither list nor bulk: {value('Precedence')}"
    if not LIST_ID.fullmatch(value("List-Id")):
        yield "list", f"List-Id is not of the form <list.domain>: {value('List-Id')}"
    if not UNSUBSCRIBE.fullmatch(value("List-Unsubscribe")):
        yield "list", f"List-Unsubscribe is no mailto or https address in <>: {value('List-Unsubscribe')}"


def of_structure(mail):
    shape = shape_of(mail)
    plain, html = "text/plain", "text/html"
    wanted = [f"multipart/alternative[{plain} multipart/related[{' '.join([html, *['image/png'] * count])}]]" for count in (0, 1, 2)]
    # Without a picture there is nothing that the HTML is related to.
    wanted.append(f"multipart/alternative[{plain} {html}]")
    if shape not in wanted:
        yield "structure", f"{shape}"
    cids = []
    for part in mail.walk():
        kind = part.get_content_maintype()
        allowed = OF_A_PART.get(kind, ())
        for name in part.keys() if part is not mail else ():
            if name.lower() not in {it.lower() for it in allowed}:
                yield "headers", f"{name} is not a header of a part: {part.get_content_type()}"
        for name in allowed:
            if len(part.get_all(name, [])) != 1:
                yield "headers", f"{part.get_content_type()} has {name} {len(part.get_all(name, []))} times"
        encoding = str(part["Content-Transfer-Encoding"] or "").lower()
        if kind == "text":
            if str(part.get_param("charset") or "").lower() != "utf-8":
                yield "encoding", f"{part.get_content_type()} is not UTF-8"
            if encoding != "quoted-printable":
                yield "encoding", f"{part.get_content_type()} is {encoding or 'not encoded'}, not quoted-printable"
            try:
                part.get_payload(decode=True).decode("utf-8")
            except UnicodeDecodeError as error:
                yield "encoding", f"{part.get_content_type()}: {error}"
        elif kind == "image":
            if encoding != "base64":
                yield "encoding", f"{part.get_content_type()} is {encoding or 'not encoded'}, not base64"
            if part.get_content_disposition() != "inline":
                yield "structure", f"{part.get_filename()} is not inline"
            if not re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", str(part["Content-ID"] or "")):
                yield "structure", f"Content-ID is not <name@domain>: {part['Content-ID']}"
            cids.append(str(part["Content-ID"]))
    if len(set(cids)) != len(cids):
        yield "structure", "two parts have the same Content-ID"


def shape_of(part):
    inner = f"[{' '.join(shape_of(it) for it in part.iter_parts())}]" if part.is_multipart() else ""
    return part.get_content_type() + inner


def of_files(mail, path):
    """The parts are the files beside the mail, but for the addresses of pictures."""
    pictures = {}
    for part in mail.walk():
        if part.get_content_maintype() == "image":
            name = part.get_filename() or ""
            pictures[str(part["Content-ID"] or "").strip("<>").encode()] = name.encode()
            beside = path.parent / Path(name).name
            if not beside.is_file():
                yield "files", f"{name} is not beside the mail"
            elif part.get_payload(decode=True) != beside.read_bytes():
                yield "files", f"{name} is not the picture beside the mail"
    for end, kind in ((".txt", "text/plain"), (".html", "text/html")):
        beside = path.with_suffix(end)
        part = next((it for it in mail.walk() if it.get_content_type() == kind), None)
        if not beside.is_file():
            yield "files", f"{beside.name} is not beside the mail"
        elif part:
            # Lines of a message end in two bytes, those of a file in one.
            sent = part.get_payload(decode=True).replace(b"\r\n", b"\n")
            sent = CID.sub(lambda it: pictures.get(it[1], it[0]), sent) if end == ".html" else sent
            file = beside.read_bytes()
            if sent != file:
                at = next((at for at, pair in enumerate(zip(sent, file)) if pair[0] != pair[1]), min(len(sent), len(file)))
                yield "files", f"{beside.name} and its part differ at byte {at}: {file[at:at + 30]!r} and {sent[at:at + 30]!r}"


def main(names):
    if not names:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    failures, seen = 0, {}
    for path in map(Path, names):
        found = list(dict.fromkeys(problems(path)))
        # Two audiences of one week get two mails, and a server may drop the second of two with one ID.
        key = str(email.message_from_bytes(path.read_bytes())["Message-ID"])
        if (path.parent, key) in seen:
            found.append(("message-id", f"the same as in {seen[path.parent, key]}"))
        seen.setdefault((path.parent, key), path.name)
        for check, what in found:
            print(f"FAIL {path}: {check}: {what}")
        failures += len(found)
    print(f"{len(names)} mails, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
