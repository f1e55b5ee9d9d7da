#!/usr/bin/env python3
"""Holds what a site has for other programs to the formats, by parsers that others wrote, and to the site's own report.

    check.py [--base-url URL] SITE…     each SITE is a folder that `roadbook build` wrote
    check.py --selftest SITE            plants faults into a copy in memory, and each of them has to be found

Exit status: 0 when all is well, 1 when it is not.
"""

import csv
import html.parser
import io
import json
import re
import sys
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from pathlib import Path

import feedparser
import icalendar

ATOM = "{http://www.w3.org/2005/Atom}"
SVG = "{http://www.w3.org/2000/svg}"
EVENT_ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"}
EVENT = EVENT_ONCE | {"URL"}
HEAD = {"VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE"}
FORMULA = tuple("=+-@\t\r＝＋－＠")
HTML = {"p", "h2", "ul", "li", "b", "strong", "em", "code", "del", "s", "a", "bdi", "span"}


class Site:
    """The files of a site by name, and what is wrong with them."""

    def __init__(self, files, base=None):
        self.files, self.base, self.wrong = files, base, []
        self.report = json.loads(files["data/report.json"])

    def expect(self, holds, words):
        if not holds:
            self.wrong.append(words)

    def text(self, name):
        try:
            return self.files[name].decode("utf-8")
        except KeyError:
            self.wrong.append(f"{name}: missing")
        except UnicodeDecodeError:
            self.wrong.append(f"{name}: no UTF-8")
        return None


def read(folder):
    wanted = lambda it: it.suffix in {".ics", ".xml", ".csv", ".svg", ".json", ".html"}
    return {it.relative_to(folder).as_posix(): it.read_bytes() for it in folder.rglob("*") if it.is_file() and wanted(it)}


# ---- The calendar ----

def calendar(site, name="calendar.ics"):
    text = site.text(name)
    if text is None:
        return
    raw = site.files[name]
    site.expect(raw.endswith(b"\r\n"), f"{name}: the last line has no end")
    lines = raw.split(b"\r\n")
    for number, line in enumerate(lines, 1):
        site.expect(b"\n" not in line and b"\r" not in line, f"{name}:{number}: a line ends in something else than CR LF")
        site.expect(len(line) <= 75, f"{name}:{number}: the line has {len(line)} octets, and 75 are allowed")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            site.wrong.append(f"{name}:{number}: a letter is torn by a fold")
        site.expect(not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line), f"{name}:{number}: a control character")
    open_parts = []
    for line in text.split("\r\n"):
        if line.startswith("BEGIN:"):
            open_parts.append(line[6:])
        elif line.startswith("END:"):
            site.expect(open_parts and open_parts.pop() == line[4:], f"{name}: {line} ends nothing")
    site.expect(not open_parts, f"{name}: {open_parts} never ends")
    try:
        parsed = icalendar.Calendar.from_ical(raw)
    except ValueError as error:
        site.wrong.append(f"{name}: icalendar cannot read it: {error}")
        return
    for component in parsed.walk():
        site.expect(not component.errors, f"{name}: icalendar complains: {component.errors}")
    site.expect(set(parsed) <= HEAD, f"{name}: the head has {sorted(set(parsed) - HEAD)}")
    site.expect(parsed.get("VERSION") == "2.0" and parsed.get("PRODID"), f"{name}: no version or no PRODID")
    site.expect({it.name for it in parsed.subcomponents} <= {"VEVENT"}, f"{name}: other components than events")
    as_of, seen, found = date.fromisoformat(site.report["as_of"]), set(), []
    for event in parsed.walk("VEVENT"):
        title = str(event.get("SUMMARY"))
        site.expect(set(event) <= EVENT, f"{name}: {title!r} has the property {sorted(set(event) - EVENT)}")
        site.expect(EVENT_ONCE <= set(event), f"{name}: {title!r} lacks {sorted(EVENT_ONCE - set(event))}")
        if not EVENT_ONCE <= set(event):
            continue
        many = [key for key in event if isinstance(event[key], list)]
        site.expect(not many, f"{name}: {title!r} has {many} more than once")
        if many:
            continue
        site.expect(str(event["UID"]) not in seen, f"{name}: two events have the UID {event['UID']}")
        seen.add(str(event["UID"]))
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        is_day = lambda it: isinstance(it, date) and not isinstance(it, datetime)
        site.expect(is_day(start) and is_day(end), f"{name}: {title!r} is no event of whole days")
        if is_day(start) and is_day(end):
            site.expect(start < end, f"{name}: {title!r} ends on {end}, and must end after {start}")
            found.append((str(event["CATEGORIES"].to_ical(), "utf-8"), start, end))
        site.expect(event["DTSTAMP"].dt.date() == as_of, f"{name}: {title!r} is stamped {event['DTSTAMP'].dt}, not {as_of}")
        url = event.get("URL")
        if site.base:
            site.expect(url and url.startswith(site.base), f"{name}: {title!r} has no address of the site")
        else:
            site.expect(url is None, f"{name}: {title!r} has an address, and none is known")
    site.expect(sorted(found) == sorted(planned(site.report)), f"{name}: the events are not those of the report")


def planned(report):
    """What the report says that the calendar holds: kind, first day, the day after the last."""
    day, one = date.fromisoformat, timedelta(days=1)
    for it in report["gates"]:
        if it["due"]:
            yield ("Gate", day(it["due"]), day(it["due"]) + one)
    for it in report["plan"]["phases"]:
        if it["start"] and it["end"]:
            yield ("Phase", day(it["start"]), max(day(it["start"]), day(it["end"])) + one)
    if report["plan"]["target"]:
        target = day(report["plan"]["target"])
        yield ("Launch", target, target + one)
    for it in report["decisions"]:
        if it["status"] == "open" and it["due"]:
            yield ("Decision", day(it["due"]), day(it["due"]) + one)


# ---- The feed ----

class Tags(html.parser.HTMLParser):
    """Collects what markup an entry has."""

    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attributes):
        if tag not in HTML:
            self.bad.append(tag)
        for key, value in attributes:
            if key.startswith("on") or key == "style" or (value or "").strip().lower().startswith(("javascript:", "data:")):
                self.bad.append(f"{tag} {key}")


def feed(site, name="feed.xml"):
    text = site.text(name)
    if text is None:
        return
    try:
        root = ET.fromstring(text.encode())
    except ET.ParseError as error:
        site.wrong.append(f"{name}: no XML: {error}")
        return
    parsed = feedparser.parse(site.files[name], sanitize_html=False, resolve_relative_uris=False)
    site.expect(not parsed.bozo, f"{name}: feedparser complains: {parsed.get('bozo_exception')}")
    site.expect(root.tag == ATOM + "feed", f"{name}: no Atom feed")
    site.expect(root.find(f"{ATOM}author/{ATOM}name") is not None, f"{name}: nobody wrote it")
    entries = root.findall(ATOM + "entry")
    site.expect(len(entries) <= 50, f"{name}: {len(entries)} entries, and 50 are the most")
    site.expect(len(entries) == min(50, len(weeks(site.report))), f"{name}: not an entry for each week with a standup")
    ids, last = set(), None
    for it in [root, *entries]:
        for child in ("id", "title", "updated"):
            found = it.findall(ATOM + child)
            site.expect(len(found) == 1 and (found[0].text or "").strip(), f"{name}: {child} is missing, empty or there twice")
        identity = it.findtext(ATOM + "id") or ""
        site.expect(identity not in ids, f"{name}: two things have the id {identity}")
        ids.add(identity)
        site.expect(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identity), f"{name}: odd id {identity}")
        updated = it.findtext(ATOM + "updated") or ""
        site.expect(re.fullmatch(r"\d{4}-\d\d-\d\dT12:00:00(Z|\+00:00)", updated), f"{name}: odd moment {updated}")
        site.expect(updated[:10] <= site.report["as_of"], f"{name}: {updated} is later than the report")
        for link in it.findall(ATOM + "link"):
            target(site, name, link.get("href") or "")
    for it in entries:
        updated = it.findtext(ATOM + "updated") or ""
        site.expect(last is None or updated <= last, f"{name}: the newest does not come first")
        last = updated
        content = it.find(ATOM + "content")
        site.expect(content is not None and content.get("type") == "html" and len(content) == 0, f"{name}: no HTML in words")
        tags = Tags()
        tags.feed((content.text if content is not None else "") or "")
        site.expect(not tags.bad, f"{name}: an entry has markup of its own: {tags.bad}")
    rels = {link.get("rel") for link in root.findall(ATOM + "link")}
    site.expect({"self", "alternate"} <= rels, f"{name}: no link to itself or to the site")


def weeks(report):
    pages = report["plan"]["weeks"] is not None
    return {it["week"] if it["week"] is not None and pages else it["date"] for it in report["standups"]}


def target(site, name, href):
    if site.base:
        site.expect(href.startswith(site.base), f"{name}: {href} does not lead to the site")
        href = href[len(site.base):] or "index.html"
    page = href.split("#")[0]
    site.expect(page in site.files, f"{name}: the site has no {page}")


# ---- The tables ----

def table(site, name, columns, rows):
    text = site.text(name)
    if text is None:
        return []
    site.expect(text.startswith("\ufeff"), f"{name}: no byte order mark, so Excel takes it for another encoding")
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    try:
        read = list(csv.reader(lines, strict=True))
    except csv.Error as error:
        site.wrong.append(f"{name}: no CSV: {error}")
        return []
    site.expect(read and set(columns) <= set(read[0]), f"{name}: the columns {columns} are not all there")
    site.expect(text.endswith("\r\n"), f"{name}: a row ends in something else than CR LF")
    for number, row in enumerate(read):
        site.expect(len(row) == len(read[0]), f"{name}: row {number} has {len(row)} cells")
        for cell in row:
            is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            site.expect(is_number or not cell.lstrip().startswith(FORMULA), f"{name}: row {number} has a formula: {cell[:40]!r}")
    site.expect(len(read) - 1 == rows, f"{name}: {len(read) - 1} rows, and the report has {rows}")
    return [dict(zip(read[0], row)) for row in read[1:]]


def tables(site):
    report = site.report
    rows = table(site, "data/tasks.csv", ["key", "id", "title", "state", "start", "end", "line"], len(report["tasks"]))
    plain = lambda it: it[1:] if it.startswith("'") and it[1:].lstrip().startswith(FORMULA) else it
    for row, task in zip(rows, report["tasks"]):
        for key in ("key", "id", "title", "state", "start", "end", "line"):
            asked = re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", " ", str(task[key] if task[key] is not None else ""))
            site.expect(plain(row.get(key, "")) == asked, f"data/tasks.csv: {key} of {task['key']} is {row.get(key)!r}")
    values = sum(bool(it["current"]) + bool(it["target"]) + len(it["targets"]) + len(it["actuals"]) for it in report["metrics"])
    table(site, "data/metrics.csv", ["name", "kind", "week", "value", "unit", "line"], values)


# ---- The badges ----

def badges(site):
    for badge in ("status", "progress", "forecast", "next-gate"):
        name = f"badges/{badge}"
        data, picture = site.text(name + ".json"), site.text(name + ".svg")
        if data is None or picture is None:
            continue
        data = json.loads(data)
        site.expect(set(data) == {"schemaVersion", "label", "message", "color"}, f"{name}.json: odd keys {sorted(data)}")
        site.expect(data.get("schemaVersion") == 1 and data.get("message"), f"{name}.json: no version 1, or no message")
        site.expect(re.fullmatch(r"[0-9a-f]{6}", data.get("color", "")), f"{name}.json: no colour")
        try:
            root = ET.fromstring(picture)
        except ET.ParseError as error:
            site.wrong.append(f"{name}.svg: no XML: {error}")
            continue
        tags = {it.tag.removeprefix(SVG) for it in root.iter()}
        site.expect(tags <= {"svg", "title", "clipPath", "rect", "g", "text"}, f"{name}.svg: odd elements {sorted(tags)}")
        site.expect(root.get("role") == "img" and root.findtext(SVG + "title") == f"{data['label']}: {data['message']}",
                    f"{name}.svg: it does not say what it shows")
        texts = [it for it in root.iter(SVG + "text")]
        site.expect([it.text for it in texts] == [data["label"], data["message"]], f"{name}.svg: other words than its data")
        boxes = [float(it.get("width")) for it in root.iter(SVG + "rect")][1:]
        for it, room in zip(texts, boxes):
            site.expect(float(it.get("textLength", "inf")) <= room - 10, f"{name}.svg: the words do not fit")
        site.expect("http" not in picture.replace("http://www.w3.org/2000/svg", ""), f"{name}.svg: asks another host")


# ---- The faults ----

def swap(old, new, count=1):
    return lambda it: it.replace(old, new, count)


FAULTS = [
    ("calendar.ics", lambda it: it.replace(b"\r\n", b"\n"), "something else than CR LF"),
    ("calendar.ics", lambda it: it.replace(b"\r\n ", b""), "octets, and 75 are allowed"),
    ("calendar.ics", swap(b"TRANSP:", b"ATTENDEE:mailto:a@example.org\r\nTRANSP:"), "has the property"),
    ("calendar.ics", swap(b"\r\nTRANSP:TRANSPARENT", b""), "lacks"),
    ("calendar.ics", swap(b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO"), "other components"),
    ("calendar.ics", lambda it: re.sub(rb"DTEND;VALUE=DATE:\d+", b"DTEND;VALUE=DATE:20200101", it, count=1), "must end after"),
    ("calendar.ics", lambda it: re.sub(rb"DTSTAMP:\d+", b"DTSTAMP:20200101", it, count=1), "is stamped"),
    ("calendar.ics", lambda it: re.sub(rb"UID:[0-9a-f-]+", b"UID:one", it), "two events have the UID"),
    ("calendar.ics", lambda it: it[: it.index(b"BEGIN:VEVENT")] + it[it.index(b"END:VEVENT\r\n") + 12 :], "not those of the report"),
    ("calendar.ics", swap(b"END:VCALENDAR", b"END:VEVENT"), "ends nothing"),
    ("calendar.ics", swap(b"SUMMARY:", b"SUMMARY:\x07"), "a control character"),
    ("feed.xml", swap(b"</entry>", b""), "no XML"),
    ("feed.xml", swap(b"<title>", b"<title>\x08"), "no XML"),
    ("feed.xml", lambda it: re.sub(rb"<id>[^<]+</id>", b"<id>urn:uuid:00000000-0000-8000-8000-000000000000</id>", it), "two things have the id"),
    ("feed.xml", lambda it: re.sub(rb"<entry>.*?</entry>", b"", it, count=1, flags=re.S), "not an entry for each week"),
    ("feed.xml", lambda it: re.sub(rb"(<entry>.*?<updated>)\d{4}", rb"\g<1>2020", it, count=1, flags=re.S), "newest does not come first"),
    ("feed.xml", lambda it: re.sub(rb"<updated>\d{4}", b"<updated>2099", it, count=1), "later than the report"),
    ("feed.xml", swap(b"weeks/", b"nowhere/"), "the site has no"),
    ("feed.xml", swap(b"&lt;p&gt;", b"&lt;script&gt;"), "markup of its own"),
    ("feed.xml", swap(b'rel="self"', b'rel="related"'), "no link to itself"),
    ("feed.xml", lambda it: re.sub(rb"<author>.*?</author>", b"", it, flags=re.S), "nobody wrote it"),
    ("data/tasks.csv", lambda it: it.removeprefix("\ufeff".encode()), "no byte order mark"),
    ("data/tasks.csv", lambda it: it[: it.rindex(b"\r\n", 0, -2) + 2], "rows, and the report has"),
    ("data/tasks.csv", lambda it: re.sub(rb"\r\n([^,]*),([^,]*),", rb"\r\n\1,=1+1,", it, count=1), "has a formula"),
    ("data/tasks.csv", lambda it: it.replace(b",done,", b",todo,", 1), "state of"),
    ("data/tasks.csv", swap(b"\r\n", b",x\r\n"), "cells"),
    ("data/metrics.csv", lambda it: it[: it.rindex(b"\r\n", 0, -2) + 2], "rows, and the report has"),
    ("badges/status.svg", swap(b"<text ", b"<script>1</script><text "), "odd elements"),
    ("badges/status.svg", lambda it: re.sub(rb'textLength="[\d.]+"', b'textLength="999"', it), "do not fit"),
    ("badges/status.svg", swap(b"<title", b"<desc"), "no XML"),
    ("badges/status.svg", lambda it: re.sub(rb"<title([^>]*)>[^<]*", rb"<title\1>", it), "does not say what it shows"),
    ("badges/progress.json", swap(b'"schemaVersion": 1', b'"schemaVersion": 2'), "no version 1"),
    ("badges/progress.json", swap(b'"label"', b'"style": "x", "label"'), "odd keys"),
    ("badges/forecast.json", lambda it: re.sub(rb'"message": "[^"]*"', b'"message": "soon"', it), "other words"),
]


def check(files, base=None):
    site = Site(files, base)
    for part in (calendar, feed, tables, badges):
        part(site)
    return site.wrong


def selftest(folder):
    files, failed = read(folder), 0
    for wrong in check(files):
        print(f"FAIL without a fault: {wrong}")
        failed = 1
    for name, plant, words in FAULTS:
        bad = plant(files[name])
        found = check({**files, name: bad})
        if bad == files[name]:
            print(f"FAIL the fault \"{words}\" changes nothing in {name}")
            failed = 1
        elif not any(words in it for it in found):
            print(f"FAIL \"{words}\" is not found in {name}: {found[:3]}")
            failed = 1
    print(f"{len(FAULTS)} faults planted")
    return failed


def main(arguments):
    base = None
    if arguments[:1] == ["--selftest"]:
        return selftest(Path(arguments[1]))
    if arguments[:1] == ["--base-url"]:
        base, arguments = arguments[1].rstrip("/") + "/", arguments[2:]
    failed = 0
    for folder in arguments:
        for wrong in check(read(Path(folder)), base):
            print(f"FAIL {folder}: {wrong}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
