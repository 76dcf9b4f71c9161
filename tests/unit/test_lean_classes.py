"""A frozen class of this program is told from a standard dataclass only by the time it takes to make it."""

from __future__ import annotations

import dataclasses
from dataclasses import field, fields
from typing import Any

import pytest

from tuitrack import lean


def _kinds(dataclass: Any) -> tuple[type, type]:
    """The same two classes, made by one way of making them."""

    @dataclass(frozen=True, slots=True)
    class Plain:
        """Has to be given one value."""

        name: str
        count: int = 1
        tags: tuple[str, ...] = field(default_factory=tuple)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        """Refuses what is below zero."""

        size: int
        note: str = ""

        def __post_init__(self) -> None:
            if self.size < 0:
                raise ValueError(self.size)

    return Plain, Named


OURS, STANDARD = _kinds(lean.dataclass), _kinds(dataclasses.dataclass)


@pytest.mark.parametrize("which", [0, 1])
def test_a_frozen_class_has_what_the_standard_one_has(which: int) -> None:
    ours, standard = OURS[which], STANDARD[which]
    described = [[(f.name, f.type, f.default, f.kw_only) for f in fields(kind)] for kind in (ours, standard)]
    assert described[0] == described[1]
    for name in ("__slots__", "__match_args__", "__doc__", "__module__", "__qualname__"):
        assert getattr(ours, name) == getattr(standard, name)


@pytest.mark.parametrize(
    ("which", "places", "names"),
    [
        (0, ("a",), {}),
        (0, ("a", 2), {}),
        (0, ("a",), {"tags": ("x",)}),
        (0, (), {"name": 'it\'s "a"', "count": 3}),
        (0, (), {}),
        (0, ("a", 1, (), 4), {}),
        (0, ("a",), {"size": 1}),
        (1, (), {"size": 1}),
        (1, (), {"size": 1, "note": "n"}),
        (1, (), {"size": -1}),
        (1, (1,), {}),
    ],
)
def test_objects_are_made_written_compared_and_counted_as_those_of_the_standard_one(
    which: int, places: tuple[object, ...], names: dict[str, object]
) -> None:
    ours, standard = OURS[which], STANDARD[which]
    try:
        expected = standard(*places, **names)
    except (TypeError, ValueError) as refused:
        with pytest.raises(type(refused)):
            ours(*places, **names)
        return
    made, again = ours(*places, **names), ours(*places, **names)
    assert repr(made) == repr(expected)
    assert made == again
    assert len({made, again}) == 1
    assert made != expected
    assert dataclasses.asdict(made) == dataclasses.asdict(expected)


def test_objects_that_differ_in_one_value_are_not_the_same() -> None:
    made = OURS[0]("a")
    for change in ({"name": "b"}, {"count": 2}, {"tags": ("x",)}):
        changed = dataclasses.replace(made, **change)
        assert changed != made
        assert dataclasses.replace(changed, name="a", count=1, tags=()) == made


def test_nothing_of_an_object_can_be_changed() -> None:
    made = OURS[0]("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.name
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.other = 1
    assert made.name == "a"


def test_what_a_class_says_for_itself_stays() -> None:
    @lean.dataclass(frozen=True, slots=True)
    class Loud:
        name: str

        def __repr__(self) -> str:
            return self.name.upper()

    assert repr(Loud("a")) == "A"


@pytest.mark.parametrize(
    ("which", "names"),
    [(0, {}), (0, {"name": "b"}), (0, {"count": 3, "tags": ("x",)}), (1, {"note": "b"}), (1, {"size": -1})],
)
def test_a_record_with_other_values_is_what_the_standard_one_makes(which: int, names: dict[str, Any]) -> None:
    def told(kind: type, replace: Any) -> object:
        record = kind(**({"name": "a"}, {"size": 1})[which])
        try:
            return repr(replace(record, **names)), repr(record)
        except ValueError as error:
            return error.args

    assert told(OURS[which], lean.replace) == told(STANDARD[which], dataclasses.replace)
