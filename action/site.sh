#!/usr/bin/env bash
# Builds the site of the plan, and below preview/ that of each pull request that pulls.sh has found. Has no token. A plan of a pull
# request that cannot be read, takes too long or is too large costs its own preview only.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

# How large the previews may be together, in kibibytes.
most_kibibytes=$((100 * 1024))

built=0
confined build "$PLAN" --out "${OUT:?}" --base-url "$(base_url)" >"$work/build.log" 2>&1 || built=$?
show "$work/build.log"
[ "$built" -eq 0 ] || die "the site could not be built; the log above says why"

[ -f "$work/pulls" ] || exit 0
mkdir -p -- "$OUT/preview"
used=0
while IFS=$'\t' read -r number head base _; do
  made=$work/preview-$number
  rm -rf -- "$made"
  if ! compare "$number" "$head" "$base" --preview-url "$(preview_url "$number")" --out "$made" >/dev/null 2>"$work/compare.log"; then
    show "$work/compare.log"
    say "#$number gets no preview: it could not be made"
    continue
  fi
  # When the plan of the head cannot be read, there is a comment that says so, and no site.
  [ -f "$made/index.html" ] || { say "#$number gets no preview: there is no plan to show"; continue; }
  size=$(du -sk -- "$made" | cut -f 1)
  if [ $((used + size)) -gt "$most_kibibytes" ]; then
    say "#$number gets no preview: it would make them larger than $((most_kibibytes / 1024)) MB together"
    rm -rf -- "$made"
    continue
  fi
  used=$((used + size))
  rm -rf -- "$OUT/preview/pr-$number"
  mv -- "$made" "$OUT/preview/pr-$number"
  echo "preview of #$number at $(preview_url "$number")"
done <"$work/pulls"
