"""What a release is made of: release/check, release/pack.py, and the names that the workflow, the action and cargo binstall share.

    release.py FOLDER [TEST…]
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

import ruamel.yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(sys.argv.pop(1)).resolve()
# Stands for the program.
STUB = """#!/bin/sh
case $1 in
  completions) echo "completes in $2" ;;
  man) mkdir -p "$3" && echo page >"$3/roadbook.1" && echo marker >"$3/.roadbook" ;;
esac
"""
CARGO = '[package]\nname = "roadbook"\nversion = "1.2.3"\nrepository = "https://github.com/harbour/roadbook"\n[dependencies]\nversion = "9"\n'
LOCK = '[[package]]\nname = "roadbook"\nversion = "1.2.3"\ndependencies = []\n'
CHANGELOG = """# Changelog

## [Unreleased]

## [1.2.3] - 2026-02-06

### Added

- A crane.

## [1.2.30] - 2026-02-01

- Other.

[1.2.3]: https://example.org
"""


def targets():
    """Each target of the workflow, with its runner."""
    workflow = ruamel.yaml.YAML(typ="safe").load(ROOT / ".github" / "workflows" / "release.yml")
    return {it["target"]: it["runner"] for it in workflow["jobs"]["build"]["strategy"]["matrix"]["include"]}


class Check(unittest.TestCase):
    def said(self, *arguments, cargo=CARGO, lock=LOCK, changelog=CHANGELOG):
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            for name, text in (("Cargo.toml", cargo), ("Cargo.lock", lock), ("CHANGELOG.md", changelog)):
                pathlib.Path(folder, name).write_text(text)
            around = {"PATH": os.environ["PATH"], "RELEASE_ROOT": folder, "GITHUB_REPOSITORY": "harbour/roadbook"}
            done = subprocess.run([ROOT / "release" / "check", *arguments], env=around, capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout

    def test_what_agrees_may_be_released(self):
        self.assertEqual(self.said("v1.2.3"), (0, "roadbook 1.2.3 may be released\n"))
        self.assertEqual(self.said("--notes"), (0, "### Added\n\n- A crane.\n"))

    def test_what_does_not_agree_is_named(self):
        for words, changed in (
            ("the tag is v1.2.4, and Cargo.toml says 1.2.3", {"tag": "v1.2.4"}),
            ("the tag is 1.2.3", {"tag": "1.2.3"}),
            ("Cargo.lock: it has another version", {"lock": LOCK.replace("1.2.3", "1.2.2")}),
            ("there is no heading '## [1.2.3] - YYYY-MM-DD'", {"changelog": CHANGELOG.replace(" - 2026-02-06", "")}),
            ("there is no heading '## [1.2.3] - YYYY-MM-DD'", {"changelog": CHANGELOG.replace("[1.2.3]", "[1x2x3]")}),
            ("nothing stands below the heading", {"changelog": CHANGELOG.replace("### Added\n\n- A crane.\n", "")}),
            ("there is no heading '## [Unreleased]'", {"changelog": CHANGELOG.replace("## [Unreleased]\n", "")}),
            ("'repository' is ''", {"cargo": CARGO.replace("repository", "repositories")}),
            ("'repository' is 'https://github.com/other/roadbook'", {"cargo": CARGO.replace("harbour", "other")}),
            ("the version is '1.2'", {"cargo": CARGO.replace("1.2.3", "1.2")}),
        ):
            status, said = self.said(changed.pop("tag", "v1.2.3"), **changed)
            self.assertEqual(status, 1, said)
            self.assertIn("::error title=release::", said)
            self.assertIn(words, said)

    def test_a_dry_run_asks_no_tag(self):
        self.assertEqual(self.said("", changelog="## [Unreleased]\n", cargo=CARGO.replace("repository", "x"))[0], 0)

    def test_what_lies_here_would_pass(self):
        done = subprocess.run([ROOT / "release" / "check"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


class Pack(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=FOLDER, prefix="release-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.program = self.folder / "roadbook"
        self.program.write_text(STUB)
        self.program.chmod(0o755)

    def pack(self, target, out="out", **around):
        done = subprocess.run([sys.executable, ROOT / "release" / "pack.py", "archive", target, self.program, self.folder / out],
                              env=os.environ | around, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return pathlib.Path(done.stdout.strip())

    def test_an_archive_holds_the_program_and_what_belongs_to_it(self):
        version = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.M)[1]
        path = self.pack("x86_64-unknown-linux-gnu")
        folder = f"roadbook-v{version}-x86_64-unknown-linux-gnu"
        self.assertEqual(path.name, f"{folder}.tar.gz")
        expected = {"roadbook", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-LICENCES.txt",
                    "docs/dashboard.png", "templates/fonts/OFL.txt", "man/roadbook.1", "completions/roadbook.bash",
                    "completions/roadbook.elv", "completions/roadbook.fish", "completions/_roadbook.ps1", "completions/_roadbook"}
        with tarfile.open(path) as archive:
            self.assertEqual({it.name for it in archive}, {f"{folder}/{it}" for it in expected})
            self.assertEqual({it.name for it in archive if it.mode == 0o755}, {f"{folder}/roadbook"})
            self.assertEqual({(it.uid, it.gid, it.uname, it.mtime) for it in archive}, {(0, 0, "", 315532800)})
            licences = archive.extractfile(f"{folder}/THIRD-PARTY-LICENCES.txt").read().decode()
        # Mozilla's files ask for it by name; what only tests use is no part.
        self.assertRegex(licences, r"cssparser [\d.]+ \(MPL-2.0\)")
        self.assertNotIn("proptest", licences)
        self.assertNotIn("clap_builder 0", licences)
        windows = self.pack("x86_64-pc-windows-msvc")
        self.assertEqual(windows.name, f"roadbook-v{version}-x86_64-pc-windows-msvc.zip")
        with zipfile.ZipFile(windows) as archive:
            self.assertEqual(len(archive.namelist()), len(expected))
            self.assertIn("windows-sys", archive.read(f"roadbook-v{version}-x86_64-pc-windows-msvc/THIRD-PARTY-LICENCES.txt").decode())

    def test_the_same_gives_the_same_bytes(self):
        for target in ("x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc"):
            first = self.pack(target, "one", SOURCE_DATE_EPOCH="1770000000").read_bytes()
            os.utime(self.program, (1, 1))
            self.assertEqual(self.pack(target, "two", SOURCE_DATE_EPOCH="1770000000", TZ="Asia/Tokyo").read_bytes(), first)

    def test_sums_are_those_of_sha256sum(self):
        self.pack("x86_64-unknown-linux-gnu")
        out = self.folder / "out"
        subprocess.run([sys.executable, ROOT / "release" / "pack.py", "sums", out], check=True, capture_output=True)
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=out, check=True)

    def test_nothing_sums_up_to_nothing(self):
        done = subprocess.run([sys.executable, ROOT / "release" / "pack.py", "sums", self.folder / "."], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no archive", done.stderr)


class Names(unittest.TestCase):
    def test_binstall_looks_where_archives_are(self):
        cargo = (ROOT / "Cargo.toml").read_text()
        table = lambda name: re.search(rf"^\[package\.metadata\.binstall{re.escape(name)}\]\n((?:.+\n)*)", cargo, re.M)[1]
        common = table("")
        for target in targets():
            own = table(f".overrides.{target}") if "windows" in target else common
            url = re.search(r'^pkg-url = "(.*)"$', own, re.M)[1]
            known = {"repo": "REPO", "version": "1.2.3", "target": target, "bin": "roadbook", "binary-ext": ".exe" if "windows" in target else ""}
            fill = lambda text: re.sub(r"\{ ([a-z-]+) \}", lambda it: known[it[1]], text)
            ending = "zip" if "windows" in target else "tar.gz"
            self.assertEqual(fill(url), f"REPO/releases/download/v1.2.3/roadbook-v1.2.3-{target}.{ending}")
            self.assertIn('pkg-fmt = "zip"' if ending == "zip" else 'pkg-fmt = "tgz"', own)
            inside = fill(re.search(r'^bin-dir = "(.*)"$', common, re.M)[1])
            self.assertEqual(inside, f"roadbook-v1.2.3-{target}/roadbook{known['binary-ext']}")
        self.assertEqual(cargo.count("binstall.overrides"), sum("windows" in it for it in targets()))

    def test_deny_looks_at_all_that_is_released(self):
        named = re.search(r"^targets = \[(.*?)\]", (ROOT / "deny.toml").read_text(), re.M | re.S)[1]
        self.assertEqual(set(re.findall(r'"(.*?)"', named)), set(targets()))

    def test_the_action_knows_the_archives_of_its_runners(self):
        known = set(re.findall(r"target=([\w-]+)", (ROOT / "action" / "install.sh").read_text()))
        self.assertEqual(known, {it for it in targets() if "windows" not in it})

    def test_the_page_names_every_target(self):
        page = (ROOT / "docs" / "releasing.md").read_text()
        for target, runner in targets().items():
            self.assertRegex(page, rf"\| `{target}` \| `{runner}` \|")


if __name__ == "__main__":
    unittest.main()
