"""The tables, one for each kind of record; a column has the name of the field it keeps.

`migrations` makes them; a test proves that what it makes is exactly what stands here.
"""

from __future__ import annotations

from tuitrack.storage.tables.agents import Absences, AgentKeys, Agents, Denials, Drafts, Preferences
from tuitrack.storage.tables.cases import NEVER_DUE, Cases, Customers, Phones
from tuitrack.storage.tables.changes import Changes, ImportedEntries, ImportRuns
from tuitrack.storage.tables.desk import Counters, DeskTexts, RuleVersions, TextReadings
from tuitrack.storage.tables.handovers import HandoverItems, Handovers
from tuitrack.storage.tables.records import (
    Actions,
    Calls,
    Clocks,
    Entries,
    Escalations,
    Pauses,
    Promises,
    Remedies,
    Ticks,
)

__all__ = (
    "NEVER_DUE",
    "TABLES",
    "Absences",
    "Actions",
    "AgentKeys",
    "Agents",
    "Calls",
    "Cases",
    "Changes",
    "Clocks",
    "Counters",
    "Customers",
    "Denials",
    "DeskTexts",
    "Drafts",
    "Entries",
    "Escalations",
    "HandoverItems",
    "Handovers",
    "ImportRuns",
    "ImportedEntries",
    "Pauses",
    "Phones",
    "Preferences",
    "Promises",
    "Remedies",
    "RuleVersions",
    "TextReadings",
    "Ticks",
)

TABLES = (
    Agents,
    Absences,
    AgentKeys,
    Customers,
    Phones,
    Cases,
    Entries,
    Calls,
    Actions,
    Promises,
    Remedies,
    Clocks,
    Pauses,
    Escalations,
    Handovers,
    HandoverItems,
    Ticks,
    Changes,
    Drafts,
    Preferences,
    Counters,
    RuleVersions,
    Denials,
    DeskTexts,
    TextReadings,
    ImportRuns,
    ImportedEntries,
)
"""All of them, in the order in which they are made: what a table refers to comes before it."""
