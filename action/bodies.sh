#!/usr/bin/env bash
# Writes the text of the comment for each pull request that pulls.sh has found, from commits that were fetched as data. Has no
# token: what reads the words of a pull request cannot write to it.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

rm -rf -- "$work/bodies"
mkdir -- "$work/bodies"
while IFS=$'\t' read -r number head base preview; do
  address=()
  [ "$preview" = none ] || address=(--preview-url "$(preview_url "$number")")
  if compare "$number" "$head" "$base" ${address[@]+"${address[@]}"} >"$work/body.md" 2>"$work/compare.log"; then
    mv -- "$work/body.md" "$work/bodies/$number.md"
  else
    show "$work/compare.log"
    say "#$number gets no comment: the plans could not be compared"
  fi
done <"$work/pulls"
