#!/bin/sh
# Finds a Python 3.10 and hands over to install.py. Usage: install.sh [dev]
set -eu
cd "$(dirname "$0")/.."

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

find_python() {
    # A shim called python3.10 may exist and fail, so each candidate is tried.
    for candidate in "${PYTHON:-}" .venv/bin/python python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python \
        "$(uv python find 3.10 2>/dev/null || true)" python3; do
        if [ -n "$candidate" ] && is_310 "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

if ! python=$(find_python); then
    echo "Rits needs Python 3.10 (Rasa 3.6 runs on no newer one) and none was found." >&2
    echo "Install one, for example with 'uv python install 3.10' or 'pyenv install 3.10', or set PYTHON=/path/to/python3.10." >&2
    exit 1
fi
exec "$python" scripts/install.py "${1:-run}"
