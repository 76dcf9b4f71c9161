"""A command and the places where it applies."""

from __future__ import annotations

from enum import StrEnum

from tuitrack.lean import dataclass


class Place(StrEnum):
    """Where a command applies; the value is its title in the help."""

    ANYWHERE = "Anywhere"
    LIST = "In a list"
    QUEUE = "Queue"
    BOARD = "Overdue board"
    WALLBOARD = "Overdue board in a pane of its own"
    QUERY = "Search line of the queue"
    CASE = "Case"
    STATUS_CARD = "Status card"
    STEPS = "Steps of the procedure"
    LOOP = "Loop of a case"
    FEEDBACK = "Feedback"
    REVIEWS = "Reviews"
    SAMPLE = "Sample of closed cases"
    INQUIRIES = "Inquiries of a case"
    DECISION = "Options and decision"
    READER = "Long text"
    PHRASES = "Phrases"
    LETTER = "Letter"
    TEXTS = "Texts of the desk"
    TEXT = "One text of the desk"
    CUSTOMER = "Customer"
    LEDGER = "Promises"
    KEPT = "Promises kept"
    STAFF = "Agents and workload"
    QUALITY = "Quality report"
    KEYS = "Keys of an agent"
    FORM = "Form"
    FIELDS = "Fields of a form"
    INTAKE = "New case"
    WHO = "Customer lines of a new case"
    REFERENCE = "Reference card"
    CLOSURE = "Closing a case"
    IMPORT = "Import"
    HELP = "Help"
    BULK = "Change of many cases"
    RULES = "Rules of deadlines"
    HANDOVER = "Handover"
    HANDING_OVER = "Handing over"
    VIEWS = "Views"
    COLUMNS = "Columns"
    DIALOG = "Dialog"
    QUESTION = "Question before a dangerous command"


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do with a key."""

    id: str
    """The word behind it, verb_noun; the screen that offers it has `action_<id>`."""
    keys: str
    """The keys by their characters or names, separated by blanks; the first is the one that is shown."""
    title: str
    help: str
    """One sentence for the help."""
    places: tuple[Place, ...]
    hint: str = ""
    """A word or two for the hint line; empty where the line does not name the command."""
    dangerous: bool = False
    """Whether it asks before it acts."""
    undoable: bool = False
    """Whether what it stores can be undone."""
    right: str = ""
    """What one must be allowed to do for it, by the word of the table of rights, where that is not changing cases."""

    @property
    def needs(self) -> str:
        """The right without which it is refused; empty where everybody may give it."""
        return self.right or ("work_on_cases" if self.undoable else "")
