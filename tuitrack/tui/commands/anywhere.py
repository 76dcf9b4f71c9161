"""What can be done on every screen and in every list, and what undoes it."""

from __future__ import annotations

from tuitrack.tui.commands.command import Command, Place

OF_ONE_CASE = (Place.CASE, Place.STEPS, Place.INQUIRIES, Place.DECISION, Place.LOOP)
"""The screens on which one case is read and changed."""

ANYWHERE = (
    Command("show_help", "? F1 :", "Help", "List what can be done here, find it by a word and run it.",
            (Place.ANYWHERE, Place.WALLBOARD), "help"),
    Command("go_to", "g Ctrl+G", "Go to", "Open a case or customer by reference, phone, account number or name.",
            (Place.ANYWHERE,), "go to"),
    Command("leave_screen", "q Esc", "Back", "Leave this screen; the queue is under all others.",
            (Place.ANYWHERE,), "back"),
    Command("refresh_screen", "F5 Ctrl+L", "Refresh", "Read everything on the screen again.",
            (Place.QUEUE, *OF_ONE_CASE, Place.FEEDBACK, Place.REVIEWS, Place.SAMPLE, Place.CUSTOMER, Place.TEXTS,
             Place.LEDGER, Place.KEPT, Place.HANDOVER, Place.STAFF, Place.KEYS)),
    Command("quit_program", "Ctrl+Q", "Quit", "Leave the program; what is half typed is kept as a draft.",
            (Place.ANYWHERE, Place.FORM, Place.DIALOG)),
)  # fmt: skip

LIST = (
    Command("cursor_down", "Down j", "Next line", "Move to the next line.", (Place.LIST,)),
    Command("cursor_up", "Up k", "Line before", "Move to the line before.", (Place.LIST,)),
    Command("page_down", "PgDn Space", "Next page", "Move a page down.", (Place.LIST,)),
    Command("page_up", "PgUp b", "Page before", "Move a page up.", (Place.LIST,)),
    Command("cursor_first", "Home <", "First line", "Move to the first line.", (Place.LIST,)),
    Command("cursor_last", "End > G", "Last line", "Move to the last line that is loaded.", (Place.LIST,)),
    Command("choose_line", "Enter", "Choose", "Open or take the line under the cursor.", (Place.LIST,), "open"),
)  # fmt: skip

CHANGES = (
    Command("undo_change", "u Ctrl+Z", "Undo", "Take back what you changed last, step by step; in a case, there alone.",
            (Place.QUEUE, *OF_ONE_CASE, Place.FEEDBACK, Place.SAMPLE, Place.LEDGER, Place.HANDOVER, Place.BULK),
            "undo"),
    Command("redo_change", "Ctrl+Y U", "Redo", "Do again what you undid last.",
            (Place.QUEUE, *OF_ONE_CASE, Place.FEEDBACK, Place.SAMPLE, Place.LEDGER, Place.HANDOVER, Place.BULK)),
    Command("repeat_command", ".", "Repeat", "Give the last command that changed a case once more, with its choices.",
            (Place.CASE,)),
)  # fmt: skip

COMFORT = (
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
