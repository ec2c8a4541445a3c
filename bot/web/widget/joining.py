"""Joins plain ES modules into one function, so that a page loads one file and gets no global name.

There is no build: the modules keep to a small part of the language, and what falls outside it is refused here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError

_IMPORT = re.compile(r'^import \{\s*([\w\s,]*?),?\s*\} from "\./(\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const)\b)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\.meta\b|\bimport\(", re.MULTILINE)
_NAME = re.compile(r"^(export )?(?:async )?(?:function|class|const|let|var) (\w+|.*)", re.MULTILINE)
# What only a reader needs: comments, empty lines, indentation.
_COMMENT = re.compile(r"^\s*//.*\n|^\s*\n|^ +|(?<=[;{,)]) // .*$", re.MULTILINE)


class BundleError(BotError):
    """The scripts do not fit together; the text names the file."""


@dataclass(frozen=True)
class _Module:
    name: str
    code: str
    needs: dict[str, tuple[str, ...]]
    names: tuple[str, ...]
    exports: frozenset[str]


def join(folder: Path, entry: str) -> str:
    """The code of this module and of all that it needs, the needed first."""
    modules = _in_order(folder, entry, {}, ())
    _check_names(modules)
    return "".join(module.code for module in modules.values())


def _in_order(folder: Path, name: str, found: dict[str, _Module], above: tuple[str, ...]) -> dict[str, _Module]:
    if name in above:
        raise BundleError(f"{name} needs itself: {' -> '.join((*above, name))}")
    if name not in found:
        module = _read(folder, name)
        for other in module.needs:
            _in_order(folder, other, found, (*above, name))
        found[name] = module
    return found


def _read(folder: Path, name: str) -> _Module:
    try:
        text = (folder / name).read_text("utf-8")
    except OSError as error:
        raise BundleError(f"{name}: no such script") from error
    needs = {found[2]: tuple(re.findall(r"\w+", found[1])) for found in _IMPORT.finditer(text)}
    declared = _NAME.findall(text)
    code = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
    _check_language(name, code, [declared_name for _, declared_name in declared])
    return _Module(
        name=name,
        code=code,
        needs=needs,
        names=tuple(declared_name for _, declared_name in declared),
        exports=frozenset(declared_name for exported, declared_name in declared if exported),
    )


def _check_language(name: str, code: str, names: list[str]) -> None:
    left = _LEFT.search(code)
    if left:
        raise BundleError(f"{name}: cannot be joined: {left[0]}")
    odd = next((one for one in names if not one.isidentifier()), None)
    if odd:
        raise BundleError(f"{name}: one plain name each, not: {odd}")
    if any(line.count("`") % 2 for line in code.splitlines()):
        raise BundleError(f"{name}: a text between backticks stays on one line")
    if "</" in code:
        raise BundleError(f"{name}: '</' could end the script of a page that holds it")
    if "(?<" in code:
        raise BundleError(f"{name}: a browser of five years old cannot read a pattern that looks behind")


def _check_names(modules: dict[str, _Module]) -> None:
    owner: dict[str, str] = {}
    for module in modules.values():
        for name in module.names:
            if name in owner:
                raise BundleError(f"{module.name}: the name '{name}' is also in {owner[name]}")
            owner[name] = module.name
        for other, wanted in module.needs.items():
            missing = set(wanted) - modules[other].exports
            if missing:
                raise BundleError(f"{module.name}: {other} does not export {', '.join(sorted(missing))}")
