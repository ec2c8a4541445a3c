"""One message in the interview: stop, a question in between, a correction, an answer, or nothing to go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.handover import steps
from bot.handover.agreement import read_agreement, refuses
from bot.handover.asking import asked, skipped, unclear
from bot.handover.corrections import Correction, read_correction, wants_change
from bot.handover.draft import Draft, Given, Outcome, Step
from bot.handover.form_questions import form_question, wants_secrecy
from bot.handover.heard import Accepted, Heard, choice
from bot.handover.phrases import (
    has_to_leave,
    help_was_called,
    is_cancel,
    is_going_on,
    is_later,
    is_no,
    is_question,
    is_refusal,
    is_resume,
    is_yes,
    says_yes,
)
from bot.handover.progress import at, consistent, moved
from bot.handover.questions import buttons, question, resume, say, team_name
from bot.handover.replies import accept, early_contact
from bot.handover.safe_contact import read_safety
from bot.turn import Message

TOPIC_IS_CLEAR = 0.5  # from here a message that is no answer is taken for a question of its own
_TOLD_EARLY: frozenset[Step] = frozenset({"gemeente", "age", "name", "organisation"})
_NO_IS_REFUSAL: frozenset[Step] = frozenset({"name", "organisation", "contact", "best_time", "needs"})


@dataclass(frozen=True)
class Exchange:
    """One message at one step. Each reading is tried in turn; the first that applies decides."""

    draft: Draft
    given: Given
    heard: Heard
    now: datetime

    def outcome(self) -> Outcome:
        return self._noting_doubt(self._read())

    def _read(self) -> Outcome:
        if self.draft.paused:
            return self._while_paused()
        readings: tuple[Callable[[], Outcome | None], ...] = (
            self._stop,
            self._stop_for_sure,
            self._other_topic_chosen,
            self._field_to_change,
            self._question_about_form,
            self._wish_for_secrecy,
            self._consent,
            self._correction,
            self._wish_to_edit,
            self._later,
            self._going_on,
            self._skip,
            self._early_contact,
            self._answer,
        )
        for reading in readings:
            outcome = reading()
            if outcome is not None:
                return outcome
        return self._not_an_answer()

    def _noting_doubt(self, outcome: Outcome) -> Outcome:
        """What could not be read at a step about others, or had a no in it, may have been a refusal."""
        step, typed = self.draft.step, self.heard.text
        stays = outcome.draft.step == step and outcome.status in ("asking", "interrupted") and not self.heard.value
        something_else = outcome.status == "interrupted" and not is_question(typed)
        unread = something_else or outcome.draft.attempts > self.draft.attempts or refuses(typed)
        if step not in steps.TWO_SIDED or not typed or not stays or not unread or step in outcome.draft.doubted:
            return outcome
        return replace(outcome, draft=outcome.draft.with_(doubted=(*outcome.draft.doubted, step)))

    # Leaving

    def _stop(self) -> Outcome | None:
        pressed = self.given.intent == "cancel"
        if not pressed and not is_cancel(self.heard.text):
            return None
        if pressed or self.draft.step == "cancel" or not self._anything_told():
            return self._cancelled()
        sure = self.draft.with_(step="cancel", resume_at=self.draft.step, attempts=0)
        return asked(sure)

    def _stop_for_sure(self) -> Outcome | None:
        if self.draft.step != "cancel":
            return None
        if choice(self.draft, self.heard) == "stop_now" or is_yes(self.heard.text):
            return self._cancelled()
        back = self._back_from_cancel()
        if self.heard.value == "send" or says_yes(self.heard.text):
            # Between stopping and sending lies the preview, once more.
            return asked(back)
        if choice(self.draft, self.heard) == "continue" or is_no(self.heard.text) or is_resume(self.heard.text):
            return asked(back)
        return replace(self, draft=back).outcome()

    def _back_from_cancel(self) -> Draft:
        return self.draft.with_(step=self.draft.resume_at or steps.next_step(self.draft), resume_at=None, attempts=0)

    def _cancelled(self) -> Outcome:
        """Nothing of what was filled in stays behind."""
        dropped = Draft(
            handover_id=self.draft.handover_id,
            started_at=self.draft.started_at,
            audience=self.draft.audience,
            trigger=self.draft.trigger,
        )
        return Outcome(dropped, (Message(say(self.draft, "cancelled")),), "cancelled")

    def _anything_told(self) -> bool:
        return bool(set(self.draft.answers) - {"gemeente", "gemeente_name", "age", "age_band"})

    def _later(self) -> Outcome | None:
        # Asked for a moment, "later" is an answer.
        answers = self.draft.step in ("best_time", "safe_when") and not has_to_leave(self.heard.text)
        if answers or self.heard.value or not is_later(self.heard.text):
            return None
        return self._pause("paused")

    def _pause(self, key: str) -> Outcome:
        paused = self.draft.with_(paused=True, attempts=0)
        return Outcome(paused, (Message(say(paused, key), question(paused).buttons),), "paused")

    def _while_paused(self) -> Outcome:
        running = replace(self, draft=self.draft.with_(paused=False))
        if self.heard.value == "continue" or is_resume(self.heard.text):
            return asked(running.draft)
        if is_cancel(self.heard.text) or self.given.intent in ("cancel", "change_field"):
            return running.outcome()
        tried = None if self.draft.step in steps.OPEN else running._answer()
        return tried or Outcome(self.draft, (), "interrupted")

    # Questions in between

    def _other_topic_chosen(self) -> Outcome | None:
        """A button of an answer, pressed while the form is open."""
        if self.heard.text or self.heard.value or not self._topic_is_clear():
            return None
        return Outcome(self.draft, (), "interrupted")

    def _question_about_form(self) -> Outcome | None:
        key = form_question(self.heard.text)
        if key is None or self.heard.value or self._wants_no_names():
            return None
        if key == "form_parents" and self.draft.audience != "jongere":
            key = "form_readers"
        answer = Message(self._about_parents() if key == "form_parents" else self._say(key))
        return Outcome(self.draft, (answer, resume(self.draft)), "asking")

    def _wish_for_secrecy(self) -> Outcome | None:
        if self.draft.audience != "jongere" or self.draft.step in ("parents", "secrecy"):
            return None
        if self.heard.value or not wants_secrecy(self.heard.text):
            return None
        told = self.draft.answered(parents="secret")
        if self.draft.step in steps.OPEN:
            answered = replace(self, draft=told)._answer() or asked(told)
        elif self.draft.step == "review":
            answered = asked(at(told, steps.next_step(told)))
        else:
            answered = asked(told)
        return replace(answered, said=(Message(self._about_parents()), *answered.said))

    def _wants_no_names(self) -> bool:
        """Where a professional is asked for consent, "anoniem" is an answer and not a question about the form."""
        step, text = self.draft.step, self.heard.text
        return step == "family_consent" and read_agreement(step, text, doubted=True) == "anonymous"

    def _about_parents(self) -> str:
        decides_alone = steps.consent_rule(self.draft).deciders == ("youth",)
        return self._say("secrecy_16" if decides_alone else "secrecy_under_16")

    # The preview

    def _consent(self) -> Outcome | None:
        """The only way to `ready`: the send button, or a whole message that is an explicit yes."""
        if self.draft.step != "review":
            return None
        if self.heard.value == "send" or (not self.heard.value and says_yes(self.heard.text)):
            return Outcome(self.draft.with_(consented_at=self.now, attempts=0), (), "ready")
        return None

    def _wish_to_edit(self) -> Outcome | None:
        """Something must be different, without saying what."""
        if self.draft.step != "review":
            return None
        typed = "" if self.heard.value else self.heard.text
        if choice(self.draft, self.heard) == "edit" or is_no(typed) or wants_change(typed):
            return asked(self.draft.with_(step="edit", attempts=0))
        return None

    def _field_to_change(self) -> Outcome | None:
        if self.given.intent == "change_field":
            allowed = [step for step in steps.changeable(self.draft) if step == self.given.value]
            return self._change(allowed[0]) if allowed else asked(self.draft)
        if self.draft.step != "edit":
            return None
        if choice(self.draft, self.heard) == "back" or is_no(self.heard.text):
            return asked(at(self.draft, steps.next_step(self.draft)))
        return None

    def _change(self, step: Step) -> Outcome:
        return asked(self.draft.with_(step=step, attempts=0, editing=steps.is_done(step, self.draft)))

    def _correction(self) -> Outcome | None:
        if self.heard.value:
            return None
        found = read_correction(self.heard.text, self.draft, self.now.date())
        if found is None:
            return None
        return self._corrected(found) if found.values else self._change(found.step)

    def _corrected(self, found: Correction) -> Outcome:
        changed = consistent(self.draft, self.draft.answered(**found.values))
        stays = self.draft.step not in ("review", "edit") and not steps.is_done(self.draft.step, changed)
        changed = changed.with_(attempts=0) if stays and steps.applies(self.draft.step, changed) else moved(changed)
        return Outcome(changed, (Message(self._say("changed")), question(changed)), "asking")

    # Answers

    def _going_on(self) -> Outcome | None:
        """Going on ("verder", "112 is gebeld") is never an answer: the question comes again."""
        called = self.draft.step not in steps.STORY and help_was_called(self.heard.text)
        if self.heard.value or not (called or is_going_on(self.heard.text)):
            return None
        if self.draft.step == "edit":
            return asked(at(self.draft, steps.next_step(self.draft)))
        if self.draft.attempts or self.draft.step == "review":
            return unclear(self.draft, self.heard.text)
        return Outcome(self.draft.with_(attempts=1), (resume(self.draft),), "asking")

    def _early_contact(self) -> Outcome | None:
        if self.draft.step not in _TOLD_EARLY or self.heard.value:
            return None
        accepted = early_contact(self.draft, self.heard)
        return self._accepted(accepted) if accepted else None

    def _skip(self) -> Outcome | None:
        value, step = self.heard.value, self.draft.step
        if value == "leave" or (self.draft.editing and (value == "skip" or choice(self.draft, self.heard) == "leave")):
            return asked(moved(self.draft))
        if value == "remove" and self.draft.editing and step in steps.OPTIONAL:
            return asked(moved(self.draft.answered(**{step: None}).with_(skipped=(*self.draft.skipped, step))))
        if not self._refuses() and choice(self.draft, self.heard) != "skip":
            return None
        if step in steps.SKIPPABLE:
            return asked(skipped(self.draft))
        return self._refused_contact() if step == "contact" else None

    def _refuses(self) -> bool:
        if self.heard.value:
            return self.heard.value == "skip"
        if self.draft.step == "safe_contact" and read_safety(self.heard.text, doubted=True):
            return False  # "liever niet" is the answer there, and not a question left out
        return is_refusal(self.heard.text) or (self.draft.step in _NO_IS_REFUSAL and is_no(self.heard.text))

    def _refused_contact(self) -> Outcome:
        """Said once what it means; after that the person keeps a reference and calls."""
        if self.draft.get("contact_refused"):
            kept = self.draft.answered(channel="none", address=None)
            return asked(moved(kept), "contact_self")
        told = self.draft.answered(contact_refused="yes")
        return Outcome(told, (Message(self._say("contact_refused"), buttons(told)),), "asking")

    def _answer(self) -> Outcome | None:
        if not self.heard.text and not self.heard.value and not self.heard.gemeente:
            return None
        accepted = accept(self.draft, self.heard)
        if accepted is None:
            return None
        if accepted.draft.get("secrecy") == "call_first":
            waiting = replace(self, draft=accepted.draft.answered(secrecy=None))
            return waiting._pause("call_first")
        return self._accepted(accepted)

    def _accepted(self, accepted: Accepted) -> Outcome:
        return asked(moved(consistent(self.draft, accepted.draft)), accepted.remark)

    def _not_an_answer(self) -> Outcome:
        """A question of its own, an old button, or nothing to go on."""
        if self.heard.value:
            return unclear(self.draft, "", may_skip=False)
        asks_else = self._topic_is_clear() or is_question(self.heard.text)
        if asks_else and self.draft.step not in steps.STORY:
            return Outcome(self.draft, (), "interrupted")
        return unclear(self.draft, self.heard.text)

    def _topic_is_clear(self) -> bool:
        return bool(self.given.topic) and self.given.topic_confidence >= TOPIC_IS_CLEAR

    def _say(self, key: str, **values: object) -> str:
        return say(self.draft, key, **{"team": team_name(self.draft), **values})
