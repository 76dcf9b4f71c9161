"""Letters as files: a mail program reads the e-mail, a browser prints the page, and typed text stays text in both."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.domain.letters import OutgoingLetter
from tuitrack.domain.text import clean
from tuitrack.domain.words import Delivery
from tuitrack.exchange.letter_file import letter_bytes
from tuitrack.services.exports import LetterFormat

TYPED = st.text(max_size=60).map(lambda text: clean(text, lines=False).strip())


def a_letter(**fields: str) -> OutgoingLetter:
    values = {
        "customer": "Marija Zorić",
        "to": "m@zoric.hr",
        "subject": "Isprika (C26-000001-9)",
        "text": "Poštovani,\n\nžao nam je.",
        "language": "hr",
        "office": "North desk",
        "dated": "18. studenoga 2026.",
    }
    return OutgoingLetter(how=Delivery.EMAIL, day=date(2026, 11, 18), **(values | fields))


class Page(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.texts.append(data)


@given(name=TYPED, subject=TYPED, text=st.text(max_size=300).map(clean))
def test_a_mail_program_reads_what_was_typed_and_no_header_more(name: str, subject: str, text: str) -> None:
    content = letter_bytes(a_letter(customer=name, subject=subject, text=text), LetterFormat.EMAIL)
    message = message_from_bytes(content, policy=default)
    assert set(message.keys()) == {
        *("To", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
        "Content-Language",
    }
    (to,) = message["To"].addresses
    # Where a name takes two encoded words, Python's own reading puts a blank between them that nobody wrote.
    assert ("".join(to.display_name.split()), to.addr_spec) == ("".join(name.split()), "m@zoric.hr")
    assert message["X-Unsent"] == "1"
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")


def test_subject_and_language_of_an_email() -> None:
    message = message_from_bytes(letter_bytes(a_letter(), LetterFormat.EMAIL), policy=default)
    assert message["Subject"] == "Isprika (C26-000001-9)"
    assert message["Content-Language"] == "hr"


@pytest.mark.parametrize("to", ["", "nobody", "Ilica 1, Zagreb", "@", "a@", "a b@c.d", "a@b\r\nBcc: x@y.z"])
def test_an_email_without_an_address_is_refused(to: str) -> None:
    with pytest.raises(Refusal, match="To: an e-mail file needs an e-mail address"):
        letter_bytes(a_letter(to=to), LetterFormat.EMAIL)


@given(to=TYPED)
def test_any_address_is_taken_or_refused(to: str) -> None:
    try:
        content = letter_bytes(a_letter(to=to), LetterFormat.EMAIL)
    except Refusal:
        return
    assert message_from_bytes(content, policy=default)["Bcc"] is None


@given(text=st.text(max_size=200).map(clean), to=TYPED)
def test_a_page_holds_the_text_and_nothing_that_runs(text: str, to: str) -> None:
    page = letter_bytes(a_letter(text=text, to=to), LetterFormat.PAGE).decode()
    read = Page(page)
    assert not {"script", "a", "img", "link", "iframe"} & set(read.tags)
    assert text in "".join(read.texts)
    assert '<html lang="hr">' in page


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script> </main><img src=x onerror=y> {customer} {{7*7}} \x1b]52;c;x\x07"
    page = letter_bytes(a_letter(text=hostile, subject=hostile, to=hostile), LetterFormat.PAGE).decode()
    assert not {"script", "img"} & set(Page(page).tags)
    assert "\x1b" not in page
    assert "{{7*7}}" in page


def test_plain_text_has_the_subject_first() -> None:
    assert letter_bytes(a_letter(), LetterFormat.TEXT).decode() == (
        "Isprika (C26-000001-9)\n\nPoštovani,\n\nžao nam je.\n"
    )
