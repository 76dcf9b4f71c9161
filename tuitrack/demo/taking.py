"""What an agent takes down of a made-up customer with one of the troubles."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from tuitrack.demo.texts import COMPANIES, PEOPLE, Trouble
from tuitrack.domain.words import CaseKind, Channel, CustomerKind


def taken_down(
    random: Random, trouble: Trouble, received_at: datetime, return_at: datetime, owner: str | None
) -> dict[str, object]:
    """The fields of intake; `return_at` is when the customer is told to hear from us."""
    names, phone = PEOPLE[trouble.language]
    company = random.random() < 0.08
    channel = random.choices(
        (Channel.PHONE, Channel.EMAIL, Channel.WEB, Channel.SOCIAL, Channel.LETTER), (10, 3, 3, 1, 1)
    )[0]
    is_posted = channel is Channel.SOCIAL
    return {
        "customer": {
            "name": random.choice(COMPANIES if company else names),
            "kind": CustomerKind.COMPANY if company else CustomerKind.PERSON,
            "account": f"{random.randint(100_000, 999_999)}",
            "phones": ("".join(str(random.randint(0, 9)) if c == "#" else c for c in phone),),
            "language": trouble.language,
        },
        "kind": trouble.kind,
        "subject": trouble.subject,
        "words": trouble.words,
        "remedy_wanted": trouble.wanted,
        "category": trouble.category,
        "product": trouble.product,
        "channel": channel,
        "public": is_posted,
        "post_link": f"https://social.example/{received_at:%Y%m%d%H%M}" if is_posted else "",
        "source": "social.example" if is_posted else "",
        "occurred_on": (received_at - timedelta(days=random.randint(0, 6))).date(),
        "received_at": received_at,
        "owner": owner,
        "return_at": return_at,
        "recording_told": random.random() < 0.8,
        "likely_to_leave": random.random() < 0.1,
        "contact_wanted": trouble.kind is CaseKind.SUGGESTION or random.random() < 0.05,
    }
