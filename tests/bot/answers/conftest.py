"""A knowledge folder on disk in which everything is in order, so that a test names only what matters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.answers.load import load_knowledge
from bot.answers.schema import Knowledge

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

FRONT = {
    "titel": "Mijn peuter slaapt slecht",
    "knop": "Peuter slaapt slecht",
    "doelgroep": "[ouder]",
    "stap": "lokaal_team",
    "hulplijnen": "[]",
    "zie_ook": "[]",
    "bronnen": "[bron_een]",
    "eigenaar": "Redactie Rits",
    "gecontroleerd_op": "2026-11-21",
}
HEADINGS = {
    "gewoon_of_zorg": ("Wat erbij hoort", "Wat vaak helpt", "Wanneer hulp zoeken", "Wie eerst vragen"),
    "hulp_vinden": ("Zo werkt het", "Volgende stap"),
    "achttien": ("Wat er verandert", "Wat nu te regelen", "Volgende stap"),
    "verwijzen": ("Route", "Wat erin moet", "Toestemming en privacy", "Volgende stap"),
    "rechten": ("Wat geldt", "Zo pakt u het aan", "Volgende stap"),
}
SHORT = "Veel peuters worden 's nachts wakker. Dat is vaak gewoon."


TEAM = ("telefoon", "email", "website", "adres", "openingstijden", "gesloten_op", "reactie_werkdagen", "omschrijving")


class KnowledgeFolder:
    """Writes the files an editor would write."""

    def __init__(self, root: Path) -> None:
        self.root = root / "knowledge"
        self.nlu = root / "nlu"
        self.write("bronnen/basis.yml", self._source("bron_een"))
        self.write("hulplijnen.yml", self._help_line())
        self.write("gemeenten/namen.yml", "ede: {naam: Ede, provincie: Gelderland}\n")

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def topic(
        self,
        slug: str = "slecht_slapen",
        *,
        theme: str = "gewoon_of_zorg",
        variant: str = "",
        gemeente: str = "",
        body: str | None = None,
        nlu: bool = True,
        **front: str,
    ) -> Path:
        name = f"{slug}.{variant}.md" if variant else f"{slug}.md"
        folder = f"gemeenten/{gemeente}/antwoorden" if gemeente else "antwoorden"
        fields = {**FRONT, **({"doelgroep": f"[{variant}]"} if variant else {}), **front}
        head = "\n".join(f"{key}: {value}" for key, value in fields.items())
        text = f"---\n{head}\n---\n{self.body(theme) if body is None else body}"
        if nlu:
            self.examples(slug, theme=theme)
        return self.write(f"{folder}/{theme}/{name}", text)

    def body(self, theme: str = "gewoon_of_zorg", *, short: str = SHORT, text: str = "") -> str:
        """All headings of a theme, with ordinary words under them."""
        filler = text or "Een vast uur voor bed helpt vaak. Lees samen een boek en doe het licht uit."
        sections = "\n\n".join(f"## {heading}\n{filler}" for heading in HEADINGS[theme])
        return f"{short}\n\n{sections}\n"

    def examples(self, slug: str, *, theme: str = "gewoon_of_zorg", count: int = 8, intent: str = "") -> Path:
        lines = "\n".join(f"      - bericht {number} over {slug}" for number in range(count))
        path = self.nlu / theme / f"{slug}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        intent = intent or f"vraag/{slug}"
        path.write_text(f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{lines}\n', encoding="utf-8")
        return path

    def gemeente(self, slug: str = "ede", **changes: str) -> Path:
        """A gemeente with a team that has a name and a site; everything else null."""
        team = {"naam": "Wijkteam Ede", "website": "https://team.example"}
        fields = {"naam": "Ede", "provincie": "Gelderland", "bronnen": "[bron_een]", "gecontroleerd_op": "2026-11-21"}
        for key, value in changes.items():
            (team if key in TEAM else fields)[key] = value
        inner = "\n".join(f"  {key}: {value}" for key, value in team.items())
        outer = "\n".join(f"{key}: {value}" for key, value in fields.items())
        return self.write(f"gemeenten/{slug}/gemeente.yml", f"{outer}\nteam:\n{inner}\n")

    def load(self) -> Knowledge:
        return load_knowledge(self.root)

    @staticmethod
    def _source(key: str) -> str:
        return f"{key}:\n  titel: 'NJi: slapen'\n  url: https://www.nji.nl/slapen\n  bekeken_op: 2026-11-20\n"

    @staticmethod
    def _help_line() -> str:
        return (
            "veilig_thuis:\n  naam: Veilig Thuis\n  nummer: '0800-2000'\n  kanalen: [bellen]\n"
            "  voor_wie: Voor iedereen.\n  tijden: altijd\n  kosten: gratis\n  anoniem: true\n"
            "  bronnen: [bron_een]\n  gecontroleerd_op: 2026-11-21\n"
            "kindertelefoon:\n  naam: De Kindertelefoon\n  nummer: '0800-0432'\n  kanalen: [bellen]\n"
            "  voor_wie: Voor kinderen.\n  leeftijd: 8-18\n  bronnen: [bron_een]\n  gecontroleerd_op: 2026-11-21\n"
        )


@pytest.fixture
def folder(tmp_path: Path) -> KnowledgeFolder:
    return KnowledgeFolder(tmp_path)


@pytest.fixture
def now() -> datetime:
    """A Monday in office hours."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=AMSTERDAM)
