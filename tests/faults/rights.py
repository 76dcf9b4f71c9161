"""R11 and R12: every write as every role, as somebody put out of work, and by a key that was taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.builders import an_agent
from tests.faults.told import Told
from tests.faults.writes import WAYS, Scene, Way, Write, scene
from tuitrack.domain.errors import NotAllowed, Refusal
from tuitrack.domain.permissions import Right, may
from tuitrack.domain.words import Role
from tuitrack.services.bundle import Services

SEEN: dict[str, tuple[Right, Write]] = {
    "see who left what half typed": (Right.SEE_DRAFTS, lambda who, at: who.drafts.of_everybody()),
    "see what other rules would do": (Right.EDIT_RULES, lambda who, at: who.rule_moves.rehearsal()),
}
"""What takes a right though nothing is stored."""
ALL = WAYS | {name: Way(ask, right=right) for name, (right, ask) in SEEN.items()}


def run() -> Told:
    """Try everything as everybody; whoever may is not refused for want of a right, and nobody else stores anything."""
    wrong, cells, revoked = [], 0, 0
    for name, way in ALL.items():
        for role in Role:
            cells += 1
            stored = tried(way, role)
            if stored != (way.right is None or may(role, way.right)):
                wrong.append(f"{role} could {'' if stored else 'not '}{name}")
        for out in (put_out_of_work, take_key) if way.right else ():
            revoked += 1
            if tried(way, Role.ADMINISTRATOR, out):
                wrong.append(f"{name} after {out.__name__}")
    figures = {"writes": len(WAYS), "roles": len(Role), "cells": cells, "after being put out": revoked}
    return Told("R11, R12: who may what", figures, tuple(wrong))


def tried(way: Way, role: Role, out: Callable[[Scene], Services] | None = None) -> bool:
    """Whether Ana, in a role, was not refused; whoever was refused has changed nothing."""
    at = scene()
    way.before(at)
    with at.world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=role))
    who = out(at) if out else at.world.ana
    before = everything(at)
    try:
        way.write(who, at)
    except NotAllowed:
        assert everything(at) == before, "something was stored by somebody who was refused"
        return False
    except Refusal:
        return True
    return True


def put_out_of_work(at: Scene) -> Services:
    """Ana no longer works here, while her program runs."""
    with at.world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.ADMINISTRATOR, active=False))
    return at.world.ana


def take_key(at: Scene) -> Services:
    """The key by which Ana came in is no longer hers."""
    return Services(replace(at.world.ana.desk, key="SHA256:gone"))


def everything(at: Scene) -> list[Any]:
    """What a write could have changed."""
    with at.world.store.reading() as reader:
        case = at.case.id
        return [
            *(reader.case(case), reader.agents(), reader.agent_keys(), reader.absences(at.world.now.date())),
            *(reader.timeline(case, 999), reader.promises(case), reader.actions(case), reader.remedies(case)),
        ]
