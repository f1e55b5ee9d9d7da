"""A runner, a repository and an API to play action.yml against, with a stub in roadbook's place.

The steps are read out of action.yml and run in their order, with the environment that they name and no other; so what is tested is
what a runner of GitHub would do, but for its own work.
"""

import base64
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse

import ruamel.yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What is written goes here.
FOLDER = pathlib.Path(sys.argv.pop(1)).resolve()
REPOSITORY = "Harbour/plan"
TOKEN = "t0ken-that-nothing-may-show"
SMTP = "smtps://u:p4ssword@mail.example"
SECRETS = [TOKEN, base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode(), "p4ssword"]
EARLY, MIDDLE, LATE = "2026-01-05T09:00:00Z", "2026-01-06T09:00:00Z", "2026-01-07T09:00:00Z"
# What a writer of pull requests can choose, where git and the API let it through.
HOSTILE = "x';touch${IFS}pwned;$(touch${IFS}pwned)`touch${IFS}pwned`&a=b#é"
COMMANDS = ["::add-path::/tmp/evil", "::set-env name=BASH_ENV::/tmp/evil", "##[add-path]/tmp/evil"]

# Stands for roadbook: notes how it was called and what it could see, and obeys words in the roadmap of the head.
ROADBOOK = r"""#!/bin/bash
here=$(dirname -- "$0")
{ printf 'call'; printf '\t%s' "$@"; printf '\n'; env | sed 's/^/env\t/'; } >>"$here/calls"
verb=$1
[ "$verb" = --version ] && exit 0
while [ $# -gt 0 ]; do
  case $1 in
    --out) out=$2 ;;
    --body-file) body=$2 ;;
    --send) sends=yes ;;
  esac
  [ "$verb" = diff ] && [ -z "$head" ] && [ -n "$base" ] && head=$1
  [ "$verb" = diff ] && [ -z "$base" ] && [ "$1" != diff ] && base=$1
  shift
done
case $verb in
  build)
    ! grep -q BROKEN roadmap.md || { echo "::error::the plan cannot be read" >&2; exit 2; }
    mkdir -p "$out" && echo site >"$out/index.html" ;;
  check) echo "::warning file=roadmap.md::finding"; exit 1 ;;
  diff)
    plan=$(git show "$head:roadmap.md") || exit 2
    printf '%s\n' "$plan" | grep '^[:#][:#]' >&2
    case $plan in *BROKEN*) exit 2 ;; esac
    echo "<!-- roadbook:preview head=$head -->"
    echo "compared $base"
    if [ -n "$out" ]; then
      case $plan in *NO-SITE*) exit 0 ;; esac
      mkdir -p "$out" && echo preview >"$out/index.html"
      case $plan in *LARGE*) head -c 48000000 /dev/zero >"$out/large" ;; esac
    fi ;;
  email)
    printf '::error::%s\n::add-path::/tmp/evil\n' "mails of week 3" >&2
    ! grep -q BROKEN roadmap.md || exit 2
    [ -z "$out" ] || { mkdir -p "$out" && echo mail >"$out/board.eml"; }
    if [ -n "$sends" ]; then
      git push -q origin HEAD:refs/roadbook/sent || exit 2
      ! grep -q REFUSED roadmap.md || exit 5
    fi ;;
  comment) cp -- "$body" "$here/posted-$(basename -- "$body")"; ! grep -q REFUSED "$body" ;;
esac
"""

# Stands for cargo: puts the stub where an installation would.
CARGO = r"""#!/bin/bash
printf 'cargo\t%s\t%s\n' "$PWD" "$*" >>"$STUB_LOG"
while [ $# -gt 0 ]; do [ "$1" = --root ] && root=$2; shift; done
mkdir -p "$root/bin" && cp -- "$STUB_ROADBOOK" "$root/bin/roadbook" && chmod +x "$root/bin/roadbook"
"""


def git(*arguments, at, **environment):
    """Runs git away from all settings of this machine, and returns what it says."""
    own = {
        "PATH": os.environ["PATH"], "HOME": str(at), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com", "GIT_AUTHOR_DATE": EARLY, "GIT_COMMITTER_DATE": EARLY,
    } | environment
    return subprocess.run(["git", *arguments], cwd=at, env=own, check=True, capture_output=True, text=True).stdout.strip()


class Api(http.server.ThreadingHTTPServer):
    """GitHub's API as far as it is asked: pull requests, events of one, pushes to a fork."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.pulls, self.events, self.pushes = [], {}, {}
        self.asked, self.refuse, self.stumble = [], set(), 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        api, address = self.server, urllib.parse.urlsplit(self.path)
        query = {key: value[0] for key, value in urllib.parse.parse_qs(address.query).items()}
        api.asked.append(self.path)
        if api.stumble > 0:
            api.stumble -= 1
            return self.answer(503, {"message": "try again"})
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.answer(401, {"message": "Bad credentials"})
        if any(word in self.path for word in api.refuse):
            return self.answer(404, {"message": "::error::Not Found"})
        first = (int(query.get("page", 1)) - 1) * int(query.get("per_page", 30))
        last = first + int(query.get("per_page", 30))
        path = urllib.parse.unquote(address.path)
        if path == f"/repos/{REPOSITORY}/pulls" and query["state"] == "open":
            newest_first = sorted(api.pulls, key=lambda it: -it["number"] if isinstance(it["number"], int) else 0)
            return self.answer(200, newest_first[first:last])
        if found := re.fullmatch(rf"/repos/{REPOSITORY}/issues/(\d+)/events", path):
            return self.answer(200, api.events.get(int(found[1]), [])[first:last])
        if found := re.fullmatch(r"/repos/([^/]+/[^/]+)/activity", path):
            return self.answer(200, api.pushes.get((found[1], query["ref"]), [])[first:last])
        return self.answer(404, {"message": "Not Found"})

    def answer(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


class Expression:
    """As much of GitHub's expressions as action.yml uses; another kind raises."""

    def __init__(self, context):
        self.context = context

    def look_up(self, name):
        value = self.context
        for part in name.split("."):
            value = value.get(part, "") if isinstance(value, dict) else ""
        return value

    def text(self, template):
        return re.sub(r"\$\{\{\s*([\w.-]+)\s*\}\}", lambda it: str(self.look_up(it[1])), str(template))

    def holds(self, condition):
        words = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", condition.strip())
        words = re.sub(r"contains\(fromJSON\('(\[.*?\])'\), ([\w.-]+)\)", lambda it: str(self.look_up(it[2]) in json.loads(it[1])), words)
        words = re.sub(r"\b(?:inputs|steps)\.[\w.-]+", lambda it: repr(self.look_up(it[0])), words)
        words = words.replace("||", " or ").replace("&&", " and ").replace("!", " not ").replace(" not =", "!=")
        if not re.fullmatch(r"(?:'[^']*'|==|!=|or|and|not|True|False|[\s()])*", words):
            raise AssertionError(f"the tests cannot read {condition!r}")
        return eval(words)  # of the words above and no others


class ActionTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=FOLDER, prefix="action-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.api = Api()
        self.addCleanup(self.api.server_close)
        self.addCleanup(self.api.shutdown)
        self.upstream = self.folder / "server" / f"{REPOSITORY}.git"
        self.upstream.mkdir(parents=True)
        git("init", "-q", "--bare", "-b", "main", at=self.upstream)
        self.base = self.commit("# Harbour")
        git("update-ref", "refs/heads/main", self.base, at=self.upstream)
        self.workspace = self.folder / "workspace"
        git("clone", "-q", str(self.upstream), str(self.workspace), at=self.folder)
        self.stubs = self.folder / "stubs"
        self.stubs.mkdir()
        (self.stubs / "roadbook").write_text(ROADBOOK)
        (self.stubs / "cargo").write_text(CARGO)
        (self.stubs / "cargo").chmod(0o755)
        self.temp = self.folder / "temp"
        # How a workflow names the action.
        self.action_ref, self.action_repository = "a" * 40, "maker/roadbook"

    def commit(self, roadmap, date=EARLY, parent=None):
        """A commit whose roadmap has these words; its author may choose any date."""
        blob = self.folder / "blob"
        blob.write_text(roadmap + "\n")
        hashed = git("hash-object", "-w", str(blob), at=self.upstream)
        index = {"GIT_INDEX_FILE": str(self.folder / "index")}
        git("update-index", "--add", "--cacheinfo", f"100644,{hashed},roadmap.md", at=self.upstream, **index)
        tree = git("write-tree", at=self.upstream, **index)
        parents = ["-p", parent] if parent else []
        return git("commit-tree", tree, *parents, "-m", "plan", at=self.upstream, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)

    def pull(self, number, roadmap=None, fork=False, pushed=None, labelled=None, labels=None, branch="work", date=EARLY):
        """Opens a pull request. `pushed` is GitHub's time of the push to a fork, `labelled` that of the label."""
        head = self.commit(roadmap or f"# Harbour {number}", date, parent=self.base)
        git("update-ref", f"refs/pull/{number}/head", head, at=self.upstream)
        owner = "stranger/plan" if fork else REPOSITORY
        if labels is None:
            labels = ["preview"] if labelled else []
        self.api.pulls.append({
            "number": number, "title": HOSTILE + COMMANDS[0], "body": "\n".join(COMMANDS),
            "labels": [{"name": "bug"}] + [{"name": it} for it in labels],
            "head": {"sha": head, "ref": branch, "repo": {"id": 2 if fork else 1, "full_name": owner}},
            "base": {"sha": self.base, "ref": "main", "repo": {"id": 1, "full_name": REPOSITORY}},
        })
        if pushed:
            newest = {"after": head, "timestamp": pushed, "activity_type": "push"}
            self.api.pushes[(owner, f"refs/heads/{branch}")] = [newest, {"after": self.base, "timestamp": EARLY}]
        if labelled:
            self.api.events[number] = [
                {"event": "labeled", "label": {"name": "preview"}, "created_at": labelled},
                {"event": "labeled", "label": {"name": "bug"}, "created_at": LATE},
                {"event": "renamed", "created_at": LATE},
            ]
        return head

    def run_action(self, run, expect=0, event=None, **inputs):
        """Runs the steps of action.yml; what they print is kept in `self.log`, and the names of those that ran returned."""
        action = ruamel.yaml.YAML(typ="safe").load(ROOT / "action.yml")
        defaults = {name: it.get("default", "") for name, it in action["inputs"].items()}
        context = {"inputs": defaults | {"run": run} | inputs, "github": {"token": TOKEN, "event": event or {}, "action_ref": self.action_ref,
                                                                   "action_repository": self.action_repository},
                   "runner": {"temp": str(self.temp)}, "steps": {}}
        expression, ran, self.log = Expression(context), [], ""
        shutil.rmtree(self.temp, ignore_errors=True)
        self.temp.mkdir()
        for step in action["runs"]["steps"]:
            if "if" in step and not expression.holds(step["if"]):
                continue
            ran.append(step["name"])
            if "uses" in step:
                continue
            outputs, summary = self.temp / "outputs", self.temp / "summary"
            outputs.write_text("")
            environment = {
                "PATH": f"{self.stubs}:{os.environ['PATH']}", "HOME": str(self.folder), "RUNNER_TEMP": str(self.temp),
                "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_ENV": str(self.temp / "env"), "GITHUB_PATH": str(self.temp / "path"), "GITHUB_REPOSITORY": REPOSITORY,
                "GITHUB_SERVER_URL": f"file://{self.folder}/server", "GIT_ALLOW_PROTOCOL": "file",
                "GITHUB_API_URL": f"http://127.0.0.1:{self.api.server_port}",
                "STUB_ROADBOOK": str(self.stubs / "roadbook"), "STUB_LOG": str(self.temp / "cargo"),
            } | {name: expression.text(value) for name, value in step.get("env", {}).items()}
            done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", expression.text(step["run"])], cwd=self.workspace,
                                  env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.log += done.stdout
            if "id" in step:
                said = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
                context["steps"][step["id"]] = {"outputs": said}
            self.status = done.returncode
            if done.returncode:
                self.assertEqual(expect, 1, f"{step['name']} failed: {self.log}")
                break
        else:
            self.assertEqual(expect, 0, f"no step failed: {self.log}")
        for secret in SECRETS:
            self.assertNotIn(secret, self.log)
        self.assert_nothing_was_obeyed()
        return ran

    def assert_nothing_was_obeyed(self):
        """No command of somebody else stands where the runner would obey it, and no shell has run a name."""
        stopped = None
        for line in self.log.splitlines():
            if found := re.fullmatch(r"::stop-commands::([0-9a-f]{32})", line):
                stopped = found[1]
            elif stopped and line == f"::{stopped}::":
                stopped = None
            elif not stopped:
                for command in ["::add-path", "::set-env", "::error::", "##["]:
                    self.assertNotIn(command, line)
        self.assertIsNone(stopped, "commands stay stopped")
        for place in (self.workspace, ROOT, self.folder):
            self.assertFalse((place / "pwned").exists(), f"a name was run in {place}")
        for name in ("env", "path"):
            self.assertFalse((self.temp / name).exists(), f"something was written for later steps: {name}")

    def calls(self, verb):
        """Each call of the stub with this verb: its arguments, and the names of what it saw around it."""
        found = []
        calls = self.temp / "roadbook" / "bin" / "calls"
        for line in calls.read_text().splitlines() if calls.exists() else []:
            kind, *rest = line.split("\t")
            if kind == "call":
                found.append((rest, set()))
            elif found:
                found[-1][1].add(rest[0].split("=")[0])
        return [it for it in found if it[0][0] == verb]

    def previews(self):
        return {int(it.name.removeprefix("pr-")) for it in (self.workspace / "_site" / "preview").iterdir()}

    def fetched(self):
        return {int(it.rsplit("/", 1)[1]) for it in git("for-each-ref", "--format=%(refname)", "refs/roadbook", at=self.workspace).split()}
