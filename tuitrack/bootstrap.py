"""Builds everything: the only module that knows every room."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tuitrack.domain.errors import Refusal, StoreFault
from tuitrack.paths import Paths, find_paths
from tuitrack.services.bundle import Services
from tuitrack.services.desk import Desk
from tuitrack.services.signing_in import sign_in
from tuitrack.settings import Settings, load
from tuitrack.storage.filesystem import keep_files_private, private_folder
from tuitrack.storage.store import SqliteStore, SqlStore, open_store

if TYPE_CHECKING:
    from tuitrack.domain.board import BoardBy
    from tuitrack.domain.letters import LetterBook
    from tuitrack.domain.offers import OfferGuide
    from tuitrack.domain.phrases import PhraseBook
    from tuitrack.domain.procedure import ProcedureBook
    from tuitrack.services.exports import Exporter
    from tuitrack.services.ports import Journal
    from tuitrack.services.registers import Registers
    from tuitrack.storage.backup import Backup
    from tuitrack.storage.moving import Moved
    from tuitrack.tui.app import TuitrackApp
    from tuitrack.tui.commands import Keymap


def clock() -> datetime:
    """The present moment in UTC, in the whole milliseconds in which moments are kept and compared."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def open_desk(paths: Paths, agent: str | None = None, key: str = "") -> Desk:
    """The desk of this account, or of the agent named, over the database of the settings.

    `key` is the fingerprint of the key by which the agent came in from afar. Raises NotAllowed for who may not.
    """
    return _come_in(paths, load(paths, os.environ, agent), key)[0]


def _come_in(paths: Paths, settings: Settings, key: str = "") -> tuple[Desk, bool]:
    """The desk of the agent of the settings, and whether that is the first one ever to come in."""
    keep_files_private()
    own = _own_procedures(paths.procedure)
    store = open_database(paths, settings)
    now = clock()
    try:
        signed_in = sign_in(store, settings.agent, now)
        desk = Desk(
            store=store,
            agent=signed_in.handle,
            settings=settings,
            clock=clock,
            offers=lambda: _offers(paths.offers, settings),
            phrases=lambda: _phrases(paths.phrases),
            letters=lambda: _letters(paths.letters),
            journal=lambda: _journal(paths.typed),
            key=key,
        )
        if key:
            _refuse_taken_keys(desk)
    except Refusal:
        store.close()
        raise
    return desk if own is None else replace(desk, procedures=lambda: own), signed_in.entered_at == now


def open_database(paths: Paths, settings: Settings, *, to_move: bool = False) -> SqlStore:
    """The database of the settings: the file of this installation, unless they name a server.

    Only `to_move` opens one into which a desk is being moved.
    """
    if not settings.database:
        return open_store(paths.database, paths.backups, to_move=to_move)
    try:
        from tuitrack.storage.postgresql.store import open_postgresql
    except ModuleNotFoundError as error:
        raise StoreFault("The database is on a server, which takes more to install: tuitrack[postgresql].") from error
    return open_postgresql(settings.database, to_move=to_move)


def _refuse_taken_keys(desk: Desk) -> None:
    from tuitrack.domain.permissions import Right
    from tuitrack.services.rights import check

    check(desk, Right.LOOK)


def _offers(path: Path, settings: Settings) -> OfferGuide:
    """The offer guide of a desk, read when something is offered."""
    from tuitrack.services.offers import offer_guide

    return offer_guide(path, settings)


def _phrases(path: Path) -> PhraseBook:
    """The phrases of a desk, read when the first one is to be said."""
    from tuitrack.services.phrase_files import desk_phrases

    return desk_phrases(path)


def _letters(path: Path) -> LetterBook:
    """The letters of a desk, read when the first one is to be written."""
    from tuitrack.services.letter_files import desk_letters

    return desk_letters(path)


def _journal(folder: Path) -> Journal:
    """What notes every key beside the database."""
    from tuitrack.storage.journal import FileJournal

    return FileJournal(folder)


def _own_procedures(path: Path) -> ProcedureBook | None:
    """The procedures of the desk's file; a desk that has none loads nothing for that."""
    if not path.exists():
        return None
    from tuitrack.services.procedure_file import own_procedures

    return own_procedures(path)


@contextmanager
def open_for_command(agent: str | None = None) -> Iterator[Desk]:
    """The desk of this account, or of the agent named, for as long as one command takes."""
    desk = open_desk(find_paths(os.environ), agent)
    try:
        yield desk
    finally:
        desk.store.close()


@contextmanager
def open_for_the_account() -> Iterator[Desk]:
    """The desk for what the account itself does, without anybody at work, who may change nothing."""
    paths = find_paths(os.environ)
    keep_files_private()
    settings = load(paths, os.environ)
    desk = Desk(store=open_database(paths, settings), agent="", settings=settings, clock=clock)
    try:
        yield desk
    finally:
        desk.store.close()


def back_up(to: Path | None, on_progress: Callable[[float], None]) -> Backup:
    """Copy the database while people work, into a file or among the backups; raises StoreFault."""
    from tuitrack.storage import backup
    from tuitrack.storage.schema import named_now

    keep_files_private()
    paths = _paths_of_file()
    place = to.absolute() if to else named_now(private_folder(paths.backups), paths.database.stem)
    return backup.back_up(paths.database, place, on_progress)


def restore(file: Path) -> tuple[Backup, Path | None]:
    """Put a backup in the place of the database, and tell where that is now; raises StoreFault."""
    from tuitrack.storage import backup

    keep_files_private()
    paths = _paths_of_file()
    return backup.restore(paths.database, file.absolute(), paths.backups)


def move(to: str, on_progress: Callable[[float], None]) -> tuple[str, str, Moved]:
    """Copy the desk to the address of a server or the path of a file; tells from where, to where, and what."""
    from tuitrack.storage import moving

    keep_files_private()
    paths = find_paths(os.environ)
    settings = load(paths, os.environ)
    if "://" in to:
        there = paths, load(paths, {**os.environ, "TUITRACK_DATABASE": to})
    else:
        path = Path(to).absolute()
        there = replace(paths, database=path, backups=path.parent / "backups"), replace(settings, database="")
    with closing(open_database(paths, settings)) as source, closing(open_database(*there, to_move=True)) as target:
        return source.name, target.name, moving.move(source, target, on_progress)


def _paths_of_file() -> Paths:
    """The places of this installation; raises StoreFault where its desk is not kept in a file."""
    paths = find_paths(os.environ)
    if load(paths, os.environ).database:
        raise StoreFault("The desk is kept on a server: copy it there, with pg_dump or its archive of changes.")
    return paths


def registers_of(desk: Desk) -> Registers:
    """The importing of registers into a desk's database."""
    from tuitrack.exchange.importer import RegisterImporter

    paths = find_paths(os.environ)
    reports = desk.store.path.parent / "reports" if isinstance(desk.store, SqliteStore) else paths.reports
    return RegisterImporter(desk, reports, paths.config.parent / "import-profiles")


def registers_beside(desk: Desk) -> Registers:
    """The same over a connection of its own, for it goes on while people work at the screens."""
    return registers_of(_beside(desk))


def exporter_of(desk: Desk) -> Exporter:
    """The writing of a desk's cases to files."""
    from tuitrack.exchange.export import CaseExporter

    return CaseExporter(desk)


def exporter_beside(desk: Desk) -> Exporter:
    """The same over a connection of its own, which sees all cases as at one moment while people go on working."""
    return exporter_of(_beside(desk))


def _beside(desk: Desk) -> Desk:
    """The same desk over a connection of its own."""
    return replace(desk, store=cast(SqlStore, desk.store).beside())


def run_screens(agent: str | None, key: str = "") -> int:
    """Show the queue until the person leaves; return the exit code."""
    paths = find_paths(os.environ)
    desk, is_new = _come_in(paths, load(paths, os.environ, agent), key)
    return show(desk, f"This desk is new: {desk.settings.agent} administers it and can add agents." if is_new else "")


def show_board(agent: str | None, by: BoardBy) -> int:
    """Show the overdue board alone until the person leaves; return the exit code."""
    from tuitrack.tui.wallboard import WallboardApp

    return show(open_desk(find_paths(os.environ), agent), made=partial(WallboardApp, by=by))


def make_demo(database: Path, seed: int, cases: int, progress: Callable[[int], None]) -> Desk:
    """A desk over `database`, filled with plausible cases where there is none yet; `progress` hears each one."""
    folder = database.parent
    paths = replace(find_paths(os.environ), database=database, backups=folder / "backups", typed=folder / "typed")
    fresh = not database.exists()
    desk, _ = _come_in(paths, replace(load(paths, os.environ), database=""))
    if fresh:
        from tuitrack.demo.story import fill

        fill(desk, cases, seed, progress)
    return desk


def _own_keys(path: Path) -> tuple[Keymap, str]:
    """The keys of a file, and what to tell about it; without one, as nearly always, nothing is loaded to check it."""
    if not path.exists():
        return {}, ""
    from tuitrack.tui.keymap import faults_told, read_keymap

    keymap, faults = read_keymap(path)
    return keymap, faults_told(faults)


def show(desk: Desk, notice: str = "", made: Callable[..., TuitrackApp] | None = None) -> int:
    """Show a desk's queue, or whatever app is made of it, until the person leaves; return the exit code."""
    from tuitrack.tui.app import TuitrackApp

    keymap, fault = _own_keys(find_paths(os.environ).keys)
    services = Services(desk, lambda: registers_beside(desk), lambda: exporter_beside(desk))
    theme = services.preferences.theme()
    make = made or TuitrackApp
    app = make(services, notice=fault or notice, theme=theme, keymap=keymap, when_shown=_tidy_up_from_now_on)
    try:
        app.run(mouse=False)
    finally:
        app.backstage.drain(desk.store.close)
    return app.return_code or 0


def _tidy_up_from_now_on() -> None:
    """End what `cli.start_screens` began: what was made until now stays as long as the program runs."""
    gc.freeze()
    gc.enable()
