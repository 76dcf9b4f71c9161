"""What all drafts have in common: cleaned texts, and a refusal that names the field it is about."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tuitrack.domain.errors import Refusal
from tuitrack.domain.text import SUBJECT_MAX, TEXT_MAX, clean

Line = Annotated[str, AfterValidator(lambda text: clean(text, lines=False).strip()), Field(max_length=SUBJECT_MAX)]
"""One line of text, without control characters."""
Text = Annotated[str, AfterValidator(lambda text: clean(text).strip()), Field(max_length=TEXT_MAX)]
"""Text of several lines, without other control characters."""
Amount = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
"""Money, in whole hundredths."""


class Incoming(BaseModel):
    """The base of everything that comes in: unknown fields are refused, values never change."""

    # A model is built when it is first asked for: whoever saves a note does not wait for the others of its module.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def accept(cls, values: object) -> Self:
        """Validate what came in; raises Refusal with the first field that does not fit and what was expected."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = [str(part) for part in first["loc"]]
            name = place[-1] if place else ""
            title = name.replace("_", " ").capitalize() or "The form"
            raise Refusal(f"{title}: {_expected(first['type'], first['msg'], first.get('ctx', {}))}.", name) from None


def _expected(kind: str, message: str, context: dict[str, object]) -> str:
    """Say in plain words what was expected."""
    match kind:
        case "missing" | "string_too_short" | "too_short":
            return "this is needed"
        case "string_too_long" | "too_long":
            return f"at most {context['max_length']} characters; the rest belongs in a note of its own"
        case "enum":
            return f"expected {context['expected']}"
        case "extra_forbidden":
            return "there is no such field"
        case _:
            return message[:1].lower() + message[1:]
