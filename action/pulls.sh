#!/usr/bin/env bash
# Finds the open pull requests, decides which of them get a preview, and fetches their commits as data: nothing of them is checked
# out, unpacked or run.
#
#   pulls.sh previews   those that get a preview; and fetches the record of sent mail, for the site
#   pulls.sh head       those whose head is the commit HEAD_SHA, whether they get a preview or not
#
# A pull request gets a preview when its branch lies in this repository, or when somebody put the label `preview` on it after its
# head was pushed; the newest ones, up to the limit. Into $work/pulls goes one line for each: number, head, base, and `preview` or
# `none`. Everything that is taken from the API's answers is a number, a commit's hash, a time, or encoded for an address.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

commit='^([0-9a-f]{40}|[0-9a-f]{64})$'
instant='^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
most_pages=10
most_previews=20

[ "$(git rev-parse --is-shallow-repository)" = false ] || die "the checkout has no history: write fetch-depth: 0 below with: of the checkout step"
case ${1:-} in
  previews) wanted='' ;;
  head)
    wanted=${HEAD_SHA:-}
    [[ $wanted =~ $commit ]] || die "there is no commit to comment on: run this in a workflow that begins on: workflow_run"
    ;;
  *) die "pulls.sh takes 'previews' or 'head'" ;;
esac

# GitHub's answer to a GET request: api PATH. The token is read from a pipe, since other processes can see arguments.
api() {
  curl --silent --show-error --fail --max-time 60 --max-filesize 50000000 --retry 3 \
    --header @<(printf 'Authorization: Bearer %s\n' "$GITHUB_TOKEN") \
    --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
    "$GITHUB_API_URL/$1"
}

# All pages of a list, each through a jq filter; the address may have a query already: pages PATH FILTER
pages() {
  local page answer
  for ((page = 1; page <= most_pages; page++)); do
    answer=$(api "$1&per_page=100&page=$page") || return
    jq --raw-output "$2" <<<"$answer" || return
    [ "$(jq length <<<"$answer")" -eq 100 ] || return 0
  done
}

# When the head of a fork's branch was pushed, as GitHub saw it; nothing when that is not known. The dates of commits are no
# answer, since their author chooses them: pushed_at HEAD REPOSITORY BRANCH
pushed_at() {
  api "repos/$2/activity?ref=refs%2Fheads%2F$3&direction=desc&per_page=1" |
    jq --raw-output --arg head "$1" '.[0] | select(.after == $head) | .timestamp // empty'
}

# When the label was last put on: labelled_at NUMBER
labelled_at() {
  pages "repos/$GITHUB_REPOSITORY/issues/$1/events?" \
    '.[] | select(.event == "labeled" and .label.name == "preview") | .created_at // empty' | tail -n 1
}

# Whether the label speaks of this head. What is not known, or fell into the same second, counts as no:
# label_is_newer NUMBER HEAD REPOSITORY BRANCH
label_is_newer() {
  local pushed labelled
  pushed=$(pushed_at "$2" "$3" "$4") && labelled=$(labelled_at "$1") || return 1
  [[ $pushed =~ $instant && $labelled =~ $instant && $labelled > $pushed ]]
}

# Fetches from the repository with the token, and says whether that went well: get REFSPEC
get() {
  # As actions/checkout does it, but in the environment of one command instead of in the repository's settings.
  GIT_CONFIG_COUNT=1 \
    GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader" \
    GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 | tr -d '\n')" \
    GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=${GIT_ALLOW_PROTOCOL:-https} \
    timeout 300 git -c core.hooksPath=/dev/null fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head \
    --no-auto-maintenance "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git" "$1" 2>"$work/fetch.log" || {
    show "$work/fetch.log"
    return 1
  }
}

# Fetches the head of a pull request, and says whether it is the one the API named: fetch NUMBER HEAD BASE
fetch() {
  local ref=refs/roadbook/pull/$1
  get "+refs/pull/$1/head:$ref" || { say "#$1 could not be fetched"; return 1; }
  [ "$(git rev-parse --verify --quiet "$ref")" = "$2" ] || { say "#$1 has a newer head by now; the next run takes it"; return 1; }
  git cat-file -e "$3^{commit}" 2>/dev/null || { say "#$1 has a base that is not in the checkout"; return 1; }
}

# The mails that were sent, which the site shows; a checkout does not fetch them. A pattern that fits nothing is no error.
[ -n "$wanted" ] || get '+refs/roadbook/*:refs/roadbook-remote/origin/*' || say "the mails that were sent could not be fetched, so their pages are missing"

pages "repos/$GITHUB_REPOSITORY/pulls?state=open&sort=created&direction=desc" '
  .[] | [
    .number, .head.sha, .base.sha,
    if .head.repo.id != null and .head.repo.id == .base.repo.id then "own"
    elif .head.repo.id != null and any(.labels[]?; .name == "preview") then "labelled"
    else "fork" end,
    (.head.repo.full_name // "-" | split("/") | map(@uri) | join("/")),
    (.head.ref // "-" | @uri)
  ] | @tsv' >"$work/open" || die "GitHub does not say which pull requests are open"

: >"$work/pulls"
previews=0
while IFS=$'\t' read -r number head base kind repository branch; do
  [[ $number =~ ^[0-9]{1,9}$ && $head =~ $commit && $base =~ $commit ]] || continue
  preview=none
  if [ "$kind" = own ] || { [ "$kind" = labelled ] && label_is_newer "$number" "$head" "$repository" "$branch"; }; then
    if [ "$previews" -lt "$most_previews" ]; then
      preview=preview
      previews=$((previews + 1))
    else
      say "#$number gets no preview: there are $most_previews newer ones"
    fi
  elif [ "$kind" = labelled ]; then
    say "#$number gets no preview: it changed after the label was put on, or GitHub does not say when; look at it, then put the label on anew"
  fi
  if [ -n "$wanted" ]; then
    [ "$head" = "$wanted" ] || continue
  else
    [ "$preview" = preview ] || continue
  fi
  fetch "$number" "$head" "$base" || continue
  printf '%s\t%s\t%s\t%s\n' "$number" "$head" "$base" "$preview" >>"$work/pulls"
done <"$work/open"

if [ -s "$work/pulls" ]; then any=true; else any=false; fi
printf 'any=%s\n' "$any" >>"${GITHUB_OUTPUT:?}"
