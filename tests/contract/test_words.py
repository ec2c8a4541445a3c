"""No sentence for a person in code, no name that tells nothing, and no words of a person in a log."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from builders import Conversation, a_turn, run

from actions.handover import HandoverForm
from actions.questions import AnswerQuestion
from bot.logs import set_up_logs
from bot.services import Services

ROOT = Path(__file__).parents[2]
PYTHON = sorted([*(ROOT / "actions").glob("*.py"), *(ROOT / "bot").rglob("*.py")])
SCRIPTS = sorted((ROOT / "bot").rglob("*.js"))
# Words that are frequent in Dutch and no English, in a text of at least four words.
DUTCH = re.compile(
    r"\b(de|het|een|niet|ik|je|jij|uw|jouw|wij|zij|van|voor|met|naar|bij|hebt|heeft|bent|wordt|kunt|kun|mijn|geen|"
    r"waar|wie|wat|hoe|deze|dit|ook|nog|maar|als|dan|te|zijn|kind|ouder|jongere)\b",
    re.IGNORECASE,
)
# What a person might type is recognised with patterns; those are data for reading, not sentences that are said.
READS_DUTCH = (
    "bot/handover/",
    "bot/privacy/",
    "bot/learning/groups.py",
    "bot/safety/",
    "bot/understanding/",
    "bot/answers/nlu_check.py",
    "bot/answers/plain_text.py",
)
# For the operator or editor who ran the command, or a question that we ask ourselves.
NOT_FOR_A_PERSON = {"bot/evaluation.py", "bot/supervisor.py", "bot/errors.py", "bot/cli/content.py"}
NAMES = ("utils", "helpers", "common", "manager", "misc", "models")
CANARY = "kanariegeel"


def sentences(path: Path) -> Iterator[str]:
    """Strings with three or more Dutch function words; docstrings and patterns apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            if is_dutch_sentence(node.value):
                yield node.value


def is_dutch_sentence(text: str) -> bool:
    return " " in text and "|" not in text and len({word.lower() for word in DUTCH.findall(text)}) >= 3


def test_the_heuristic_knows_a_sentence() -> None:
    assert is_dutch_sentence("Dat weet ik niet. Kunt u het anders zeggen, of wilt u een mens spreken?")
    assert not is_dutch_sentence("port 8080 on 127.0.0.1 cannot be used; choose another with RITS_PORT")


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_dutch_sentence_in_python(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    if name in NOT_FOR_A_PERSON or name.startswith(READS_DUTCH):
        return
    assert list(sentences(path)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_dutch_sentence_in_scripts(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [text for _, text in re.findall(r"([\"'`])((?:(?!\1).)*)\1", code) if is_dutch_sentence(text)]
    assert found == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_stays_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.stem not in NAMES
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_dutch_comments_and_nothing_left_to_do(path: Path) -> None:
    source = io.StringIO(path.read_text(encoding="utf-8"))
    comments = [token.string for token in tokenize.generate_tokens(source.readline) if token.type == tokenize.COMMENT]
    assert [comment for comment in comments if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", comment)] == []
    quoted = (re.sub(r"[\"`'“].*[\"`'”]", "", comment) for comment in comments)
    assert [comment for comment in quoted if is_dutch_sentence(comment)] == []


class Broken(Services):
    """A content folder that cannot be read."""

    @property
    def knowledge(self):  # type: ignore[no-untyped-def, override]
        raise RuntimeError(f"could not read {CANARY}")


def test_what_somebody_types_is_in_no_log(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("debug")
    try:
        talk = Conversation(HandoverForm(services), metadata={"gemeente": "voorbeeldgemeente"})
        talk.says(f"mijn kind is {CANARY}", topics=("slaapproblemen_peuter",), action=AnswerQuestion(services))
        talk.says("/ask_for_human")
        for text in (f"verhaal {CANARY}", "8", f"{CANARY}", f"{CANARY}@example.org", "ja", f"ik wil dood {CANARY}"):
            talk.says(text)
        talk.says("/ask_for_human")
        sent = talk.chooses("send")
        broken = AnswerQuestion(Broken(services.settings, services.clock))
        run(broken, a_turn(f"{CANARY} faalt", topics=("slaapproblemen_peuter",)))
    finally:
        structlog.reset_defaults()
    said = capsys.readouterr()
    assert sent.handover["submitted"]
    assert "handover.stored" in said.err and "action.failed" in said.err
    assert CANARY not in (said.err + said.out).lower()
