"""The composition root: what an action or the front door needs, built once and lazily."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.answers.load import KnowledgeShelf
from bot.answers.schema import Knowledge
from bot.desk.accounts import Accounts
from bot.desk.attempts import Attempts
from bot.desk.audit import WORKER, AuditLog
from bot.desk.looks import LookBook
from bot.desk.model import staff
from bot.desk.scope import Scope
from bot.errors import NotStoredError, SettingsError
from bot.handover.model import handovers
from bot.handover.outbox import Leased, Outbox
from bot.handover.postman import Postman
from bot.handover.queue import HandoverQueue
from bot.handover.store import HandoverStore
from bot.learning.recorder import Recorder
from bot.learning.store import LearningStore
from bot.live.notices import Notices
from bot.live.store import LiveStore
from bot.ordinary_or_care.age_form import AgeForm
from bot.ordinary_or_care.shelf import RegisterShelf
from bot.ordinary_or_care.short_form import WeighingForm
from bot.planner.load import FOLDER, PlanShelf
from bot.planner.schema import PlanContent
from bot.planner.short_form import PlannerForm
from bot.privacy.deidentify import deidentifier
from bot.routes.jw315_form import Jw315Form
from bot.routes.load import RouteShelf
from bot.routes.meldcode_form import MeldcodeForm
from bot.routes.schema import RouteBook
from bot.routes.short_form import RouteForm
from bot.settings import Settings, settings
from bot.short_form import ShortForm
from bot.storage.engine import open_engine
from bot.storage.key_file import KeyFile
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal

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
    def database(self) -> Engine:
        """The engine, with its tables in place; NotStoredError while the database cannot be used."""
        with _as_not_stored():
            upgrade(self.engine)
            return self.engine

    @cached_property
    def seal(self) -> Seal:
        """Encrypts what is personal; NotStoredError while the key cannot be used."""
        with _as_not_stored():
            if self.settings.encryption_key:
                return Seal(self.setting_keys)
            self._demand_key(self.database)
            return Seal(self.key_file.keys(), newer=self.key_file.newer)

    @cached_property
    def handovers(self) -> HandoverStore:
        """The store; NotStoredError while the database or the key cannot be used."""
        with _as_not_stored():
            return HandoverStore(self.database, self.seal, clock=self.clock, deliveries=self.delivery_names)

    @cached_property
    def delivery_names(self) -> tuple[str, ...]:
        """The ways to the team; SettingsError when the setting names one that does not exist."""
        from bot.handover.delivery.registry import names

        return names(self.settings)

    @cached_property
    def outbox(self) -> Outbox:
        """What must still be delivered, and what could not be."""
        return Outbox(self.database, self.clock)

    def postman(self, worker_id: str, *, round_s: float) -> Postman:
        """Who delivers it; only `rits worker` is one."""
        from bot.handover.delivery.registry import deliveries

        ways = deliveries(self.settings, anybody_at=self.accounts.anybody_at, clock=self.clock)

        def on_dead(leased: Leased, code: str) -> None:
            self.audit.record(WORKER, "delivery.dead", leased.reference, f"{leased.delivery}:{code}"[:60])

        return Postman(self.outbox, self.handovers, ways, worker_id=worker_id, on_dead=on_dead, round_s=round_s)

    @cached_property
    def audit(self) -> AuditLog:
        """Who did and saw what at the desk."""
        return AuditLog(self.database, self.clock)

    @cached_property
    def accounts(self) -> Accounts:
        """The accounts of workers."""
        return Accounts(self.database, self.clock, self.audit)

    @cached_property
    def attempts(self) -> Attempts:
        """Signing in at the desk."""
        return Attempts(self.database, self.clock, self.accounts, self.audit, self.seal)

    @cached_property
    def live(self) -> LiveStore:
        """The chats with a worker."""
        wait = timedelta(seconds=self.settings.live_wait_s)
        return LiveStore(self.database, self.seal, Notices(self.team_name), self.audit.record, wait=wait)

    @cached_property
    def lessons(self) -> LearningStore:
        """What is learned from use, de-identified."""
        return LearningStore(self.database, self.seal)

    @cached_property
    def recorder(self) -> Recorder:
        """Takes note of it; the lists of names are read when the first question comes."""

        def clean(text: str) -> str:
            return deidentifier().run(text).text

        return Recorder(lambda: self.lessons, clean, self.clock)

    def team_name(self, team: str) -> str | None:
        """The name of a team as its municipality writes it; None when no source gives one."""
        found = self.knowledge.gemeenten.get(team)
        return found.team.name if found is not None else None

    @cached_property
    def scope(self) -> Scope:
        """Of which team a handover or chat is."""
        return Scope(self.database)

    @cached_property
    def queue(self) -> HandoverQueue:
        """The work of the teams on their handovers."""
        accounts, clock = self.accounts, self.clock

        def works_at(staff_id: str, team: str) -> bool:
            account = accounts.by_id(staff_id)
            return account is not None and account.active and account.team == team

        parts = (self.database, self.seal, self.audit)
        return HandoverQueue(*parts, clock=clock, anybody_at=accounts.anybody_at, works_at=works_at)

    @cached_property
    def looks(self) -> LookBook:
        """Who last looked at which handover."""
        return LookBook(self.database, self.audit)

    @cached_property
    def key_file(self) -> KeyFile:
        """Where the keys are when they are not in the setting."""
        return KeyFile(self.settings.key_file)

    @property
    def setting_keys(self) -> tuple[bytes, ...]:
        """The keys of RITS_ENCRYPTION_KEY; none when they are in the file."""
        return tuple(key.strip().encode() for key in self.settings.encryption_key.split(",") if key.strip())

    def _demand_key(self, database: Engine) -> None:
        if not self.settings.key_file.exists() and _holds_sealed(database):
            raise SettingsError(f"{self.settings.key_file} is gone: put it back from the backup to read the handovers")


def _holds_sealed(database: Engine) -> bool:
    """A new key beside old records would make them unreadable without anybody noticing."""
    with database.begin() as connection:
        codes = select(staff.c.id).where(staff.c.totp_sealed.isnot(None)).limit(1)
        return any(connection.execute(query).first() for query in (select(handovers.c.id).limit(1), codes))


@contextmanager
def _as_not_stored() -> Iterator[None]:
    try:
        yield
    except SettingsError as error:  # its text is for the operator and says what to do
        raise NotStoredError(str(error)) from None
    except (SQLAlchemyError, OSError) as error:
        raise NotStoredError(f"the database cannot be used ({type(error).__name__})") from None


@lru_cache(maxsize=1)
def services() -> Services:
    """The services of this process."""
    return Services(settings())
