"""Four invented handovers that together touch every field: for the golden files, the pages and whoever needs one."""

from __future__ import annotations

from datetime import date, datetime, timezone

from bot.handover.document import (
    AnsweredTopic,
    Authority,
    Big5,
    Big5Item,
    ChatLine,
    Child,
    Consent,
    ConsentItem,
    Contact,
    HandoverDocument,
    Inference,
    Language,
    Meldcode,
    Network,
    Referral,
    Reporter,
    Safety,
    SafetySignal,
    Scale,
    Transition,
    TrustedPerson,
    Urgency,
)

AT = datetime(2026, 11, 24, 9, 15, tzinfo=timezone.utc)
PROMISED = datetime(2026, 11, 26, 16, 0, tzinfo=timezone.utc)
LINK = "https://rits.example/team/bericht/R-7K3-M9Q"
REFERENCE = "R-7K3-M9Q"


def parent() -> HandoverDocument:
    """A mother of an eight-year-old who had the time for a few questions more."""
    yes = ConsentItem(given=True, by="parent", at=AT)
    return HandoverDocument(
        handover_id="voorbeeld-ouder-0001",
        created_at=AT,
        gemeente="bergen_nh",
        gemeente_name="Bergen (NH.)",
        team="Team Jeugd Bergen",
        trigger="asked",
        audience="ouder",
        reporter=Reporter(name="Samira", relation="parent"),
        child=Child(age_band="4-11"),
        authority=Authority(known="yes", second_parent_informed="no"),
        consent=Consent(
            contact=yes, share_summary=yes, share_with=("Team Jeugd Bergen",), needed_for_help=("parents",)
        ),
        question_own_words="Mijn dochter slaapt slecht sinds de verhuizing. Wie kan meekijken?",
        situation="Ze wordt elke nacht wakker.\n\nOp school zit ze stil in een hoek.",
        background="Sinds maart. De juf weet ervan.",
        worries=("dat het erger wordt",),
        going_well=("ze zwemt graag", "ze praat met oma"),
        needs_to_happen=("iemand die meedenkt over school",),
        scale_0_10=Scale(value=4, asked_of="parent", wording="hoe gaat het nu thuis"),
        network=Network(
            trusted_person=TrustedPerson(name="Oma Riet", relation="oma", may_be_contacted="yes"),
            informal_help=("de buren passen op",),
        ),
        money_worries="no",
        answered_by_bot=(
            AnsweredTopic(
                topic="slecht_slapen", title="Slecht slapen", content_version="2026-05-01", on=date(2026, 11, 24)
            ),
        ),
        unanswered=("helpt een lichttherapie?",),
        contact=Contact(channel="phone", address="0612345678", times=("na zes uur",)),
        safety=Safety(can_we_call_safely="yes"),
        language=Language(code="tur", interpreter=True, reading_help=False),
        bot_inference=(Inference(topic="slecht_slapen", title="Slecht slapen", confidence=0.81),),
        expires_at=date(2027, 5, 23),
    )


def youth() -> HandoverDocument:
    """Seventeen, help that stops at eighteen, and a conversation that may be read."""
    yes = ConsentItem(given=True, by="youth", at=AT)
    return HandoverDocument(
        handover_id="voorbeeld-jongere-0001",
        created_at=AT,
        gemeente="utrecht",
        team="Buurtteam",
        trigger="human_topic",
        audience="jongere",
        reporter=Reporter(name="Noah", relation="self"),
        child=Child(age_band="16-17", birth_month="2009-03"),
        consent=Consent(
            contact=yes,
            share_summary=yes,
            share_transcript=yes,
            share_with=("Buurtteam",),
            needed_for_help=("youth",),
            parents_may_know="no",
        ),
        question_own_words="Ik word bijna 18 en weet niet waar ik dan woon.",
        situation="Ik zit nu in een woongroep.",
        needs_to_happen=("een kamer", "iemand die me belt als het misgaat"),
        scale_0_10=Scale(value=6, asked_of="youth", wording="hoe goed ben je voorbereid op 18"),
        network=Network(trusted_person=TrustedPerson(name="Coach Bo", relation="voetbalcoach", may_be_contacted="no")),
        big5=Big5(
            support=Big5Item(state="ok", note="mijn coach"),
            wonen=Big5Item(state="worry", note="ik moet eruit in maart"),
            school_werk=Big5Item(state="ok"),
            inkomen=Big5Item(state="worry"),
        ),
        transition=Transition(help_now="yes", ends_on=date(2027, 3, 14), plan_exists="no", law_after="wmo"),
        money_worries="yes",
        transcript=(
            ChatLine(by="person", text="wat als ik 18 word", at=AT),
            ChatLine(by="rits", text="Dan verandert er veel.", at=AT),
        ),
        contact=Contact(channel="other", address="appen op 06 87654321"),
        bot_inference=(Inference(topic="wonen_na_18", confidence=0.64),),
        expires_at=date(2027, 5, 23),
    )


def doctor() -> HandoverDocument:
    """A general practitioner who refers, without names since the family has not agreed yet."""
    yes = ConsentItem(given=True, by="professional", at=AT)
    return HandoverDocument(
        handover_id="voorbeeld-huisarts-0001",
        created_at=AT,
        gemeente="zwolle",
        trigger="consent_needed",
        urgency=Urgency(level="three_workdays", reason="neglect"),
        audience="professional",
        reporter=Reporter(
            name="M. de Wit", relation="professional", organisation="Huisartsenpraktijk", role="huisarts"
        ),
        child=Child(age_band="12-15"),
        authority=Authority(known="no"),
        consent=Consent(contact=yes, share_summary=yes, needed_for_help=("youth", "parents"), concerned_agree="no"),
        question_own_words="Kan ik overleggen over een gezin dat hulp afhoudt?",
        situation="Komt vaak niet op afspraken.",
        background="Twee keer gesproken; school deelt de zorg.",
        worries=("veel verzuim",),
        needs_to_happen=("overleg met een jeugdconsulent",),
        referral=Referral(route="02", referrer="M. de Wit", referrer_agb="01234567", wants_feedback=True),
        meldcode=Meldcode(step=2, advice_asked_of_veilig_thuis="yes"),
        contact=Contact(channel="email", address="praktijk@voorbeeld.example", times=("werkdagen", "voor 17.00")),
        expires_at=date(2027, 5, 23),
    )


def danger() -> HandoverDocument:
    """Fourteen, afraid at home: no calls, and the parents are left out."""
    yes = ConsentItem(given=True, by="youth", at=AT)
    return HandoverDocument(
        handover_id="voorbeeld-gevaar-0001",
        created_at=AT,
        trigger="safety",
        urgency=Urgency(level="now", reason="violence, suicidality"),
        safety=Safety(
            signals=(
                SafetySignal(
                    kind="violence",
                    quote="hij slaat me als hij drinkt",
                    level="urgent",
                    numbers_shown=("112", "0800-2000"),
                    shown_at=AT,
                ),
            ),
            can_we_call_safely="no",
            call_note="hij leest mijn telefoon",
        ),
        audience="jongere",
        child=Child(age_band="12-15"),
        authority=Authority(known="yes", second_parent_informed="no"),
        consent=Consent(
            contact=yes,
            share_summary=yes,
            needed_for_help=("youth", "parents"),
            parents_may_know="no",
            parents_left_out=True,
        ),
        question_own_words="Ik durf niet naar huis.",
        network=Network(trusted_person=TrustedPerson(relation="moeder", may_be_contacted="no")),
        contact=Contact(channel="email", address="mijn.school@voorbeeld.example"),
        # There was no yes to the conversation, so no rendering may hold it.
        transcript=(ChatLine(by="person", text="dit mag niemand lezen", at=AT),),
        expires_at=date(2027, 5, 23),
    )


EXAMPLES = {"ouder": parent, "jongere": youth, "huisarts": doctor, "gevaar": danger}
