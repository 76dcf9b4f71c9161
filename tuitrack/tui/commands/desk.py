"""What is about more than one case: promises, agents, handovers, rules, texts, imports."""

from __future__ import annotations

from tuitrack.tui.commands.command import Command, Place

PROMISES = (
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
    Command("figure_left", "Left h", "Figure before", "Go to the figure before.",
            (Place.KEPT, Place.STAFF, Place.QUALITY)),
    Command("figure_right", "Right l", "Next figure", "Go to the next figure.",
            (Place.KEPT, Place.STAFF, Place.QUALITY), "next figure"),
    Command("next_grouping", "v F9", "Counted by", "Count by agent, team and category in turn.",
            (Place.KEPT,), "by"),
    Command("choose_period", "p F3", "Period", "Count what was due in another period.", (Place.KEPT,), "period"),
)  # fmt: skip

QUALITY = (
    Command("next_topic", "Tab", "Next table",
            "Show measures, volume, turnaround, trends, agents in turn; 1 to 7 go there directly.",
            (Place.QUALITY,), "next table"),
    Command("choose_period", "p F3", "Period", "Report on another period: a month, a week, a quarter, any days.",
            (Place.QUALITY,), "period"),
    Command("period_earlier", "[", "Period before", "Report on the period before.", (Place.QUALITY,), "earlier"),
    Command("period_later", "]", "Period after", "Report on the period after.", (Place.QUALITY,), "later"),
    Command("set_target", "e F4", "Target", "Set the target of the measure under the cursor, or take it away.",
            (Place.QUALITY,), "target", right="set_targets"),
)  # fmt: skip

STAFF = (
    Command("next_grouping", "v F9", "By team", "Count by team, or by agent again.", (Place.STAFF,), "by team"),
    Command("plan_absence", "a", "Absence", "Enter when the agent is away, or change what was entered.",
            (Place.STAFF,), "absence"),
    Command("end_absence", "x", "Back again", "End the absence that is on, or take the next one back.",
            (Place.STAFF,), "back again"),
    Command("edit_agent", "e", "Edit", "Change the agent's name, role, team and languages, or whether they work here.",
            (Place.STAFF,), "edit", right="manage_agents"),
    Command("add_agent", "n F4", "New agent", "Let somebody join the desk.", (Place.STAFF,), "new",
            right="manage_agents"),
    Command("show_keys", "K", "Keys", "List the keys with which the agent logs in from afar; add one, take one away.",
            (Place.STAFF,), "keys", right="manage_agents"),
    Command("add_key", "n F4", "New key", "Bind another public key to the agent.", (Place.KEYS,), "new",
            right="manage_agents"),
    Command("remove_key", "x Del", "Take away", "Take away the key under the cursor; whoever came in by it is out.",
            (Place.KEYS,), "take away", dangerous=True, right="manage_agents"),
)  # fmt: skip

TEXTS = (
    Command("show_texts", "L", "Texts",
            "List the procedure and policy texts with their versions; in a case those in force when it was received.",
            (Place.ANYWHERE,)),
    Command("show_readers", "w", "Who has read it", "List who has read the version under the cursor, and who has not.",
            (Place.TEXTS,), "who has read it"),
    Command("confirm_read", "r F2", "I have read it", "Keep that you have read this version, and when.",
            (Place.TEXT,), "I have read this version"),
)  # fmt: skip

IMPORT = (
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

RULES = (
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

REVIEWS = (
    Command("hold_review", "d", "Held or not", "Say whether the review under the cursor was held, and what came of it.",
            (Place.REVIEWS,), "held or not", right="review"),
    Command("check_review", "c", "Check", "Confirm the result under the cursor, which somebody else entered.",
            (Place.REVIEWS,), "check", right="review"),
    Command("draw_sample", "s", "Sample", "Draw closed cases by chance for the review under the cursor.",
            (Place.REVIEWS,), "sample", right="review"),
    Command("audit_case", "a", "Audit", "Say what was found in the case under the cursor, or what its customer said.",
            (Place.SAMPLE,), "audit", undoable=True, right="review"),
    Command("open_audited", "o", "Open the case", "Open the case under the cursor.", (Place.SAMPLE,), "open case"),
    Command("plan_review", "n F4", "New review", "Plan a review: how often, who answers for it, what it passes on.",
            (Place.REVIEWS,), "new", right="review"),
    Command("edit_plan", "e", "Edit", "Change how the review under the cursor is planned, or end it.",
            (Place.REVIEWS,), "edit", right="review"),
    Command("take_review_back", "w", "Take back", "Take back a result that you entered and nobody has checked.",
            (Place.REVIEWS,), "take back", right="review"),
)  # fmt: skip

HANDOVER = (
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
