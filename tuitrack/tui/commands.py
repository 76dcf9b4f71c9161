"""The one table of commands: bindings, hint line, help, palette and the README's key table all follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from textual.binding import Binding, BindingType


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
    READER = "Long text"
    PHRASES = "Phrases"
    TEXTS = "Texts of the desk"
    TEXT = "One text of the desk"
    CUSTOMER = "Customer"
    LEDGER = "Promises"
    KEPT = "Promises kept"
    STAFF = "Agents and workload"
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


_ANYWHERE = (
    Command("show_help", "? F1 :", "Help", "List what can be done here, find it by a word and run it.",
            (Place.ANYWHERE, Place.WALLBOARD), "help"),
    Command("go_to", "g Ctrl+G", "Go to", "Open a case or customer by reference, phone, account number or name.",
            (Place.ANYWHERE,), "go to"),
    Command("leave_screen", "q Esc", "Back", "Leave this screen; the queue is under all others.",
            (Place.ANYWHERE,), "back"),
    Command("refresh_screen", "F5 Ctrl+L", "Refresh", "Read everything on the screen again.",
            (Place.QUEUE, Place.CASE, Place.STEPS, Place.CUSTOMER, Place.TEXTS, Place.LEDGER, Place.KEPT,
             Place.HANDOVER, Place.STAFF)),
    Command("quit_program", "Ctrl+Q", "Quit", "Leave the program; what is half typed is kept as a draft.",
            (Place.ANYWHERE, Place.FORM, Place.DIALOG)),
)  # fmt: skip

_LIST = (
    Command("cursor_down", "Down j", "Next line", "Move to the next line.", (Place.LIST,)),
    Command("cursor_up", "Up k", "Line before", "Move to the line before.", (Place.LIST,)),
    Command("page_down", "PgDn Space", "Next page", "Move a page down.", (Place.LIST,)),
    Command("page_up", "PgUp b", "Page before", "Move a page up.", (Place.LIST,)),
    Command("cursor_first", "Home <", "First line", "Move to the first line.", (Place.LIST,)),
    Command("cursor_last", "End > G", "Last line", "Move to the last line that is loaded.", (Place.LIST,)),
    Command("choose_line", "Enter", "Choose", "Open or take the line under the cursor.", (Place.LIST,), "open"),
)  # fmt: skip

_QUEUE = (
    Command("new_case", "n F4", "New case", "Take a complaint.", (Place.QUEUE,), "new", right="take_cases"),
    Command("search_cases", "/ F3", "Search", "Search by words and by fields such as owner:me while you type.",
            (Place.QUEUE,), "search"),
    Command("show_board", "B", "Overdue board",
            "Count what is overdue, due today, due in 3 days and paused, by kind, owner, team, category or how late.",
            (Place.QUEUE,)),
    Command("show_views", "V F7", "Views", "List the views with their counts; open one, save this query, delete one.",
            (Place.QUEUE,), "views"),
    Command("show_promises", "P", "Promises", "List what was promised in all cases, and what became of it.",
            (Place.QUEUE,)),
    Command("show_staff", "O", "Agents", "Show who has how much to do and who is away; enter absences, change agents.",
            (Place.QUEUE,)),
    Command("next_view", "]", "Next view", "Go to the next view, such as mine or promises.", (Place.QUEUE,)),
    Command("previous_view", "[", "View before", "Go to the view before.", (Place.QUEUE,)),
    Command("cycle_due", "f F8", "Next overdue filter",
            "Show all, overdue, due today, due in 3 days, paused, met late, in turn.", (Place.QUEUE,), "filter"),
    Command("show_overdue", "o", "Overdue", "Show only what is overdue.", (Place.QUEUE,)),
    Command("show_today", "t", "Due today", "Show only what is due today.", (Place.QUEUE,)),
    Command("show_soon", "d", "Due in 3 days", "Show only what is due within 3 days.", (Place.QUEUE,)),
    Command("show_paused", "r", "Paused", "Show only cases of which a clock stands still.", (Place.QUEUE,)),
    Command("show_late", "l", "Met late", "Show only cases in which something was met late.", (Place.QUEUE,)),
    Command("show_all", "a", "All due times", "Show cases whatever their due time.", (Place.QUEUE,)),
    Command("show_mine", "m", "Mine", "Show only my cases, or everybody's again.", (Place.QUEUE,)),
    Command("show_unowned", "w", "Without owner", "Show only cases without an owner, or all again.", (Place.QUEUE,)),
    Command("cycle_scope", "v F9", "Next part", "Show open work, resolved but not confirmed, closed, all, in turn.",
            (Place.QUEUE,), "scope"),
    Command("show_past", "Z", "As it was", "Show this list as it was at a moment that has passed, or as it is now.",
            (Place.QUEUE,)),
    Command("cycle_sort", "s", "Next order", "Order by due next, newest, oldest, last changed, entered, best match.",
            (Place.QUEUE,), "sort"),
    Command("toggle_preview", "p", "Preview",
            "Show the case under the cursor beside the list or below it, where there is room.", (Place.QUEUE,)),
    Command("preview_down", "J", "Preview down", "Go half a page on in the preview.", (Place.QUEUE,)),
    Command("preview_up", "K", "Preview up", "Go half a page back in the preview.", (Place.QUEUE,)),
    Command("choose_columns", "c F6", "Columns", "Choose what the list shows of each case, and in which order.",
            (Place.QUEUE,)),
    Command("mark_case", "+", "Mark", "Mark the case under the cursor or take its mark away, and go one down.",
            (Place.QUEUE,)),
    Command("mark_all", "*", "Mark all", "Mark every case of this list, also those not seen yet, up to 10,000.",
            (Place.QUEUE,)),
    Command("clear_marks", "-", "No marks", "Take all marks away; once more brings them back.", (Place.QUEUE,)),
    Command("show_marked", "M", "Marked", "List the marked cases, or go back to what was listed before.",
            (Place.QUEUE,)),
    Command("change_marked", "e", "Change marked",
            "Give all marked cases an owner, priority, category, tags, status, date or note, after a rehearsal.",
            (Place.QUEUE,), undoable=True, right="change_many"),
    Command("show_handover", "H", "Handover",
            "Show what was handed over to you and by you, and hand over what the next shift has to know of.",
            (Place.QUEUE,)),
    Command("show_rules", "R", "Rules of deadlines",
            "List the rules in force and who follows earlier ones; supervisors change them.", (Place.QUEUE,)),
    Command("import_register", "i", "Import", "Take complaints from a CSV or XLSX file.", (Place.QUEUE,),
            right="import_cases"),
    Command("export_cases", "x", "Export",
            "Write this list or the marked cases to a CSV, XLSX or JSON file; once more stops it.", (Place.QUEUE,),
            right="export_cases"),
    Command("step_back", "Esc", "Clear", "Clear the search, then the filters and the order, one at a time.",
            (Place.QUEUE,)),
    Command("quit_program", "q Ctrl+Q", "Quit", "Leave the program; what is half typed is kept as a draft.",
            (Place.QUEUE,), "quit"),
    Command("enter_list", "Enter", "Take the hits", "Open the only hit, or go to the list of hits.", (Place.QUERY,)),
    Command("complete_query", "Tab", "Complete", "Complete a field or its value; once more for the next way.",
            (Place.QUERY,)),
    Command("older_query", "Up", "Query before", "Show the query you asked before.", (Place.QUERY,)),
    Command("leave_query", "Down", "To the list", "Go to the list of hits, or back to the later query after Up.",
            (Place.QUERY,)),
)  # fmt: skip

_BOARD = (
    Command("next_grouping", "Tab", "Next grouping",
            "Group by what is due next, owner, team, category, how late, in turn; 1 to 5 go there directly.",
            (Place.BOARD, Place.WALLBOARD), "grouping"),
    Command("cell_left", "Left h", "To the left", "Go to the number on the left.", (Place.BOARD, Place.WALLBOARD)),
    Command("cell_right", "Right l", "To the right", "Go to the number on the right.", (Place.BOARD, Place.WALLBOARD)),
    Command("refresh_screen", "F5 Ctrl+L", "Refresh", "Count again now; the board counts by itself twice a minute.",
            (Place.BOARD, Place.WALLBOARD)),
    Command("quit_program", "q Esc Ctrl+Q", "Quit", "Leave the pane.", (Place.WALLBOARD,), "quit"),
)  # fmt: skip

_CASE = (
    Command("say_status", "s F4", "Say this now", "Show what to tell the customer, and log the status call.",
            (Place.CASE,), "say"),
    Command("log_call_in", "c", "Call in", "Log a call from the customer.", (Place.CASE,), "call", undoable=True),
    Command("add_promise", "p", "Promise", "Record a promise to the customer.",
            (Place.CASE,), "promise", undoable=True),
    Command("add_note", "n", "Note", "Write something down.", (Place.CASE,), "note", undoable=True),
    Command("settle_item", "d", "Done or kept",
            "Say that the promise under the cursor was kept, the action done, the remedy approved, chosen, delivered.",
            (Place.CASE,), "done", undoable=True),
    Command("close_case", "x F8", "Close", "Go through the steps of closing.", (Place.CASE,), "close", undoable=True),
    Command("add_action", "a", "Action", "Ask for something to be done.", (Place.CASE,), "action", undoable=True),
    Command("log_call_out", "o", "Call out", "Log a call to the customer.", (Place.CASE,), "call out", undoable=True),
    Command("add_remedy", "r", "Remedy", "Record a remedy that was offered.", (Place.CASE,), undoable=True),
    Command("break_item", "w", "Broken, moved or declined",
            "Say that the promise under the cursor was broken or moved, the action done earlier, the remedy declined.",
            (Place.CASE,), undoable=True),
    Command("edit_case", "e", "Edit", "Change what the case says.", (Place.CASE,), "edit", undoable=True),
    Command("correct_entry", "v", "Correct", "Add a correction to the entry under the cursor.",
            (Place.CASE,), undoable=True),
    Command("show_statements", "i", "What was said", "Show the customer's words and the employee's statement.",
            (Place.CASE,), "words"),
    Command("explain_due", "W F6", "Why due then", "Say of everything due why it is due then, step by step.",
            (Place.CASE,), "why due"),
    Command("pause_case", "P", "Pause", "Let the clocks of the case stand still with a reason, or go on again.",
            (Place.CASE,), undoable=True),
    Command("explain_late", "B", "Why late", "Say why a clock of the case was missed; how late it was stays as it is.",
            (Place.CASE,), undoable=True),
    Command("take_case", "t", "Take", "Become the owner.", (Place.CASE,), undoable=True),
    Command("assign_case", "h", "Hand over", "Give the case to another owner.", (Place.CASE,), undoable=True),
    Command("move_status", "m", "Status", "Move the case to another status.", (Place.CASE,), undoable=True),
    Command("escalate_case", "E", "Escalate",
            "Lay the case before somebody who decides more, with a reason; once more says what came of it.",
            (Place.CASE,), undoable=True),
    Command("toggle_urgent", "!", "Urgent", "Mark the case as urgent, or take that back.",
            (Place.CASE,), undoable=True),
    Command("show_steps", "S", "Steps",
            "List the steps of the procedure with who and when, tick or skip them; 1 to 9 and 0 tick the first ten.",
            (Place.CASE,), undoable=True),
    Command("open_customer", "C", "Customer", "Show the customer with all cases.", (Place.CASE,)),
    Command("reopen_case", "R", "Reopen", "Open a closed case again, with a reason.", (Place.CASE,), undoable=True),
    Command("export_case", "X", "Export", "Write everything about the case to a web page, Markdown or JSON file.",
            (Place.CASE,)),
    Command("show_phrases", "F", "Phrases",
            "List what to say now, in the customer's language; Enter keeps that it was said.",
            (Place.CASE, Place.STATUS_CARD), "phrases", undoable=True),
    Command("log_status_check", "Enter", "Log the call", "Log that the customer asked and was told.",
            (Place.STATUS_CARD,), "told, log the call", undoable=True),
    Command("tick_marked", "d", "Done", "Say that the step under the cursor was done, as Enter and its digit do.",
            (Place.STEPS,), "done", undoable=True),
    Command("skip_step", "s", "Skip", "Leave the step under the cursor out, with a reason.",
            (Place.STEPS,), "skip", undoable=True),
    Command("open_step", "w", "Open again", "Take back that the step was done or skipped, with a reason.",
            (Place.STEPS,), "open again", undoable=True),
    Command("leave_reader", "q Esc", "Back", "Go back to the screen below.", (Place.READER, Place.TEXT), "back"),
)  # fmt: skip

_CHANGES = (
    Command("undo_change", "u Ctrl+Z", "Undo", "Take back what you changed last, step by step; in a case, there alone.",
            (Place.QUEUE, Place.CASE, Place.STEPS, Place.LEDGER, Place.HANDOVER), "undo"),
    Command("redo_change", "Ctrl+Y U", "Redo", "Do again what you undid last.",
            (Place.QUEUE, Place.CASE, Place.STEPS, Place.LEDGER, Place.HANDOVER)),
    Command("repeat_command", ".", "Repeat", "Give the last command that changed a case once more, with its choices.",
            (Place.CASE,)),
)  # fmt: skip

_COMFORT = (
    Command("copy_reference", "y", "Copy reference",
            "Copy the case's reference, in the queue those of all marked cases, to the clipboard of your terminal.",
            (Place.QUEUE, Place.CASE)),
    Command("copy_summary", "Y", "Copy summary", "Copy what the case is about and how it stands; the same is shown.",
            (Place.QUEUE, Place.CASE)),
    Command("open_editor", "F5 Ctrl+O", "Editor", "Write the text in your own editor, where that is allowed.",
            (Place.FIELDS,)),
    Command("choose_theme", "T", "Theme", "Choose the looks of the screens; they are yours from then on.",
            (Place.ANYWHERE,)),
    Command("choose_after_closing", "A", "After closing",
            "Choose whether to stay at a closed case, go to the next one or back to the queue.", (Place.ANYWHERE,)),
)  # fmt: skip

_TEXTS = (
    Command("show_texts", "L", "Texts",
            "List the procedure and policy texts with their versions; in a case those in force when it was received.",
            (Place.ANYWHERE,)),
    Command("show_readers", "w", "Who has read it", "List who has read the version under the cursor, and who has not.",
            (Place.TEXTS,), "who has read it"),
    Command("confirm_read", "r F2", "I have read it", "Keep that you have read this version, and when.",
            (Place.TEXT,), "I have read this version"),
)  # fmt: skip

_CLOSURE = (
    Command("finish_step", "F2 Ctrl+S", "Go on", "Store this step and go to the next; in the last one, close.",
            (Place.CLOSURE,), "store, go on", undoable=True),
    Command("step_back", "F3", "Step back", "Store this step and go to the one before.", (Place.CLOSURE,), "step back"),
    Command("add_to_step", "F9", "Add", "Add what the step lists: a remedy, an action or the call that proves it.",
            (Place.CLOSURE,), "add"),
    Command("show_review", "Ctrl+R", "Review", "Go to the last step, with everything that blocks closing.",
            (Place.CLOSURE,), "review"),
    Command("leave_closing", "Esc", "Leave", "Leave; what was typed is kept and the steps go on where you left.",
            (Place.CLOSURE,), "leave"),
)  # fmt: skip

_IMPORT = (
    Command("run_import", "F2 Ctrl+S", "Import", "Try the file, ask, and take its complaints in.",
            (Place.IMPORT,), "import", dangerous=True),
    Command("try_import", "t F4", "Try", "Find what would become of every row, and store nothing.",
            (Place.IMPORT,), "try"),
    Command("edit_path", "/ F3", "File", "Name another file.", (Place.IMPORT,), "file"),
    Command("stop_import", "x F8", "Stop", "Stop after the batch that is being stored.", (Place.IMPORT,), "stop"),
    Command("save_profile", "p", "Profile", "Keep how the file is read, under a name, for the next file like it.",
            (Place.IMPORT,), "profile"),
    Command("show_runs", "r F9", "Runs", "List what was imported so far.", (Place.IMPORT,), "runs"),
    Command("undo_run", "u", "Take back", "Take back everything the run under the cursor brought.",
            (Place.IMPORT,), "take back", dangerous=True),
)  # fmt: skip

_BULK = (
    Command("run_bulk", "r F9", "Change them", "Change the cases that the list says would change.",
            (Place.BULK,), "change them", undoable=True, right="change_many"),
    Command("stop_bulk", "Esc", "Stop or back", "Stop after the cases at hand, which stay changed; else go back.",
            (Place.BULK,), "stop or back"),
)  # fmt: skip

_RULES = (
    Command("put_in_force", "F2 Ctrl+S", "Put in force",
            "Put the changed rules in force, and choose what becomes of the open cases.",
            (Place.RULES,), "put in force", right="edit_rules"),
    Command("edit_line", "e F4", "Change",
            "Change the rule, calendar or presets under the cursor; of an earlier version, read its rules.",
            (Place.RULES,), "change"),
    Command("new_rule", "n", "New rule", "Add a rule, which comes before those of the presets.",
            (Place.RULES,), "new rule", right="edit_rules"),
    Command("new_calendar", "c", "New calendar", "Add a calendar with its hours, holidays and closing days.",
            (Place.RULES,), "calendar", right="edit_rules"),
    Command("remove_line", "x Del", "Remove", "Take away the desk's own rule or calendar under the cursor.",
            (Place.RULES,), "remove", right="edit_rules"),
    Command("rule_earlier", "[", "Earlier", "Try the rule under the cursor before the one above it.",
            (Place.RULES,), right="edit_rules"),
    Command("rule_later", "]", "Later", "Try the rule under the cursor after the one below it.",
            (Place.RULES,), right="edit_rules"),
    Command("count_anew", "m F9", "Count anew",
            "Rehearse what these rules make of the open cases that follow others, then count those anew.",
            (Place.RULES,), "count open cases anew", right="edit_rules"),
    Command("drop_changes", "F8", "Drop changes", "Show the rules in force again, and forget what was changed.",
            (Place.RULES,)),
)  # fmt: skip

_HANDOVER = (
    Command("accept_item", "a", "Accept", "Go on with the item under the cursor; its case becomes yours.",
            (Place.HANDOVER,), "accept", undoable=True),
    Command("decline_item", "d", "Decline", "Leave the item under the cursor with its giver, with a reason.",
            (Place.HANDOVER,), "decline", undoable=True),
    Command("take_item_back", "w", "Take back", "Keep an item that you handed over and nobody answered.",
            (Place.HANDOVER,), "take back", undoable=True),
    Command("hand_over", "n F4", "Hand over", "Hand over what is due in the next shift, whom to call, what is begun.",
            (Place.HANDOVER,), "hand over", right="work_on_cases"),
    Command("toggle_item", "x", "Leave out", "Leave the item under the cursor out, or take it in again.",
            (Place.HANDING_OVER,), "leave out"),
    Command("note_item", "n", "Note", "Say something to the item under the cursor.", (Place.HANDING_OVER,), "note"),
    Command("send_handover", "F2 Ctrl+S", "Send", "Hand over what is ticked.", (Place.HANDING_OVER,), "send",
            right="work_on_cases"),
    Command("leave_handover", "Esc q", "Leave", "Go back to whom it goes; notes and what is left out are kept.",
            (Place.HANDING_OVER,), "back"),
)  # fmt: skip

_CUSTOMER = (
    Command("new_case", "n F4", "New case", "Take a complaint of this customer.", (Place.CUSTOMER,), "new",
            right="take_cases"),
    Command("edit_customer", "e", "Edit", "Change how the customer is named and reached.", (Place.CUSTOMER,), "edit",
            right="work_on_cases"),
)  # fmt: skip

_PROMISES = (
    Command("keep_promise", "d", "Kept", "Say that the promise under the cursor was kept.",
            (Place.LEDGER,), "kept", undoable=True),
    Command("break_promise", "w", "Broken or moved",
            "Say that the promise under the cursor was broken, or agreed anew with the customer.",
            (Place.LEDGER,), "broken or moved", undoable=True),
    Command("next_whose", "m", "Whose", "List mine, my team's and everybody's in turn.", (Place.LEDGER,), "whose"),
    Command("show_rate", "r F9", "Rate", "Show how many promises were kept, by agent, team or category.",
            (Place.LEDGER,), "rate"),
    Command("show_open", "O", "Open", "List what is open, by its due time.", (Place.LEDGER,), "open"),
    Command("show_overdue", "V", "Overdue", "List what is open and overdue.", (Place.LEDGER,), "overdue"),
    Command("show_kept", "K", "Kept", "List what was kept, the latest first.", (Place.LEDGER,), "kept"),
    Command("show_broken", "B", "Broken", "List what was broken, the latest first.", (Place.LEDGER,), "broken"),
    Command("show_renegotiated", "N", "Renegotiated", "List what was agreed anew, the latest first.",
            (Place.LEDGER,), "anew"),
    Command("figure_left", "Left h", "Figure before", "Go to the figure before.", (Place.KEPT, Place.STAFF)),
    Command("figure_right", "Right l", "Next figure", "Go to the next figure.",
            (Place.KEPT, Place.STAFF), "next figure"),
    Command("next_grouping", "v F9", "Counted by", "Count by agent, team and category in turn.",
            (Place.KEPT,), "by"),
    Command("choose_period", "p F3", "Period", "Count what was due in another period.", (Place.KEPT,), "period"),
)  # fmt: skip

_STAFF = (
    Command("next_grouping", "v F9", "By team", "Count by team, or by agent again.", (Place.STAFF,), "by team"),
    Command("plan_absence", "a", "Absence", "Enter when the agent is away, or change what was entered.",
            (Place.STAFF,), "absence"),
    Command("end_absence", "x", "Back again", "End the absence that is on, or take the next one back.",
            (Place.STAFF,), "back again"),
    Command("edit_agent", "e", "Edit", "Change the agent's name, role, team and languages, or whether they work here.",
            (Place.STAFF,), "edit", right="manage_agents"),
    Command("add_agent", "n F4", "New agent", "Let somebody join the desk.", (Place.STAFF,), "new",
            right="manage_agents"),
)  # fmt: skip

_FORMS = (
    Command("save_form", "F2 Ctrl+S", "Save", "Save what was typed.", (Place.FORM, Place.INTAKE), "save"),
    Command("leave_form", "Esc", "Leave", "Leave; what was typed is kept as a draft.",
            (Place.FORM, Place.INTAKE), "leave"),
    Command("insert_phrase", "Ctrl+P", "Phrase", "Put a phrase for the moment into the field, filled from the case.",
            (Place.FORM,)),
    Command("swap_draft", "F8", "Start anew", "Put what was typed aside and start anew; once more brings it back.",
            (Place.FORM, Place.INTAKE, Place.CLOSURE), "anew"),
    Command("open_existing", "F9", "Open their case", "Open the customer's case under the cursor instead of a new one.",
            (Place.INTAKE,), "their case"),
    Command("enter_known", "Down", "To what is known", "Go to the customers or cases listed below; Enter takes one.",
            (Place.WHO,)),
    Command("open_taken", "Enter", "Open the case", "Open the case that was taken.", (Place.REFERENCE,), "open"),
    Command("take_next", "n F4", "Next complaint", "Take another complaint.", (Place.REFERENCE,), "next complaint"),
    Command("leave_card", "q Esc", "Queue", "Go back to the queue.", (Place.REFERENCE,), "queue"),
    Command("go_to_text", "F4", "To the note", "Go to the next field of several lines.", (Place.FIELDS,)),
    Command("next_field", "Tab Down", "Next field", "Go to the next field, as Enter does.", (Place.FIELDS,)),
    Command("field_before", "Shift+Tab Up", "Field before", "Go to the field before.", (Place.FIELDS,)),
)  # fmt: skip

_DIALOGS = (
    Command("run_command", "Enter", "Run", "Run the command under the cursor.", (Place.HELP,), "run"),
    Command("next_command", "Down Ctrl+N", "Next", "Move to the next command.", (Place.HELP,)),
    Command("previous_command", "Up Ctrl+P", "Previous", "Move to the command before.", (Place.HELP,)),
    Command("next_commands", "PgDn", "Next page", "Move a page down.", (Place.HELP,)),
    Command("previous_commands", "PgUp", "Page before", "Move a page up.", (Place.HELP,)),
    Command("save_view", "n F2", "Save as view", "Keep the query that is shown under a name, for you or the team.",
            (Place.VIEWS,), "save this query"),
    Command("delete_view", "x Del", "Delete", "Delete the view under the cursor, if it is not built in.",
            (Place.VIEWS,), "delete"),
    Command("toggle_column", "x", "Show or hide", "Show the column under the cursor or hide it, as Enter does.",
            (Place.COLUMNS,), "show or hide"),
    Command("move_left", "Left", "To the left", "Move the column under the cursor one to the left.",
            (Place.COLUMNS,), "left"),
    Command("move_right", "Right", "To the right", "Move the column under the cursor one to the right.",
            (Place.COLUMNS,), "right"),
    Command("keep_columns", "F2 Ctrl+S", "Keep", "Leave the list as it is shown now.", (Place.COLUMNS,), "keep"),
    Command("keep_always", "m F4", "Always", "Show these columns whenever a query names none; they are yours.",
            (Place.COLUMNS,), "always"),
    Command("usual_columns", "u", "Usual", "Show the columns of a list for which nobody chose any.",
            (Place.COLUMNS,), "usual"),
    Command("leave_dialog", "Esc", "Leave", "Leave without doing anything.",
            (Place.HELP, Place.VIEWS, Place.COLUMNS, Place.DIALOG, Place.STATUS_CARD, Place.PHRASES, Place.QUESTION),
            "leave"),
    Command("switch_answer", "Right Left", "Other answer", "Go to the other answer; Enter takes it.",
            (Place.QUESTION,), "other answer"),
)  # fmt: skip

COMMANDS: tuple[Command, ...] = (
    *_QUEUE, *_BOARD, *_CASE, *_PROMISES, *_STAFF, *_CHANGES, *_COMFORT, *_TEXTS, *_CLOSURE, *_CUSTOMER, *_IMPORT,
    *_BULK, *_RULES, *_HANDOVER, *_FORMS, *_DIALOGS, *_LIST, *_ANYWHERE,
)  # fmt: skip

Keymap = Mapping[tuple[Place, str], str]
"""The keys of commands, by place and id, where they are not the usual ones."""
USUAL_KEYS: Keymap = MappingProxyType({})
KeyOf = Callable[[Place, str], str]
"""Tells the key by which a sentence names a command of a place, by its id."""

_KEY_NAMES = {"Esc": "escape", "PgDn": "pagedown", "PgUp": "pageup", "Del": "delete", ",": "comma"}
_OVER_OTHERS = frozenset(
    {
        Place.WALLBOARD,
        Place.FORM,
        Place.HELP,
        Place.VIEWS,
        Place.COLUMNS,
        Place.DIALOG,
        Place.STATUS_CARD,
        Place.READER,
        Place.PHRASES,
        Place.TEXT,
        Place.REFERENCE,
        Place.QUESTION,
    }
)
"""Places that lie over another screen and have only their own commands."""
_TYPED_IN = frozenset({Place.INTAKE, Place.CLOSURE})
"""Full screens in which characters are text."""


def commands_of(place: Place, keymap: Keymap = USUAL_KEYS) -> list[Command]:
    """The commands of one place in the order of the table, with the keys they have there."""
    return [
        replace(command, keys=keymap.get((place, command.id), command.keys))
        for command in COMMANDS
        if place in command.places
    ]


def key_of(place: Place, command_id: str, keymap: Keymap = USUAL_KEYS) -> str:
    """The key by which a sentence names a command."""
    return next(command for command in commands_of(place, keymap) if command.id == command_id).keys.split()[0]


@cache
def right_of(command_id: str) -> str:
    """The right that a command needs; empty where everybody may give it."""
    return next((command.needs for command in COMMANDS if command.id == command_id and command.needs), "")


def bindings(place: Place) -> list[BindingType]:
    """What a screen or widget of this place binds by the usual keys; the action is the command's id."""
    return [
        Binding(_keys(command.keys), command.id, command.title, show=False, id=_binding_id(place, command.id))
        for command in commands_of(place)
    ]


def commands_by_key(place: Place, keymap: Keymap = USUAL_KEYS) -> dict[str, str]:
    """The id of the command behind each key of a place."""
    return {key: command.id for command in commands_of(place, keymap) for key in _keys(command.keys).split(",")}


def bound_keys(keymap: Keymap) -> dict[str, str]:
    """What takes the place of the usual keys, by the id of the binding."""
    return {_binding_id(place, id_): _keys(keys) for (place, id_), keys in keymap.items()}


def hint_line(place: Place, width: int, keymap: Keymap = USUAL_KEYS) -> str:
    """The keys worth naming in a place, as many as fit; help and the way out stay."""
    commands = commands_of(place, keymap)
    own = [_hint(command) for command in commands if command.hint]
    taken = {key for command in commands for key in command.keys.split()}
    general = [] if place in _OVER_OTHERS else commands_of(Place.ANYWHERE, keymap)
    named = [(_shown_key(command, place), command) for command in general if command.hint]
    kept = [f"{key} {command.hint}" for key, command in named if key not in taken]
    while own and len("  ".join(own + kept)) > width:
        own.pop()
    return "  ".join(own + kept)[:width]


def help_places(place: Place) -> list[Place]:
    """The places whose commands work while a person is in one of them, the nearest first."""
    within = {
        Place.QUEUE: [Place.QUERY],
        Place.FORM: [Place.FIELDS],
        Place.INTAKE: [Place.FIELDS],
        Place.CLOSURE: [Place.FIELDS],
    }.get(place, [])
    around = [] if place in _OVER_OTHERS else [Place.LIST, Place.ANYWHERE]
    return [place, *within, *around]


def _shown_key(command: Command, place: Place) -> str:
    """The key that a hint names: where one types, the first that is not a character."""
    keys = command.keys.split()
    return next((key for key in keys if len(key) > 1), keys[0]) if place in _TYPED_IN else keys[0]


def _hint(command: Command) -> str:
    return f"{command.keys.split()[0]} {command.hint}"


def _binding_id(place: Place, command_id: str) -> str:
    """Tells a command's binding in one place from the one in another: `queue.search_cases`."""
    return f"{place.name.lower()}.{command_id}"


def _keys(keys: str) -> str:
    """The keys of a command as Textual names them, separated by commas."""
    return ",".join(map(_key, keys.split()))


def _key(name: str) -> str:
    """The name Textual has for a key; it knows most characters itself."""
    return _KEY_NAMES.get(name) or (name if len(name) == 1 else name.lower())
