"""What can be done while one types into a form or answers a dialog."""

from __future__ import annotations

from tuitrack.tui.commands.command import Command, Place

FORMS = (
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

DIALOGS = (
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
