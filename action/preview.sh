#!/usr/bin/env bash
# Shows what a pull request does to the plan, in its own run: annotations at the lines, a summary of the job, and the site as files
# to download. Has no token, and needs none.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

# What `check` finds (1) fails nothing; that a plan cannot be read (2), the summary says.
confined check "$PLAN" --format github 2>"$work/check.log" || [ $? -le 2 ] || die "the check was cut short"
show "$work/check.log"

compared=0
compare "${NUMBER:?}" "${HEAD_SHA:?}" "${BASE_SHA:?}" --out "$work/preview" >"$work/summary.md" 2>"$work/compare.log" || compared=$?
show "$work/compare.log"
[ "$compared" -eq 0 ] || die "the plans could not be compared; the log above says why"
{
  cat -- "$work/summary.md"
  [ ! -f "$work/preview/index.html" ] || printf '\nThe whole site as it would be is the artifact %s of this run.\n' '**roadbook-preview**'
} >>"${GITHUB_STEP_SUMMARY:?}"
