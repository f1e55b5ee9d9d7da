"""Makes the archive of a target, and the sums of all of them.

    pack.py archive TARGET BINARY FOLDER   writes FOLDER/roadbook-vVERSION-TARGET.tar.gz, or .zip for Windows
    pack.py sums FOLDER                    writes FOLDER/SHA256SUMS over the archives in it

The same files give the same bytes on every system: names are sorted, and neither owners nor times of this machine go in. The times are
those of SOURCE_DATE_EPOCH, else 1980, before which zip knows none.
"""

import gzip
import hashlib
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHELLS = {"bash": "roadbook.bash", "elvish": "roadbook.elv", "fish": "roadbook.fish", "powershell": "_roadbook.ps1", "zsh": "_roadbook"}
FILES = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "docs/dashboard.png", "templates/fonts/OFL.txt"]
FIRST = 315532800  # 1 January 1980


def version():
    return re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.M)[1]


def linked(target):
    """The packages that are part of the program for a target, by name and version."""
    asked = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    known = json.loads(subprocess.run(asked, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    nodes = {it["id"]: it for it in known["resolve"]["nodes"]}
    found, open_ = set(), [known["resolve"]["root"]]
    while open_:
        name = open_.pop()
        if name not in found:
            found.add(name)
            # What only builds or tests is not part of the program.
            open_ += [it["pkg"] for it in nodes[name]["deps"] if any(kind["kind"] is None for kind in it["dep_kinds"])]
    packages = [it for it in known["packages"] if it["id"] in found - {known["resolve"]["root"]}]
    return sorted(packages, key=lambda it: (it["name"], it["version"]))


def licences(target):
    """What the licences of all that is linked ask for: their texts, each once, below the names of those who have it."""
    texts, without = {}, []
    for package in linked(target):
        name = f"{package['name']} {package['version']} ({package['license']})"
        folder = pathlib.Path(package["manifest_path"]).parent
        files = [it for it in folder.iterdir() if it.is_file() and re.match(r"(?i)(licen[cs]e|copying|copyright|notice|unlicense)", it.name)]
        for file in files:
            text = file.read_text("utf-8", "replace").replace("\r\n", "\n").strip()
            texts.setdefault(text, []).append(name)
        if not files:
            without.append(name)
    parts = [f"{chr(10).join(names)}\n\n{text}\n" for text, names in sorted(texts.items(), key=lambda it: it[1])]
    if without:
        parts.append("Without a text of their own in the package:\n" + "".join(f"{it}\n" for it in without))
    rule = "\n" + "-" * 80 + "\n\n"
    return ("roadbook holds these packages.\n" + rule + rule.join(parts)).encode()


def contents(target, binary):
    """Each file of the archive: its name, its bytes, whether it can be run."""
    def says(*arguments):
        return subprocess.run([binary, *arguments], check=True, stdout=subprocess.PIPE).stdout

    yield binary.name, binary.read_bytes(), True
    for name in FILES:
        yield name, (ROOT / name).read_bytes(), False
    yield "THIRD-PARTY-LICENCES.txt", licences(target), False
    for shell, name in SHELLS.items():
        yield f"completions/{name}", says("completions", shell), False
    with tempfile.TemporaryDirectory() as folder:
        says("man", "--out", os.path.join(folder, "man"))
        for page in pathlib.Path(folder, "man").glob("*.1"):
            yield f"man/{page.name}", page.read_bytes(), False


def archive(target, binary, folder):
    name = f"roadbook-v{version()}-{target}"
    files = sorted(contents(target, binary))
    when = max(FIRST, int(os.environ.get("SOURCE_DATE_EPOCH", FIRST)))
    folder.mkdir(parents=True, exist_ok=True)
    if "windows" in target:
        path = folder / f"{name}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
            for file, data, runs in files:
                info = zipfile.ZipInfo(f"{name}/{file}", time.gmtime(when)[:6])
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
                info.external_attr = (0o755 if runs else 0o644) << 16
                out.writestr(info, data)
    else:
        path = folder / f"{name}.tar.gz"
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, when) as packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as out:
            for file, data, runs in files:
                info = tarfile.TarInfo(f"{name}/{file}")
                info.size, info.mtime, info.mode = len(data), when, 0o755 if runs else 0o644
                out.addfile(info, io.BytesIO(data))
    print(path)


def sums(folder):
    archives = sorted(it for it in folder.iterdir() if it.name.endswith((".tar.gz", ".zip")))
    if not archives:
        sys.exit(f"{folder}: there is no archive to sum up")
    lines = [f"{hashlib.sha256(it.read_bytes()).hexdigest()}  {it.name}\n" for it in archives]
    (folder / "SHA256SUMS").write_bytes("".join(lines).encode())
    print("".join(lines), end="")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["archive", target, binary, folder]:
            archive(target, pathlib.Path(binary).resolve(), pathlib.Path(folder))
        case ["sums", folder]:
            sums(pathlib.Path(folder))
        case _:
            sys.exit(__doc__)
