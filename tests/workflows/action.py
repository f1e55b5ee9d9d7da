"""What action.yml does with pull requests, and what it must not do. play.py plays the rest of the world.

    action.py FOLDER [TEST…]

FOLDER takes what is written.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import unittest

import ruamel.yaml

from play import COMMANDS, EARLY, HOSTILE, LATE, MIDDLE, REPOSITORY, ROADBOOK, ROOT, SMTP, ActionTest, git


class Pages(ActionTest):
    def test_a_branch_of_the_repository_gets_a_preview(self):
        head = self.pull(1)
        ran = self.run_action("pages")
        self.assertEqual(ran, ["Find pull requests with a preview", "Install roadbook", "Build the site", "Keep the site for GitHub Pages"])
        self.assertEqual(self.previews(), {1})
        self.assertEqual((self.workspace / "_site" / "index.html").read_text(), "site\n")
        [(build, _)] = self.calls("build")
        self.assertEqual(build, ["build", ".", "--out", "_site", "--base-url", "https://harbour.github.io/plan/"])
        [(diff, _)] = self.calls("diff")
        self.assertEqual(diff, [
            "diff", self.base, head, "--path", ".", "--merge-base", "--format", "markdown", "--pull", "1", "--repo-url",
            f"file://{self.folder}/server/{REPOSITORY}", "--preview-url", "https://harbour.github.io/plan/preview/pr-1/",
            "--out", str(self.temp / "roadbook" / "preview-1"),
        ])

    def test_nothing_of_a_pull_request_is_checked_out(self):
        self.pull(1, "# Harbour of somebody else")
        self.run_action("pages")
        self.assertEqual((self.workspace / "roadmap.md").read_text(), "# Harbour\n")
        self.assertEqual(git("status", "--porcelain", "--untracked-files=no", at=self.workspace), "")
        self.assertEqual(git("rev-parse", "HEAD", at=self.workspace), self.base)

    def test_what_reads_a_pull_request_has_no_token(self):
        self.pull(1)
        self.run_action("pages")
        for verb in ("build", "diff"):
            for _, names in self.calls(verb):
                self.assertLessEqual(names, {"PATH", "PWD", "SHLVL", "_"}, verb)

    def test_a_fork_gets_a_preview_only_by_a_label_that_is_newer_than_its_head(self):
        self.pull(2, fork=True, branch="two", pushed=MIDDLE)
        self.pull(3, fork=True, branch="three", pushed=MIDDLE, labelled=EARLY)
        self.pull(4, fork=True, branch="four", pushed=MIDDLE, labelled=LATE)
        self.pull(5, fork=True, branch="five", pushed=MIDDLE, labelled=MIDDLE)
        self.run_action("pages")
        self.assertEqual(self.previews(), {4})
        self.assertEqual(self.fetched(), {4}, "what gets no preview is not even fetched")
        self.assertIn("#3 gets no preview: it changed after the label was put on", self.log)

    def test_the_date_of_a_commit_decides_nothing(self):
        self.pull(3, fork=True, pushed=LATE, labelled=MIDDLE, date="2020-01-01T00:00:00Z")
        self.run_action("pages")
        self.assertEqual(self.previews(), set())

    def test_a_label_that_was_taken_off_counts_no_more(self):
        self.pull(3, fork=True, pushed=EARLY, labelled=LATE, labels=[])
        self.run_action("pages")
        self.assertEqual(self.previews(), set())

    def test_a_label_counts_from_when_it_was_put_on_last(self):
        self.pull(3, fork=True, pushed=MIDDLE, labelled=EARLY)
        self.api.events[3] += [{"event": "labeled", "label": {"name": "preview"}, "created_at": LATE}]
        self.run_action("pages")
        self.assertEqual(self.previews(), {3})

    def test_the_events_of_a_pull_request_fill_pages(self):
        self.pull(3, fork=True, pushed=MIDDLE, labelled=LATE)
        self.api.events[3] = [{"event": "mentioned"}] * 230 + self.api.events[3]
        self.run_action("pages")
        self.assertEqual(self.previews(), {3})

    def test_a_push_that_is_not_known_counts_as_newer(self):
        self.pull(3, fork=True, branch="unknown", labelled=LATE)
        self.pull(4, fork=True, branch="older", pushed=EARLY, labelled=LATE)
        self.api.pushes[("stranger/plan", "refs/heads/older")].insert(0, {"after": "0" * 40, "timestamp": EARLY})
        self.pull(5, fork=True, branch="odd", pushed="yesterday", labelled=LATE)
        self.pull(6, fork=True, branch="gone", pushed=EARLY, labelled=LATE)
        self.api.pulls[-1]["head"]["repo"] = None
        self.run_action("pages")
        self.assertEqual(self.previews(), set())

    def test_what_github_does_not_tell_costs_one_preview(self):
        self.pull(3, fork=True, branch="private", pushed=EARLY, labelled=LATE)
        self.pull(4, fork=True, branch="public", pushed=EARLY, labelled=LATE)
        self.api.refuse = {"private"}
        self.run_action("pages")
        self.assertEqual(self.previews(), {4})

    def test_a_head_that_moved_meanwhile_waits_for_the_next_run(self):
        self.pull(1)
        self.pull(2)
        git("update-ref", "refs/pull/1/head", self.commit("# Harbour, later", parent=self.base), at=self.upstream)
        self.run_action("pages")
        self.assertEqual(self.previews(), {2})
        self.assertIn("#1 has a newer head by now", self.log)

    def test_the_twenty_newest_get_a_preview(self):
        for number in range(1, 23):
            self.pull(number)
        self.run_action("pages")
        self.assertEqual(self.previews(), set(range(3, 23)))
        self.assertIn("#2 gets no preview: there are 20 newer ones", self.log)

    def test_pull_requests_fill_pages(self):
        self.pull(1)
        for number in range(2, 122):
            self.api.pulls.append(self.api.pulls[0] | {"number": number, "head": self.api.pulls[0]["head"] | {"repo": {"id": 9}}})
        self.run_action("pages")
        self.assertEqual(self.previews(), {1})

    def test_previews_are_a_hundred_megabytes_at_most(self):
        for number in (1, 2, 3):
            self.pull(number, f"# Harbour LARGE {number}")
        self.pull(4)
        self.run_action("pages")
        self.assertEqual(self.previews(), {2, 3, 4})
        self.assertIn("#1 gets no preview: it would make them larger than 100 MB together", self.log)

    def test_a_bad_pull_request_costs_its_own_preview_only(self):
        self.pull(1, "# BROKEN\n" + "\n".join(COMMANDS))
        self.pull(2, "# NO-SITE")
        self.pull(3)
        self.api.pulls.append(self.api.pulls[0] | {"number": 4, "base": {"sha": "1" * 40, "repo": {"id": 1}}})
        git("update-ref", "refs/pull/4/head", self.api.pulls[0]["head"]["sha"], at=self.upstream)
        self.api.pulls.append(self.api.pulls[0] | {"number": 5})
        self.run_action("pages")
        self.assertEqual(self.previews(), {3})
        for said in ("#1 gets no preview: it could not be made", "#2 gets no preview: there is no plan to show",
                     "#4 has a base that is not in the checkout", "#5 could not be fetched"):
            self.assertIn(said, self.log)

    def test_hostile_names_and_words_do_no_harm(self):
        self.pull(1, "# Harbour\n" + "\n".join(COMMANDS), branch=HOSTILE)
        self.pull(2, "# Harbour\n" + "\n".join(COMMANDS), fork=True, branch=HOSTILE, pushed=EARLY, labelled=LATE)
        self.pull(3, fork=True, branch="three", pushed=EARLY, labelled=LATE)
        self.api.pulls[-1]["head"]["repo"]["full_name"] = "../../user?x=\n" + HOSTILE
        for odd in ({"number": "6; touch pwned"}, {"number": 7, "head": {"sha": "--upload-pack=touch pwned", "repo": {"id": 1}}},
                    {"number": 8, "base": {"sha": "HEAD", "repo": {"id": 1}}}, {"number": 9, "labels": None, "head": {"repo": None}}):
            self.api.pulls.append(self.api.pulls[0] | odd)
        self.run_action("pages")
        self.assertEqual(self.previews(), {1, 2})

    def test_without_the_list_nothing_is_published(self):
        self.api.refuse = {"/pulls"}
        self.assertEqual(self.run_action("pages", expect=1), ["Find pull requests with a preview"])
        self.assertIn("GitHub does not say which pull requests are open", self.log)

    def test_the_api_may_stumble_once(self):
        self.pull(1)
        self.api.stumble = 1
        self.run_action("pages")
        self.assertEqual(self.previews(), {1})

    def test_the_plan_itself_must_be_readable(self):
        (self.workspace / "roadmap.md").write_text("# BROKEN\n")
        self.assertNotIn("Keep the site for GitHub Pages", self.run_action("pages", expect=1))
        self.assertIn("the site could not be built", self.log)

    def test_the_record_of_sent_mail_is_fetched(self):
        git("update-ref", "refs/roadbook/sent", self.base, at=self.upstream)
        self.run_action("pages")
        self.assertEqual(git("rev-parse", "refs/roadbook-remote/origin/sent", at=self.workspace), self.base)

    def test_without_a_record_of_sent_mail_the_site_is_built(self):
        self.run_action("pages")
        self.assertNotIn("::error", self.log)
        self.assertNotIn("could not be fetched", self.log)

    def test_a_shallow_checkout_is_refused(self):
        shutil.rmtree(self.workspace)
        self.base = self.commit("# Harbour, on", parent=self.base)
        git("update-ref", "refs/heads/main", self.base, at=self.upstream)
        git("clone", "-q", "--depth=1", f"file://{self.upstream}", str(self.workspace), at=self.folder)
        self.run_action("pages", expect=1)
        self.assertIn("write fetch-depth: 0", self.log)


class Comment(ActionTest):
    def comment(self, head, **options):
        return self.run_action("comment", event={"workflow_run": {"head_sha": head}}, **options)

    def posted(self):
        return {int(it.stem.split("-")[1]): it.read_text() for it in (self.temp / "roadbook" / "bin").glob("posted-*")}

    def test_one_comment_on_the_pull_request_of_the_commit(self):
        self.pull(1)
        head = self.pull(2, "# Harbour\n" + "\n".join(COMMANDS))
        ran = self.comment(head)
        self.assertEqual(ran, ["Find the pull request", "Install roadbook", "Write the comment", "Post the comment"])
        self.assertEqual(self.posted(), {2: f"<!-- roadbook:preview head={head} -->\ncompared {self.base}\n"})
        [(comment, names)] = self.calls("comment")
        self.assertEqual(comment[:5], ["comment", "--repo", REPOSITORY, "--pull", "2"])
        self.assertIn("GITHUB_TOKEN", names)
        self.assertIn("GITHUB_API_URL", names)
        [(diff, names)] = self.calls("diff")
        self.assertIn("https://harbour.github.io/plan/preview/pr-2/", diff)
        self.assertNotIn("--out", diff)
        self.assertLessEqual(names, {"PATH", "PWD", "SHLVL", "_"})
        self.assertEqual(self.fetched(), {2})

    def test_a_fork_without_the_label_gets_a_comment_and_no_link(self):
        head = self.pull(2, fork=True, pushed=MIDDLE, labelled=EARLY, branch=HOSTILE)
        self.comment(head)
        self.assertEqual(set(self.posted()), {2})
        self.assertNotIn("--preview-url", self.calls("diff")[0][0])

    def test_a_fork_with_the_label_gets_the_link(self):
        head = self.pull(2, fork=True, pushed=MIDDLE, labelled=LATE, branch=HOSTILE)
        self.comment(head)
        self.assertIn("--preview-url", self.calls("diff")[0][0])

    def test_where_the_site_is_can_be_said(self):
        self.comment(self.pull(2), **{"base-url": "https://plan.example.org"})
        self.assertIn("https://plan.example.org/preview/pr-2/", self.calls("diff")[0][0])

    def test_each_pull_request_of_the_commit_gets_its_own(self):
        head = self.pull(2)
        self.api.pulls.append(self.api.pulls[0] | {"number": 3})
        git("update-ref", "refs/pull/3/head", head, at=self.upstream)
        self.comment(head)
        self.assertEqual(set(self.posted()), {2, 3})

    def test_a_commit_of_no_open_pull_request_costs_nothing(self):
        self.pull(2)
        self.assertEqual(self.comment("a" * 40), ["Find the pull request"])

    def test_a_run_of_nothing_is_refused(self):
        for head in ("", "HEAD", "a" * 39, "--all", "a" * 40 + "\nx"):
            self.assertEqual(self.comment(head, expect=1), ["Find the pull request"])
            self.assertIn("there is no commit to comment on", self.log)

    def test_plans_that_cannot_be_compared_get_no_comment(self):
        head = self.pull(2, "# BROKEN\n" + "\n".join(COMMANDS))
        self.comment(head)
        self.assertEqual(self.posted(), {})
        self.assertIn("#2 gets no comment", self.log)

    def test_a_comment_that_is_refused_fails_the_job(self):
        (self.stubs / "roadbook").write_text(ROADBOOK.replace("compared $base", "REFUSED"))
        self.comment(self.pull(2), expect=1)


class Preview(ActionTest):
    def preview(self, **options):
        head = self.api.pulls[0]["head"]["sha"]
        git("fetch", "-q", "origin", "refs/pull/1/head", at=self.workspace)
        event = {"pull_request": {"number": 1, "base": {"sha": self.base}, "head": {"sha": head}}}
        return self.run_action("preview", event=event, **options)

    def test_a_summary_annotations_and_a_site(self):
        head = self.pull(1, "# Harbour\n" + "\n".join(COMMANDS))
        self.assertEqual(self.preview(), ["Install roadbook", "Show what changes", "Keep the preview"])
        summary = (self.temp / "summary").read_text()
        self.assertIn(f"<!-- roadbook:preview head={head} -->", summary)
        self.assertIn("roadbook-preview", summary)
        self.assertIn("::warning file=roadmap.md::finding\n", self.log)
        self.assertTrue((self.temp / "roadbook" / "preview" / "index.html").is_file())
        for _, names in self.calls("diff") + self.calls("check"):
            self.assertLessEqual(names, {"PATH", "PWD", "SHLVL", "_"})
        self.assertEqual(self.api.asked, [])

    def test_without_a_site_the_summary_names_none(self):
        self.pull(1, "# NO-SITE")
        self.preview()
        self.assertNotIn("roadbook-preview", (self.temp / "summary").read_text().splitlines()[-1])

    def test_plans_that_cannot_be_compared_fail_the_job(self):
        self.pull(1, "# BROKEN\n" + "\n".join(COMMANDS))
        self.assertNotIn("Keep the preview", self.preview(expect=1))
        self.assertIn("the plans could not be compared", self.log)


class Email(ActionTest):
    def send(self, **inputs):
        return self.run_action("email", send="true", **({"smtp-url": SMTP} | inputs))

    def sent(self):
        return git("for-each-ref", "refs/roadbook", at=self.upstream) != ""

    def test_mails_are_written_and_kept(self):
        self.assertEqual(self.run_action("email"), ["Install roadbook", "Write the mails", "Keep the mails"])
        [(email, names)] = self.calls("email")
        self.assertEqual(email, ["email", ".", "--out", str(self.temp / "roadbook" / "mail")])
        self.assertLessEqual(names, {"PATH", "PWD", "SHLVL", "_"})
        self.assertTrue((self.temp / "roadbook" / "mail" / "board.eml").is_file())
        self.assertFalse(self.sent())
        self.assertEqual(self.api.asked, [])

    def test_mails_are_sent_with_the_token_for_git_alone(self):
        self.assertEqual(self.send(), ["Install roadbook", "Send the mails"])
        [(email, names)] = self.calls("email")
        self.assertEqual(email, ["email", ".", "--send"])
        self.assertLessEqual({"ROADBOOK_SMTP_URL", "GIT_CONFIG_KEY_0", "GIT_CONFIG_VALUE_0"}, names)
        self.assertEqual(names & {"GITHUB_TOKEN", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}, set())
        self.assertTrue(self.sent())
        self.assertEqual(git("config", "--list", "--local", at=self.workspace).count("extraheader"), 0)

    def test_one_week_one_audience_and_another_address(self):
        self.run_action("email", week="3", audience="board_2-a", **{"base-url": "https://plan.example.org/"})
        self.assertEqual(self.calls("email")[0][0][2:5], ["--week=3", "--audience=board_2-a", "--base-url=https://plan.example.org/"])
        self.send(week="3", audience="board_2-a")
        self.assertEqual(self.calls("email")[0][0][2:], ["--week=3", "--audience=board_2-a", "--send"])

    def test_words_of_whoever_starts_it_are_mere_words(self):
        for name in ("week", "audience"):
            for words in (HOSTILE, "--send", "3 --send", "-1", "3\n::add-path::/tmp/evil"):
                if name == "audience" and words in ("--send", "-1"):
                    continue
                self.assertEqual(self.run_action("email", expect=1, **{name: words})[-1], "Write the mails", words)
                self.assertEqual(self.calls("email"), [])
        self.run_action("email", audience="--send")
        self.assertEqual(self.calls("email")[0][0][2], "--audience=--send")
        self.assertFalse(self.sent())

    def test_somebody_who_was_not_served_fails_the_job_with_status_5(self):
        (self.workspace / "roadmap.md").write_text("# REFUSED\n")
        self.send(expect=1)
        self.assertEqual(self.status, 5)
        self.assertIn("not everybody was served", self.log)

    def test_a_plan_that_cannot_be_read_sends_nothing(self):
        (self.workspace / "roadmap.md").write_text("# BROKEN\n")
        self.assertNotIn("Keep the mails", self.run_action("email", expect=1))
        self.assertIn("the mail could not be written", self.log)
        self.send(expect=1)
        self.assertEqual(self.status, 2)
        self.assertFalse(self.sent())

    def test_without_a_server_nothing_is_tried(self):
        self.send(expect=1, **{"smtp-url": ""})
        self.assertIn("there is no mail server", self.log)
        self.assertEqual(self.calls("email"), [])

    def test_another_word_than_true_or_false_is_refused(self):
        for word in ("yes", "True", ""):
            self.assertEqual(self.run_action("email", expect=1, send=word), ["Know whether to send"])

    def test_a_shallow_checkout_is_refused(self):
        shutil.rmtree(self.workspace)
        self.base = self.commit("# Harbour, on", parent=self.base)
        git("update-ref", "refs/heads/main", self.base, at=self.upstream)
        git("clone", "-q", "--depth=1", f"file://{self.upstream}", str(self.workspace), at=self.folder)
        self.run_action("email", expect=1)
        self.assertIn("write fetch-depth: 0", self.log)

    def test_only_the_job_that_sends_has_rights_and_a_secret(self):
        load = ruamel.yaml.YAML(typ="safe").load
        workflow = load(ROOT / ".github" / "workflows" / "email.yml")
        write, send = workflow["jobs"]["write"], workflow["jobs"]["send"]
        self.assertEqual(workflow["permissions"], {})
        self.assertEqual(write["permissions"], {"contents": "read"})
        self.assertNotIn("secrets", json.dumps(write))
        self.assertEqual((send["permissions"], send["environment"], send["needs"]), ({"contents": "write"}, "email", "write"))
        for job in (write, send):
            self.assertEqual(job["steps"][0]["with"], {"fetch-depth": 0, "persist-credentials": False})
        having = {it["name"] for it in load(ROOT / "action.yml")["runs"]["steps"] if "smtp-url" in json.dumps(it)}
        self.assertEqual(having, {"Send the mails"})

    def test_nothing_is_sent_by_the_clock_unless_the_variable_says_so_nor_by_hand_unless_asked(self):
        jobs = ruamel.yaml.YAML(typ="safe").load(ROOT / ".github" / "workflows" / "email.yml")["jobs"]

        def sends(event, variable="", dry_run=None, ref="refs/heads/main"):
            values = {"github.ref": ref, "github.event_name": event, "vars.ROADBOOK_EMAIL": variable, "inputs.dry_run": dry_run}
            def holds(job):
                words = job["if"].replace("||", " or ").replace("&&", " and ").replace("!inputs", " not inputs")
                for name, value in values.items():
                    words = words.replace(name, repr(value))
                return eval(words)  # of the words above and no others
            return holds(jobs["write"]) and holds(jobs["send"])

        self.assertTrue(sends("schedule", variable="send"))
        self.assertTrue(sends("workflow_dispatch", dry_run=False))
        self.assertFalse(sends("schedule"))
        self.assertFalse(sends("schedule", variable="yes"))
        self.assertFalse(sends("workflow_dispatch", dry_run=True))
        self.assertFalse(sends("workflow_dispatch", dry_run=False, ref="refs/heads/other"))
        self.assertFalse(sends("workflow_dispatch", variable="send", dry_run=True))


class Rest(ActionTest):
    def test_build_makes_the_site_and_asks_nobody(self):
        self.pull(1)
        self.assertEqual(self.run_action("build", out="public", **{"base-url": "https://plan.example.org/"}), ["Install roadbook", "Build the site"])
        self.assertEqual(self.calls("build")[0][0], ["build", ".", "--out", "public", "--base-url", "https://plan.example.org/"])
        self.assertFalse((self.workspace / "public" / "preview").exists())
        self.assertEqual(self.api.asked, [])

    def test_another_word_is_refused(self):
        self.assertEqual(self.run_action("publish", expect=1), ["Know what to do"])
        self.assertIn("must be build, pages, preview, comment or email", self.log)

    def test_roadbook_is_built_from_the_action_alone(self):
        self.run_action("build")
        [line] = (self.temp / "cargo").read_text().splitlines()
        self.assertEqual(line.split("\t")[1:], [str(ROOT), f"install --locked --quiet --path . --root {self.temp}/roadbook"])

    def release(self, tag="v0.1.0", sum_of=None, says="exit 0"):
        """Puts a release beside the repository of the action, as GitHub would serve it."""
        machine = os.uname()
        system = {"Linux": "unknown-linux-gnu", "Darwin": "apple-darwin"}[machine.sysname]
        name = f"roadbook-{tag}-{machine.machine.replace('arm64', 'aarch64')}-{system}"
        folder = self.folder / "server" / "maker" / "roadbook" / "releases" / "download" / tag
        (self.folder / name).mkdir()
        program = self.folder / name / "roadbook"
        program.write_text((self.stubs / "roadbook").read_text().replace("verb=$1", f'verb=$1\n[ "$verb" != --version ] || {{ {says}; }}'))
        program.chmod(0o755)
        folder.mkdir(parents=True)
        subprocess.run(["tar", "-czf", folder / f"{name}.tar.gz", name], cwd=self.folder, check=True)
        done = hashlib.sha256((folder / f"{name}.tar.gz").read_bytes()).hexdigest()
        (folder / "SHA256SUMS").write_text(f"{'0' * 64}  other.tar.gz\n{sum_of or done}  {name}.tar.gz\n")

    def install(self, **options):
        version = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.M)[1]
        self.assertEqual(version, "0.1.0", "the releases of these tests have to have another tag")
        self.run_action("build", **options)
        return (self.temp / "cargo").exists()

    def test_at_the_tag_of_a_release_its_program_is_taken(self):
        self.release()
        self.action_ref, self.action_repository = "v0.1.0", "maker/roadbook"
        self.assertFalse(self.install(), "it was built")
        self.assertIn("is the program of the release", self.log)
        self.assertEqual(len(self.calls("build")), 1)

    def test_at_a_commit_a_branch_or_another_tag_it_is_built(self):
        self.release()
        for ref in ("a" * 40, "main", "v0.1", "v0.1.1", ""):
            self.action_ref, self.action_repository = ref, "maker/roadbook"
            self.assertTrue(self.install(), ref)
        self.action_ref, self.action_repository = "v0.1.0", HOSTILE
        self.assertTrue(self.install())

    def test_a_program_that_is_not_what_it_should_be_is_not_run(self):
        self.release(sum_of="1" * 64)
        self.action_ref, self.action_repository = "v0.1.0", "maker/roadbook"
        self.assertFalse(self.install(expect=1))
        self.assertIn("is not what SHA256SUMS says", self.log)
        self.assertFalse((self.temp / "roadbook" / "bin" / "roadbook").exists())

    def test_a_program_without_a_sum_is_not_run(self):
        self.release(sum_of="x  y\n" + "1" * 64 + " ")
        sums = self.folder / "server" / "maker" / "roadbook" / "releases" / "download" / "v0.1.0" / "SHA256SUMS"
        sums.write_text("")
        self.action_ref, self.action_repository = "v0.1.0", "maker/roadbook"
        self.assertFalse(self.install(expect=1))

    def test_a_release_that_is_not_there_or_does_not_run_is_built(self):
        self.action_ref, self.action_repository = "v0.1.0", "maker/roadbook"
        self.assertTrue(self.install())
        self.assertIn("so roadbook is built", self.log)
        self.release(says="exit 1")
        self.assertTrue(self.install())

    def test_a_user_site_lies_at_the_top(self):
        script = f'source "{ROOT}/action/common.sh"; base_url'
        for repository, url in (("Harbour/harbour.github.io", "https://harbour.github.io/"), ("a/B", "https://a.github.io/B/")):
            said = subprocess.run(["bash", "-c", script], env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(self.folder), "GITHUB_REPOSITORY": repository},
                                  check=True, capture_output=True, text=True).stdout
            self.assertEqual(said, url + "\n")

    def test_a_reading_that_does_not_end_is_ended(self):
        (self.folder / "roadbook" / "bin").mkdir(parents=True)
        slow = self.folder / "roadbook" / "bin" / "roadbook"
        slow.write_text("#!/bin/bash\nexec sleep 60\n")
        slow.chmod(0o755)
        script = f'source "{ROOT}/action/common.sh"; most_seconds=1; confined diff'
        done = subprocess.run(["bash", "-c", script], env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(self.folder)}, timeout=20)
        self.assertEqual(done.returncode, 124)

    def test_of_the_steps_that_read_a_plan_only_the_one_that_sends_has_a_token(self):
        steps = ruamel.yaml.YAML(typ="safe").load(ROOT / "action.yml")["runs"]["steps"]
        having = {it["name"] for it in steps if "github.token" in json.dumps(it)}
        self.assertEqual(having, {"Find pull requests with a preview", "Find the pull request", "Post the comment", "Send the mails"})
        for step in steps:
            self.assertNotIn("${{", step.get("run", ""), "what an event says must come in through env")

    def test_pins_are_recorded(self):
        """Each action of others is one of docs/actions-pins.md, by its whole hash and version, found in two places at least."""
        record = (ROOT / "docs" / "actions-pins.md").read_text()
        pins = set(re.findall(r"^\| `([\w./-]+)` \| `([0-9a-f]{40})` \| (v[\d.]+) \|$", record, re.M))
        files = [ROOT / "action.yml", ROOT / "docs" / "publishing.md", *(ROOT / ".github" / "workflows").glob("*.yml")]
        used = set()
        for file in files:
            for name, pin in re.findall(r"uses: ([^\s@]+)@?(.*)", file.read_text()):
                if name in ("./", "OWNER/roadbook"):
                    continue
                found = re.fullmatch(r"([0-9a-f]{40}) # (v[\d.]+)", pin)
                self.assertTrue(found, f"{file.name}: {name} is not pinned")
                used.add((name, found[1], found[2]))
        self.assertEqual(used, pins)
        for name, _, _ in pins:
            rows = record.split(f"| `{name}` | ")[-1].split("| `actions/")[0]
            self.assertGreaterEqual(rows.count("\n|  | "), 2, name)

    def test_documented_workflows_are_those_of_this_repository(self):
        """docs/publishing.md differs from .github/ in the action's name, the plan's place, and remarks."""
        blocks = re.findall(r"^```yaml\n# \.github/workflows/([a-z-]+\.yml)\n(.*?)^```$", (ROOT / "docs" / "publishing.md").read_text(), re.M | re.S)
        self.assertEqual([it[0] for it in blocks], ["pages.yml", "preview.yml", "preview-comment.yml", "email.yml"])
        load = ruamel.yaml.YAML(typ="safe").load
        for name, text in blocks:
            own = (ROOT / ".github" / "workflows" / name).read_text()
            own = own.replace("uses: ./", "uses: OWNER/roadbook@COMMIT").replace("path: content", "path: .")
            self.assertEqual(load(text), load(own), name)


if __name__ == "__main__":
    unittest.main()
