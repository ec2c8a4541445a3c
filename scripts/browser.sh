#!/bin/sh
# The browser tests drive Debian's Chromium. Where none is and we may install it, we do; elsewhere those tests skip
# and say why.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..." >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 ||
        echo "Chromium could not be installed; the browser tests will be skipped." >&2
fi
exit 0
