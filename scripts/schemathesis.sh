#!/bin/sh
# Brings .venv-schemathesis to its locked set of packages (some 55 MB); does nothing when it is there already. It is a
# second environment because those packages do not fit beside Rasa's. Needs .venv (scripts/install.sh).
set -eu
cd "$(dirname "$0")/.."
lock=requirements-schemathesis.lock
stamp=.venv-schemathesis/.installed
mark=$(.venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$lock")
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$mark" ] && exit 0
echo "Installing schemathesis for the tests of the API ..." >&2
uv() { .venv/bin/python -m uv --system-certs "$@"; }
rm -rf .venv-schemathesis
uv venv --quiet --python .venv/bin/python .venv-schemathesis
uv pip install --quiet --python .venv-schemathesis/bin/python --no-deps --require-hashes -r "$lock"
echo "$mark" >"$stamp"
