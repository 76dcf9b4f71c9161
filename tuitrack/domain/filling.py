"""Texts with fields in braces, filled with what is known of a case: a value is put in as it is, and never read."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from types import MappingProxyType

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "customer": "the customer's name",
        "reference": "the number the customer is told",
        "subject": "the problem on one line",
        "received": "the day on which the complaint was received",
        "contact": "the name of the person to ask for",
        "office": "the desk's name",
        "promise": "what was promised next",
        "when": "the moment by which that promise is kept",
        "options": "what the customer may choose from, one a line",
        "chosen": "what the customer chose, one a line",
        "resolution": "what was done",
        "explanation": "the decision as it is explained to the customer",
    }
)
"""What may stand in braces in a phrase or a letter, all of it for the customer to hear, and what it is."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_ANY_BRACES = re.compile(r"\{([^{}]*)\}|[{}]\S*")


def fields_of(text: str) -> frozenset[str]:
    """The names that stand in braces."""
    return frozenset(_BRACES.findall(text))


def strange_braces(text: str, known: Container[str]) -> str:
    """The first braces in a text that hold no known name, or stand alone; empty where there are none."""
    return next((found[0] for found in _ANY_BRACES.finditer(text) if found[1] is None or found[1] not in known), "")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled; all of them must be among the values."""
    return _BRACES.sub(lambda found: values[found[1]], text)


def filled_paragraphs(text: str, values: Mapping[str, str]) -> str:
    """The text without the paragraphs that need what is not among the values, and the others filled."""
    return "\n\n".join(filled(one, values) for one in text.split("\n\n") if fields_of(one) <= values.keys())
