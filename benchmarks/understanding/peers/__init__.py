"""The peers: one module each, with `learn_and_ask`."""

import hashlib
from pathlib import Path

PEERS = {
    "rits": "Rits",
    "rasa_default": "Rasa 3.6, pipeline of `rasa init`",
    "nlpjs": "nlp.js 4, Dutch pack",
    "tfidf": "tf-idf (words and characters) + logistic regression",
}
"""Module and the name in the table."""
SOURCES = {
    "rits": ("bot/understanding/**/*", "bot/safety/**/*", "knowledge/antwoorden/**/*", "config.yml"),
    "rasa_default": ("benchmarks/understanding/peers/rasa_default.*",),
    "nlpjs": ("benchmarks/understanding/peers/nlpjs.py", "benchmarks/understanding/nlpjs/*.js*"),
    "tfidf": ("benchmarks/understanding/peers/tfidf.py",),
}
"""What makes a peer what it is: when these files change, its result is of an older version."""


def version_of(peer: str, root: Path) -> str:
    """A digest of the peer's sources."""
    found = {path for pattern in SOURCES[peer] for path in root.glob(pattern) if path.is_file()}
    digest = hashlib.sha256()
    for path in sorted(path for path in found if "__pycache__" not in path.parts):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]
