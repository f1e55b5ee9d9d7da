#!/usr/bin/env bash
# Builds roadbook from the very commit of the action that the workflow names. No cache: what another job could write, no job
# with rights should run.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

command -v cargo >/dev/null || die "roadbook is built with cargo, and this runner has none: use a runner of GitHub, or install Rust first"
# In the action's own folder, so that no .cargo/config.toml or rust-toolchain.toml of the plan's repository counts.
cd -- "${GITHUB_ACTION_PATH:?}"
CARGO_TARGET_DIR=$work/target cargo install --locked --quiet --path . --root "$work"
"$roadbook" --version
