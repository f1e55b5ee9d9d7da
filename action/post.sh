#!/usr/bin/env bash
# Posts the texts that bodies.sh has written, or updates the comments that are there. Has the token that may write, and reads
# nothing: `roadbook comment` passes the file on, once it has seen that the head in its first line is still the pull request's.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

failed=0
for body in "$work"/bodies/*.md; do
  [ -f "$body" ] || continue
  number=$(basename -- "$body" .md)
  "$roadbook" comment --repo "$GITHUB_REPOSITORY" --pull "$number" --body-file "$body" || failed=1
done
exit "$failed"
