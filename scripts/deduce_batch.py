"""The second look with deduce, run by `rits learning deidentify` in an environment of its own, as it does not fit ours.

JSON lines: `{"id": 1, "text": "…"}` comes in on stdin, `{"id": 1, "text": "…", "found": 2}` goes out on stdout.
Nothing is kept and nothing is logged. Install: `python3 -m venv VENV && VENV/bin/pip install deduce==3.0.6`, and set
RITS_DEDUCE_PYTHON to `VENV/bin/python`. Only the standard library and deduce are used here.
"""

from __future__ import annotations

import json
import re
import sys

MARKS = {
    "persoon": "[naam]",
    "locatie": "[adres]",
    "datum": "[datum]",
    "telefoonnummer": "[telefoon]",
    "emailadres": "[e-mail]",
    "url": "[link]",
    "bsn": "[nummer]",
    "id": "[nummer]",
    "ziekenhuis": "[school]",
    "zorginstelling": "[…]",
}
MARKED = re.compile(r"\[[^\[\]]{1,12}\]")
KEPT_TAGS = {"leeftijd", "patient"}


def main() -> int:
    from deduce import Deduce

    deduce = Deduce()
    for line in sys.stdin:
        asked = json.loads(line)
        text, found = cleaned(deduce, asked["text"])
        print(json.dumps({"id": asked["id"], "text": text, "found": found}, ensure_ascii=False), flush=True)
    return 0


def cleaned(deduce: object, text: str) -> tuple[str, int]:
    """Marks of the first look stay as they are; ages and municipalities too."""
    notes = deduce.deidentify(text).annotations  # type: ignore[attr-defined]
    ours = [match.span() for match in MARKED.finditer(text)]
    found = 0
    for note in sorted(notes, key=lambda note: -note.start_char):
        touches = any(start < note.end_char and note.start_char < end for start, end in ours)
        if note.tag in KEPT_TAGS or touches or is_place(note, text):
            continue
        text = text[: note.start_char] + MARKS.get(note.tag, "[…]") + text[note.end_char :]
        found += 1
    return text, found


def is_place(note: object, text: str) -> bool:
    """A town alone is no address: the municipality stands beside the record anyway."""
    words = text[note.start_char : note.end_char]  # type: ignore[attr-defined]
    return note.tag == "locatie" and not any(character.isdigit() for character in words)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
