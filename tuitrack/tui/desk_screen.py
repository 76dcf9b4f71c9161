"""What all screens share: the way to the database thread, the messages, and the commands that apply anywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast

from textual.screen import ModalScreen, Screen
from textual.worker import Worker

from tuitrack.domain.errors import TuitrackError
from tuitrack.tui.base_app import WIDGETS_GONE
from tuitrack.tui.commands import Place, bindings
from tuitrack.tui.painting import PaintedOnce

if TYPE_CHECKING:
    from tuitrack.services.bundle import Services
    from tuitrack.tui.app import TuitrackApp
    from tuitrack.tui.backstage import Backstage

P = ParamSpec("P")
R = TypeVar("R")


class DeskScreen(PaintedOnce[R]):
    """A full screen; a subclass names its `PLACE` and binds `bindings(PLACE)`."""

    PLACE: ClassVar[Place] = Place.ANYWHERE
    BINDINGS = bindings(Place.ANYWHERE)
    AUTO_FOCUS = ""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.news_shown: int | None = None
        """The news that were known when the screen was last read, None for one just opened; see `Following`."""
        self.presence_shown: Mapping[int, str] = {}
        """What the screen says of who is in which case."""

    @property
    def case_id(self) -> int | None:
        """The case that the person is in, None where it is none."""
        return None

    def show_presence(self, there: Mapping[int, str]) -> None:
        """Say who else is in which case; a screen that shows no case does nothing."""

    async def show_news(self) -> None:
        """Read again what others may have changed; what is chosen, marked and typed stays as it is.

        A screen on which nothing of that is shown does nothing.
        """

    @property
    def desk(self) -> TuitrackApp:
        """The app, by its own type."""
        return cast("TuitrackApp", self.app)

    @property
    def backstage(self) -> Backstage:
        """The thread on which services run."""
        return self.desk.backstage

    def say(self, text: str) -> None:
        """Tell on the status line what happened."""
        self.desk.say(text)

    def warn(self, text: str) -> None:
        """Tell on the status line what was refused."""
        self.desk.warn(text)

    def run_command(self, work: Callable[P, Awaitable[object]], *args: P.args, **kwargs: P.kwargs) -> Worker[None]:
        """Run a coroutine function beside the screen; a refusal becomes a sentence on the status line."""
        return run_told(self, work, *args, **kwargs)

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Hold the keys while the body reads what the screen begins with; where that fails the screen is left."""
        with self.desk.hold_keys():
            try:
                yield
            except TuitrackError:
                self.dismiss(None)
                raise

    def action_show_help(self) -> None:
        """Show the commands of this place."""
        self.run_command(self.desk.show_help, self.PLACE)

    def action_go_to(self) -> None:
        """Ask where to go."""
        self.run_command(self.desk.go_to)

    def action_show_texts(self) -> None:
        """List the texts of the desk."""
        from tuitrack.tui.screens.texts import TextsScreen

        self.app.push_screen(TextsScreen(self.services))

    def action_choose_theme(self) -> None:
        """Choose the looks of the screens."""
        from tuitrack.tui.preferring import choose_theme

        self.run_command(choose_theme, self.desk)

    def action_choose_after_closing(self) -> None:
        """Choose where to go once a case is closed."""
        from tuitrack.tui.preferring import choose_after_closing

        self.run_command(choose_after_closing, self.desk)

    def action_leave_screen(self) -> None:
        """Go back to the screen below."""
        self.dismiss()

    def action_quit_program(self) -> None:
        """Leave the program."""
        self.run_command(self.desk.quit)


class DialogScreen(ModalScreen[R], PaintedOnce[R]):
    """A dialog over a screen; it answers with a value, and only its own keys work."""

    PLACE: ClassVar[Place] = Place.DIALOG
    BINDINGS = bindings(Place.DIALOG)

    @property
    def desk(self) -> TuitrackApp:
        """The app, by its own type."""
        return cast("TuitrackApp", self.app)

    def action_leave_dialog(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_quit_program(self) -> None:
        """Leave the program."""
        run_told(self, self.desk.quit)


def run_told(
    screen: Screen[Any], work: Callable[P, Awaitable[object]], *args: P.args, **kwargs: P.kwargs
) -> Worker[None]:
    """Run a coroutine function as a worker of a screen, told as by `do_told`."""
    return screen.run_worker(partial(do_told, screen, work, *args, **kwargs), group="command")


def run_latest(
    screen: Screen[Any], group: str, work: Callable[P, Awaitable[object]], *args: P.args, **kwargs: P.kwargs
) -> Worker[None]:
    """Run a coroutine function as the one worker of its group, told as by `do_told`; the one before is given up."""
    return screen.run_worker(partial(do_told, screen, work, *args, **kwargs), group=group, exclusive=True)


async def do_told(screen: Screen[Any], work: Callable[P, Awaitable[object]], *args: P.args, **kwargs: P.kwargs) -> None:
    """Do what is for a screen; what is refused or fails is told on the status line."""
    try:
        await work(*args, **kwargs)
    except TuitrackError as failure:
        cast("TuitrackApp", screen.app).warn(failure.sentence)
    except WIDGETS_GONE:
        # A screen that is left loses its widgets before its workers stop.
        if screen in screen.app.screen_stack:
            raise
