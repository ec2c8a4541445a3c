"""The composition root: what an action or the front door needs, built once and lazily."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.answers.load import KnowledgeShelf
from bot.answers.schema import Knowledge
from bot.errors import NotStoredError, SettingsError
from bot.handover.model import handovers
from bot.handover.store import HandoverStore
from bot.ordinary_or_care.age_form import AgeForm
from bot.ordinary_or_care.shelf import RegisterShelf
from bot.ordinary_or_care.short_form import WeighingForm
from bot.planner.load import FOLDER, PlanShelf
from bot.planner.schema import PlanContent
from bot.planner.short_form import PlannerForm
from bot.routes.jw315_form import Jw315Form
from bot.routes.load import RouteShelf
from bot.routes.meldcode_form import MeldcodeForm
from bot.routes.schema import RouteBook
from bot.routes.short_form import RouteForm
from bot.settings import Settings, settings
from bot.short_form import ShortForm
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal, load_or_create_key

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def amsterdam_now() -> datetime:
    """The time on the clock of the person and the team."""
    return datetime.now(AMSTERDAM)


@dataclass
class Services:
    """Everything with a life outside one turn."""

    settings: Settings
    clock: Callable[[], datetime] = amsterdam_now

    @cached_property
    def shelf(self) -> KnowledgeShelf:
        if not self.settings.knowledge_dir.is_dir():
            raise SettingsError(f"setting RITS_KNOWLEDGE_DIR: no folder {self.settings.knowledge_dir}")
        return KnowledgeShelf(self.settings.knowledge_dir)

    @property
    def knowledge(self) -> Knowledge:
        """The content of this moment; an unreadable file leaves the previous content in use."""
        self.shelf.refresh()
        return self.shelf.current

    @cached_property
    def plan_shelf(self) -> PlanShelf:
        return PlanShelf(self.settings.knowledge_dir / FOLDER)

    @property
    def plan_content(self) -> PlanContent:
        """The steps of the 18+ plan as they are now."""
        return self.plan_shelf.refresh()

    @cached_property
    def route_shelf(self) -> RouteShelf:
        return RouteShelf(self.settings.knowledge_dir)

    @property
    def routes(self) -> RouteBook:
        """The route finder for professionals as it is now."""
        return self.route_shelf.beside(self.knowledge)

    @cached_property
    def short_forms(self) -> Mapping[str, ShortForm]:
        """The forms of a few questions in the chat, by name."""
        worries = RegisterShelf(self.settings.knowledge_dir)
        forms: list[ShortForm] = [WeighingForm(worries.at), AgeForm(), PlannerForm(lambda: self.plan_content)]
        forms += [form(lambda: self.routes) for form in (RouteForm, Jw315Form, MeldcodeForm)]
        return {form.name: form for form in forms}

    @cached_property
    def engine(self) -> Engine:
        self.settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            return open_engine(self.settings.handover_url)
        except (SQLAlchemyError, ImportError) as error:
            # Without the address: it may hold a password.
            reason = type(error).__name__
            raise SettingsError(f"setting RITS_DATABASE_URL: not a usable database address ({reason})") from None

    @cached_property
    def handovers(self) -> HandoverStore:
        """The store, with its tables in place; NotStoredError while the database cannot be used."""
        try:
            upgrade(self.engine)
            keys = self._keys()
        except SettingsError as error:  # its text is for the operator and says what to do
            raise NotStoredError(str(error)) from None
        except (SQLAlchemyError, OSError) as error:
            raise NotStoredError(f"the database cannot be used ({type(error).__name__})") from None
        return HandoverStore(self.engine, Seal(keys))

    def _keys(self) -> tuple[bytes, ...]:
        if self.settings.encryption_key:
            return tuple(key.strip().encode() for key in self.settings.encryption_key.split(","))
        if not self.settings.key_file.exists() and self._holds_handovers():
            raise SettingsError(f"{self.settings.key_file} is gone: put it back from the backup to read the handovers")
        return load_or_create_key(self.settings.key_file)

    def _holds_handovers(self) -> bool:
        """A new key beside old records would make them unreadable without anybody noticing."""
        with self.engine.begin() as connection:
            return connection.execute(select(handovers.c.id).limit(1)).first() is not None


@lru_cache(maxsize=1)
def services() -> Services:
    """The services of this process."""
    return Services(settings())
