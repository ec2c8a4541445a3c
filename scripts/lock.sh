#!/bin/sh
# Renews the lock files: exact versions with hashes, for every platform, without naming where they come from.
# TensorFlow 2.12 declares jax for its Lite converter only; without it Rasa's process is some 70 MB smaller. The lock is
# installed with --no-deps, so what it leaves out stays out.
set -eu
cd "$(dirname "$0")/.."
lock() { .venv/bin/python -m uv --system-certs pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header \
    --no-emit-package jax --no-emit-package jaxlib "$@"; }
lock pyproject.toml -o requirements.lock
lock pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
echo uv | lock - -o requirements-uv.lock
# For testing the API from outside. It does not fit beside Rasa's versions, so it has an environment of its own; 4.30.1 is
# the last that runs on Python 3.10.
printf 'schemathesis==4.30.1\nopenapi-spec-validator\n' | lock - -o requirements-schemathesis.lock
