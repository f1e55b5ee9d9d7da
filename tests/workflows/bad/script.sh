#!/usr/bin/env bash
# What a script must not be: an address that is split at spaces, a folder that may not be there, a name that nothing sets.
# expect shellcheck SC2086
# expect shellcheck SC2164
# expect shellcheck SC2154
cd target
rm -rf $work/made
