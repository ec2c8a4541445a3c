#!/bin/sh
# Renews the lock files: exact versions with hashes, for every platform, without naming where they come from.
set -eu
cd "$(dirname "$0")/.."
lock() { .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header "$@"; }
lock pyproject.toml -o requirements.lock
lock pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
echo uv | lock - -o requirements-uv.lock
