"""Timeline entries as lines: short in the timeline, whole in the reader, corrections beside what they correct."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from tuitrack.domain.change import entries_undone
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Call, Entry
from tuitrack.domain.words import EntryKind
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, cut, wrap, wrapped

BODY_LINES = 3
"""Lines of an entry's text shown in the timeline; the reader has the rest."""
HEAD_LINES = 3
CHANGES_SHOWN = 4
"""Changed fields of an entry shown in the timeline; the reader has all."""
SAME_MOMENT = timedelta(minutes=15)
"""What is entered within this time of its happening, as a call is while it lasts, needs no second time."""
INDENT = 4

_TOLD = frozenset(
    {
        *("resolution", "company_resolved_on", "company_resolved_by", "resolved_at", "confirm_by"),
        *("justified", "explanation", "cause", "factors"),
        *("customer_confirmed_on", "confirming_call_id", "confirmation_asked_by", "confirmed_early_because", "mood"),
        *("outcome", "closed_at", "closed_by", "closing_note"),
    }
)
"""Fields first filled in by closing, of which the entry itself tells or which follow from what it tells."""
_NAMED_BY_SUMMARY = frozenset({EntryKind.STATUS, EntryKind.STEP, EntryKind.CHANGE})
_POINTING = {EntryKind.UNDONE: "takes back", EntryKind.REDONE: "brings back"}
"""What an entry of these kinds does to the one it points at; any other corrects it."""
_TITLES = {"confirming_call_id": "number of the call that proves it", "words": "customer's words"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def moment(at: datetime, now: datetime) -> str:
    """A moment as `Fri 14 Nov 12:03` in the zone of `now`; the year is there when it is another one."""
    local = at.astimezone(now.tzinfo)
    day = plain_day(local.date())
    if local.year == now.year:
        day = day.removesuffix(f" {local.year}")
    return f"{day} {local:%H:%M}"


def call_choices(calls: Iterable[Call], now: datetime, early: Container[int] = ()) -> dict[int, str]:
    """Calls to pick one from, by their ids, each with a number of its own; those in `early` prove less."""
    told = {}
    for number, call in enumerate(calls, 1):
        about = f"{call.purpose.label}, early" if call.id in early else f"{call.direction.label}, {call.purpose.label}"
        told[call.id] = f"{number}: {moment(call.at, now)} {about}"
    return told


def corrections_of(entries: Sequence[Entry]) -> dict[int, list[Entry]]:
    """What later entries make of an entry, by its id: its corrections, oldest first, and what took it back."""
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.corrects is not None and entry.kind not in _POINTING:
            found.setdefault(entry.corrects, []).append(entry)
    for entry_id, undone_by in entries_undone(entries).items():
        found.setdefault(entry_id, []).append(undone_by)
    return found


def entry_lines(
    entry: Entry, corrections: Sequence[Entry], corrected: Entry | None, now: datetime, width: int
) -> list[Line]:
    """An entry as the timeline shows it: head, what changed, the first lines of its text, its corrections."""
    head = islice(wrap(head_text(entry, corrected, now), width), HEAD_LINES)
    lines = [Line(text, Tone.STRONG if number == 0 else Tone.PLAIN) for number, text in enumerate(head)]
    changes = changes_text(entry, now)
    if len(changes) > CHANGES_SHOWN:
        changes[CHANGES_SHOWN - 1 :] = [f"… {len(changes) - CHANGES_SHOWN + 1} more changes"]
    lines += [Line(" " * INDENT + cut(text, width - INDENT), Tone.QUIET) for text in changes]
    lines += first_lines(entry.body, width, BODY_LINES)
    for later in corrections:
        told = f"{_what_came(later)} {moment(later.occurred_at, now)} {later.by}"
        text = f"{told}: {later.body}" if later.body else told
        lines.append(Line(" " * INDENT + cut(text, width - INDENT), Tone.ALERT))
    return lines


def entry_text(
    entry: Entry, corrections: Sequence[Entry], corrected: Entry | None, now: datetime, width: int
) -> list[Line]:
    """An entry whole, as the reader shows it."""
    lines = wrapped(head_text(entry, corrected, now), width, Tone.STRONG)
    lines += wrapped(f"Entered {moment(entry.entered_at, now)} by {entry.by}", width, Tone.QUIET)
    for name, (old, new) in entry.changes.items():
        lines += _whole_change(_title(name), changed_value(old, now), changed_value(new, now), width)
    if entry.body:
        lines += [Line(""), *wrapped(entry.body, width)]
    for later in corrections:
        told = f"{_what_came(later)} {moment(later.occurred_at, now)} by {later.by}"
        lines += [Line(""), *wrapped(told, width, Tone.ALERT)]
        lines += wrapped(later.body, width) if later.body else []
    if corrected is not None:
        does = _POINTING.get(entry.kind, "corrects")
        lines += [Line(""), *wrapped(f"It {does}: {head_text(corrected, None, now)}", width, Tone.QUIET)]
        lines += wrapped(corrected.body, width, Tone.QUIET)
    return lines


def head_text(entry: Entry, corrected: Entry | None, now: datetime) -> str:
    """When, who, what kind and the summary on one line, with the entered time where it differs."""
    kind = entry.kind.label
    is_named = entry.kind in _NAMED_BY_SUMMARY or kind.lower() in entry.summary.lower()
    told = entry.summary if is_named else f"{kind}: {entry.summary}"
    marks = [entry.channel.label] if entry.channel and entry.kind is not EntryKind.CALL else []
    marks += ["public"] if entry.public else []
    if corrected is not None:
        does = _POINTING.get(entry.kind, "corrects")
        marks.append(f"{does} the entry of {moment(corrected.occurred_at, now)}")
    if abs(entry.entered_at - entry.occurred_at) > SAME_MOMENT:
        marks.append(f"entered {moment(entry.entered_at, now)}")
    tail = f" ({'; '.join(marks)})" if marks else ""
    return f"{moment(entry.occurred_at, now)}  {entry.by}  {told}{tail}"


def changes_text(entry: Entry, now: datetime) -> list[str]:
    """What changed with an entry, one field a line: `owner: nothing → ana`; what it tells anyway is not said twice."""
    return [
        f"{_title(name)}: {cut(changed_value(old, now), 60)} → {cut(changed_value(new, now), 200)}"
        for name, (old, new) in entry.changes.items()
        if (new != entry.body or not new) and not _is_told(entry, name, old)
    ]


def _is_told(entry: Entry, name: str, old: str) -> bool:
    """Whether an entry of closing tells by itself of a field that was empty before."""
    return not old and name in _TOLD and entry.kind is not EntryKind.CHANGE


def changed_value(text: str, now: datetime) -> str:
    """A value kept by the history in words: days and moments spoken, an empty one as `nothing`."""
    if _MOMENT.fullmatch(text):
        return moment(datetime.fromisoformat(text), now)
    if _DAY.fullmatch(text):
        return plain_day(date.fromisoformat(text))
    return {"": "nothing", "True": "yes", "False": "no"}.get(text, text)


def _whole_change(title: str, old: str, new: str, width: int) -> list[Line]:
    """A changed field with both values whole: on one line where they are short, else one below the other."""
    short = f"{title}: {old} → {new}"
    if len(short) <= width and "\n" not in short:
        return wrapped(short, width)
    return [
        *wrapped(f"{title}, before:", width, Tone.QUIET),
        *wrapped(old, width, indent=INDENT),
        *wrapped(f"{title}, after:", width, Tone.QUIET),
        *wrapped(new, width, indent=INDENT),
    ]


def first_lines(body: str, width: int, most: int) -> list[Line]:
    """The first lines of a text and how much more there is, without laying out all of it."""
    if not body:
        return []
    room = width - INDENT
    start = body[: 2 * (most + 1) * room]
    shown = list(islice(wrap(start, room), most + 1))
    lines = [Line(" " * INDENT + text) for text in shown[:most]]
    if len(shown) > most or len(start) < len(body):
        more = max(_about_lines(body, room) - most, 1)
        lines.append(Line(f"{' ' * INDENT}… about {counted(more, 'more line')}", Tone.QUIET))
    return lines


def _about_lines(text: str, width: int) -> int:
    return sum(-(-max(len(paragraph), 1) // width) for paragraph in text.split("\n"))


def _what_came(later: Entry) -> str:
    """What a later entry made of the one it points at, in a word that is seen."""
    return "UNDONE" if later.kind is EntryKind.UNDONE else "CORRECTED"


def _title(name: str) -> str:
    return _TITLES.get(name, name.replace("_", " "))


def timeline_title(count: int, key_of: KeyOf, *, has_earlier: bool) -> str:
    """What stands above the timeline: how many entries it shows, and the keys that show more."""
    entries = "1 entry" if count == 1 else f"{count} entries"
    earlier = f", {key_of(Place.LIST, 'cursor_up')} from the first: earlier ones" if has_earlier else ""
    return f"Timeline: {entries} ({key_of(Place.LIST, 'choose_line')} shows one whole{earlier})"


def timeline_blocks(
    entries: Sequence[Entry], now: datetime, width: int, latest: int = 0
) -> list[tuple[int, list[Line]]]:
    """Every entry's id with its lines, in the order given; only those of the last ones where a number is named."""
    corrections = corrections_of(entries)
    by_id = {entry.id: entry for entry in entries}
    return [
        (entry.id, entry_lines(entry, corrections.get(entry.id, ()), _corrected(entry, by_id), now, width))
        for entry in entries[-latest:]
    ]


def whole_entry(entry: Entry, entries: Sequence[Entry], now: datetime, width: int) -> list[Line]:
    """One entry of a timeline whole, with its corrections and what it corrects."""
    by_id = {other.id: other for other in entries}
    return entry_text(entry, corrections_of(entries).get(entry.id, ()), _corrected(entry, by_id), now, width)


def _corrected(entry: Entry, by_id: Mapping[int, Entry]) -> Entry | None:
    return None if entry.corrects is None else by_id.get(entry.corrects)
