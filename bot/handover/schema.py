"""The published JSON Schema of the handover, made from the model so that the two cannot differ.

The file `handover.v1.schema.json` is what is served and what others build on; a test holds it against this.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import ModelField
from ruamel.yaml import YAML

from bot.handover.document import HandoverDocument

FILE = Path(__file__).parent / "handover.v1.schema.json"
NOTES = Path(__file__).parent / "handover.v1.fields.yml"
ADDRESS = "/api/handover.v1.schema.json"
_ZONE = r"(Z|[+-]\d{2}:\d{2})$"
_DESCRIPTION = (
    "A request for help to a team of a municipality, made with Rits and confirmed by the person. Facts, own words and "
    "guesses of the assistant stand in fields of their own. Never in here: a citizen service number (text in which one "
    "stood holds a mark), a diagnosis code or a computed risk score."
)


def published() -> dict[str, Any]:
    """The schema, draft 2020-12, with a title, a reason and an invented example for every field."""
    notes: Mapping[str, Any] = YAML(typ="safe", pure=True).load(NOTES)
    made = HandoverDocument.schema(ref_template="#/$defs/{model}")
    groups = made["definitions"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "handover.v1",
        "description": _DESCRIPTION,
        **_object(made, HandoverDocument, notes),
        "$defs": {name: _object(groups[name], model, notes) for name, model in sorted(_models(HandoverDocument))},
    }


def published_text() -> str:
    return json.dumps(published(), ensure_ascii=False, indent=2) + "\n"


def read_published() -> dict[str, Any]:
    """The file as it stands; for whoever serves it."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def _models(model: type[BaseModel]) -> Iterable[tuple[str, type[BaseModel]]]:
    """Every group of fields in the document, once."""
    found: dict[str, type[BaseModel]] = {}
    waiting = [model]
    while waiting:
        for field in waiting.pop().__fields__.values():
            inner = field.type_
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner.__name__ not in found:
                found[inner.__name__] = inner
                waiting.append(inner)
    return found.items()


def _object(made: Mapping[str, Any], model: type[BaseModel], notes: Mapping[str, Any]) -> dict[str, Any]:
    about = notes[model.__name__]
    properties = {
        name: _described(_nullable(_plain(made["properties"][name]), field), about[name])
        for name, field in model.__fields__.items()
    }
    required = {"required": list(made["required"])} if "required" in made else {}
    return {"type": "object", "properties": properties, **required, "additionalProperties": False}


def _plain(made: Any) -> Any:
    """Without what the library adds of itself, and in the words of 2020-12."""
    if isinstance(made, list):
        return [_plain(one) for one in made]
    if not isinstance(made, Mapping):
        return made
    if list(made.get("allOf", ())) and len(made["allOf"]) == 1:
        return _plain(made["allOf"][0])
    kept = {key: _plain(value) for key, value in made.items() if key not in ("title", "default", "description")}
    return {**kept, "pattern": _ZONE} if kept.get("format") == "date-time" else kept


def _nullable(made: dict[str, Any], field: ModelField) -> dict[str, Any]:
    return {"anyOf": [made, {"type": "null"}]} if field.allow_none else made


def _described(made: dict[str, Any], about: list[Any]) -> dict[str, Any]:
    title, reason, *example = about
    return {"title": title, "description": reason, **made, **({"examples": example} if example else {})}
