"""One message in the interview: stop, a question in between, a correction, an answer, or nothing to go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.handover.conversation import answering, at_preview, in_between, leaving, steps
from bot.handover.conversation.agreement import refuses
from bot.handover.conversation.draft import Draft, Given, Outcome
from bot.handover.conversation.heard import Heard
from bot.handover.conversation.phrases import is_question
from bot.handover.conversation.questions import say, team_name

TOPIC_IS_CLEAR = 0.5  # from here a message that is no answer is taken for a question of its own


@dataclass(frozen=True)
class Exchange:
    """One message at one step. Each reading is tried in turn; the first that applies decides."""

    draft: Draft
    given: Given
    heard: Heard
    now: datetime

    def outcome(self) -> Outcome:
        return self._noting_doubt(self._read())

    def at(self, draft: Draft) -> Exchange:
        """The same message to another draft."""
        return replace(self, draft=draft)

    def say(self, key: str, **values: object) -> str:
        return say(self.draft, key, **{"team": team_name(self.draft), **values})

    @property
    def topic_is_clear(self) -> bool:
        return bool(self.given.topic) and self.given.topic_confidence >= TOPIC_IS_CLEAR

    def _read(self) -> Outcome:
        if self.draft.paused:
            return leaving.while_paused(self)
        for reading in READINGS:
            outcome = reading(self)
            if outcome is not None:
                return outcome
        return answering.not_an_answer(self)

    def _noting_doubt(self, outcome: Outcome) -> Outcome:
        """What could not be read at a step about others, or had a no in it, may have been a refusal."""
        step, typed = self.draft.step, self.heard.text
        stays = outcome.draft.step == step and outcome.status in ("asking", "interrupted") and not self.heard.value
        something_else = outcome.status == "interrupted" and not is_question(typed)
        unread = something_else or outcome.draft.attempts > self.draft.attempts or refuses(typed)
        if step not in steps.TWO_SIDED or not typed or not stays or not unread or step in outcome.draft.doubted:
            return outcome
        return replace(outcome, draft=outcome.draft.with_(doubted=(*outcome.draft.doubted, step)))


READINGS: tuple[Callable[[Exchange], Outcome | None], ...] = (
    leaving.stop,
    leaving.stop_for_sure,
    in_between.other_topic_chosen,
    at_preview.field_to_change,
    in_between.question_about_form,
    in_between.wish_for_secrecy,
    at_preview.consent,
    at_preview.enough,
    at_preview.left_out,
    at_preview.correction,
    at_preview.wish_to_edit,
    at_preview.wish_for_parts,
    at_preview.wish_for_more,
    leaving.later,
    answering.going_on,
    answering.skip,
    answering.early_contact_told,
    answering.answer,
)
