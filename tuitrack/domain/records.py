"""The records by their names, each kind loaded when it is first asked for: a queue is shown without most of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tuitrack.domain.case import Case as Case
    from tuitrack.domain.change import Change as Change
    from tuitrack.domain.clocks import Clock as Clock
    from tuitrack.domain.clocks import Pause as Pause
    from tuitrack.domain.desk_texts import DeskText as DeskText
    from tuitrack.domain.desk_texts import TextReading as TextReading
    from tuitrack.domain.feedback import CaseReading as CaseReading
    from tuitrack.domain.feedback import Feedback as Feedback
    from tuitrack.domain.handover import Handover as Handover
    from tuitrack.domain.handover import HandoverItem as HandoverItem
    from tuitrack.domain.keeping import Denial as Denial
    from tuitrack.domain.keeping import Draft as Draft
    from tuitrack.domain.keeping import ImportedEntry as ImportedEntry
    from tuitrack.domain.keeping import ImportRun as ImportRun
    from tuitrack.domain.keeping import Receipt as Receipt
    from tuitrack.domain.keeping import RuleVersion as RuleVersion
    from tuitrack.domain.people import Absence as Absence
    from tuitrack.domain.people import Agent as Agent
    from tuitrack.domain.people import Customer as Customer
    from tuitrack.domain.people import CustomerMatch as CustomerMatch
    from tuitrack.domain.presence import Presence as Presence
    from tuitrack.domain.procedure import Tick as Tick
    from tuitrack.domain.quality.targets import QualityTarget as QualityTarget
    from tuitrack.domain.reviews import Review as Review
    from tuitrack.domain.reviews import ReviewPlan as ReviewPlan
    from tuitrack.domain.samples import Audit as Audit
    from tuitrack.domain.samples import Sample as Sample
    from tuitrack.domain.ssh_keys import AgentKey as AgentKey
    from tuitrack.domain.timeline import Action as Action
    from tuitrack.domain.timeline import Call as Call
    from tuitrack.domain.timeline import Entry as Entry
    from tuitrack.domain.timeline import Escalation as Escalation
    from tuitrack.domain.timeline import Promise as Promise
    from tuitrack.domain.timeline import PublicPost as PublicPost
    from tuitrack.domain.timeline import Remedy as Remedy
else:
    _PLACES = {
        "case": ("Case",),
        "change": ("Change",),
        "clocks": ("Clock", "Pause"),
        "desk_texts": ("DeskText", "TextReading"),
        "ssh_keys": ("AgentKey",),
        "feedback": ("CaseReading", "Feedback"),
        "handover": ("Handover", "HandoverItem"),
        "keeping": ("Denial", "Draft", "ImportRun", "ImportedEntry", "Receipt", "RuleVersion"),
        "presence": ("Presence",),
        "people": ("Absence", "Agent", "Customer", "CustomerMatch"),
        "procedure": ("Tick",),
        "quality.targets": ("QualityTarget",),
        "reviews": ("Review", "ReviewPlan"),
        "samples": ("Audit", "Sample"),
        "timeline": ("Action", "Call", "Entry", "Escalation", "Promise", "PublicPost", "Remedy"),
    }
    _MODULE_OF = {kind: f"tuitrack.domain.{place}" for place, kinds in _PLACES.items() for kind in kinds}

    def __getattr__(name: str) -> Any:
        if name not in _MODULE_OF:
            raise AttributeError(f"no kind of record is called {name}")
        kind = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
        return kind
