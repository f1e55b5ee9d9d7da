#!/usr/bin/env bash
# Puts roadbook where the other scripts look for it. Where a workflow names the action by the tag of a release, that is the program of
# the release, held against its sum. Else it is built from the very commit that is named: a hash says what runs, and a file that lies
# beside a release could be another one tomorrow. No cache: what another job could write, no job with rights should run.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

# In the action's own folder, so that no .cargo/config.toml or rust-toolchain.toml of the plan's repository counts.
cd -- "${GITHUB_ACTION_PATH:?}"

# The archive for this machine; nothing where there is none.
archive() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) target=x86_64-unknown-linux-gnu ;;
    Linux-aarch64) target=aarch64-unknown-linux-gnu ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    *) return 1 ;;
  esac
  printf 'roadbook-%s-%s\n' "$1" "$target"
}

sum_of() {
  if command -v sha256sum >/dev/null; then sha256sum -- "$1"; else shasum -a 256 -- "$1"; fi | cut -d ' ' -f 1
}

# Fetches the program of the release TAG; fails where there is none for this machine.
prebuilt() {
  local tag=$1 name from folder=$work/release sum
  name=$(archive "$tag") || return
  from=$GITHUB_SERVER_URL/$ACTION_REPOSITORY/releases/download/$tag
  rm -rf -- "$folder" && mkdir -p -- "$folder" "$work/bin" || return
  fetch "$from/SHA256SUMS" "$folder/SHA256SUMS" && fetch "$from/$name.tar.gz" "$folder/$name.tar.gz" || return
  sum=$(awk -v name="$name.tar.gz" '$2 == name { print $1 }' "$folder/SHA256SUMS")
  # What is not what it should be is no reason to go on in another way.
  [ -n "$sum" ] && [ "$(sum_of "$folder/$name.tar.gz")" = "$sum" ] || die "$from/$name.tar.gz is not what SHA256SUMS says; nothing of it was run"
  tar -xzf "$folder/$name.tar.gz" -C "$folder" "$name/roadbook" && mv -- "$folder/$name/roadbook" "$roadbook" || return
  "$roadbook" --version >/dev/null
}

fetch() { curl --silent --show-error --fail --location --proto-redir '=https' --retry 3 --max-time 120 --output "$2" -- "$1"; }

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
if [ "${ACTION_REF:-}" = "v$version" ] && [[ ${ACTION_REPOSITORY:-} =~ ^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$ ]]; then
  if prebuilt "v$version"; then
    say "roadbook $version is the program of the release"
    "$roadbook" --version
    exit
  fi
  say "the release v$version has no program that runs here, so roadbook is built"
fi
command -v cargo >/dev/null || die "roadbook is built with cargo, and this runner has none: use a runner of GitHub, or install Rust first"
CARGO_TARGET_DIR=$work/target cargo install --locked --quiet --path . --root "$work"
"$roadbook" --version
