#!/usr/bin/env bash
# Writes the mails of a week as files, and sends them where that is asked for.
#
#   mail.sh write   into $work/mail; has no token and knows no mail server
#   mail.sh send    has both
#
# Sending is the one thing that reads a plan and has rights: what is written down before a mail goes out has to lie where other runs see
# it, and that is in the repository. So it reads the default branch alone, and the token goes to git and nowhere else.

set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

# How long sending may take, in seconds. Who is being sent the mail then may get none: what comes of them is unknown.
most_sending=2400

[ "$(git rev-parse --is-shallow-repository)" = false ] || die "the checkout has no history: write fetch-depth: 0 below with: of the checkout step"

what=("$PLAN")
[[ ${WEEK:-} =~ ^[0-9]{0,4}$ ]] || die "the week must be a number, such as 3"
[ -z "${WEEK:-}" ] || what+=("--week=$WEEK")
[[ ${AUDIENCE:-} =~ ^[A-Za-z0-9_-]{0,40}$ ]] || die "the audience must be a name below [email.audiences] in roadbook.toml"
[ -z "${AUDIENCE:-}" ] || what+=("--audience=$AUDIENCE")
# Without it the setting email.site_url counts.
[ -z "${BASE_URL:-}" ] || what+=("--base-url=$BASE_URL")

write() {
  local written=0
  rm -rf -- "$work/mail"
  confined email "${what[@]}" --out "$work/mail" >"$work/mail.log" 2>&1 || written=$?
  show "$work/mail.log"
  [ "$written" -eq 0 ] || die "the mail could not be written; the log above says why"
}

# What a step of the runner could be told by, or act with, is not there; the secrets stay in the environment, since other processes
# can see arguments.
send() {
  local sent=0
  [ -n "${ROADBOOK_SMTP_URL:-}" ] || die "there is no mail server: write smtp-url: \${{ secrets.ROADBOOK_SMTP_URL }} below with:, and make that secret in the environment that the job names"
  export ROADBOOK_SMTP_URL GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_ALLOW_PROTOCOL
  # As actions/checkout does it, but in the environment of one command instead of in the repository's settings.
  GIT_CONFIG_COUNT=1
  GIT_CONFIG_KEY_0=http.$GITHUB_SERVER_URL/.extraheader
  GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 | tr -d '\n')"
  GIT_ALLOW_PROTOCOL=${GIT_ALLOW_PROTOCOL:-https}
  timeout --kill-after=10 "$most_sending" \
    env -u GITHUB_TOKEN -u GITHUB_ENV -u GITHUB_PATH -u GITHUB_OUTPUT -u GITHUB_STATE -u GITHUB_STEP_SUMMARY \
    "$roadbook" email "${what[@]}" --send >"$work/mail.log" 2>&1 || sent=$?
  show "$work/mail.log"
  case $sent in
    0) return ;;
    5) printf '::error title=roadbook::%s\n' "not everybody was served; the log above says who and why. The next run tries those again who were refused or put off" ;;
    124 | 137) printf '::error title=roadbook::%s\n' "sending was cut short; the next run goes on where this one stopped" ;;
    *) printf '::error title=roadbook::%s\n' "nothing could be sent; the log above says why" ;;
  esac
  exit "$sent"
}

case ${1:-} in
  write | send) "$1" ;;
  *) die "mail.sh takes 'write' or 'send'" ;;
esac
