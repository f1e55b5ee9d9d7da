# shellcheck shell=bash
# shellcheck disable=SC2034 # what is set here is used by the scripts that read it
# What the scripts of the action share; each reads it with `source`.

set -euo pipefail
# Words of tools and the order of characters must not depend on the runner.
export LC_ALL=C

# Where the scripts leave things for one another. The runner empties it before each job.
work=${RUNNER_TEMP:?}/roadbook
roadbook=$work/bin/roadbook
mkdir -p -- "$work"

# How long one reading of a plan may take, in seconds; mostly it is less than one.
most_seconds=60

die() {
  printf '::error title=roadbook::%s\n' "$*"
  exit 1
}

# Says something of ours in the job's log. What others wrote goes through `show`.
say() { printf '::notice title=roadbook::%s\n' "$*"; }

# Prints the end of a file as mere text: the runner would obey a line such as "::add-path::…" in it.
show() {
  local end
  [ -s "$1" ] || return 0
  end=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$end"
  tail -c 20000 -- "$1"
  printf '\n::%s::\n' "$end"
}

# Runs roadbook on what others wrote: without the environment, and so without a token and without the files by which a step tells
# the runner what later steps get; and not for ever.
confined() { timeout --kill-after=10 "$most_seconds" env -i PATH="$PATH" "$roadbook" "$@"; }

# Where the site will be: the input, else where GitHub Pages puts the repository. Ends with a slash.
base_url() {
  local owner=${GITHUB_REPOSITORY%%/*} name=${GITHUB_REPOSITORY#*/} url=${BASE_URL:-}
  if [ -z "$url" ]; then
    url=https://${owner,,}.github.io/
    [ "${name,,}" = "${owner,,}.github.io" ] || url+=$name/
  fi
  printf '%s/\n' "${url%/}"
}

preview_url() { printf '%spreview/pr-%s/\n' "$(base_url)" "$1"; }

# What the pull request NUMBER with this HEAD does to BASE, as Markdown: compare NUMBER HEAD BASE [OPTION…]
compare() {
  local number=$1 head=$2 base=$3
  shift 3
  confined diff "$base" "$head" --path "$PLAN" --merge-base --format markdown --pull "$number" \
    --repo-url "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "$@"
}
