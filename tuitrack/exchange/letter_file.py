"""A letter as plain text, as an e-mail that a mail program opens to be sent, and as a page to be printed."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from tuitrack.domain.errors import Refusal
from tuitrack.domain.letters import OutgoingLetter
from tuitrack.exchange.web_page import shown, web_page
from tuitrack.services.exports import LetterFormat

_STYLE = """
@page { size: A4; margin: 25mm 20mm; }
body { font: 11pt/1.5 serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }
header p, main { white-space: pre-wrap; overflow-wrap: anywhere; }
h1 { font-size: 1em; margin: 2em 0; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


def letter_bytes(letter: OutgoingLetter, chosen: LetterFormat) -> bytes:
    """A letter as the content of a file; raises Refusal where an e-mail has no address."""
    match chosen:
        case LetterFormat.TEXT:
            return f"{letter.subject}\n\n{letter.text}\n".encode()
        case LetterFormat.EMAIL:
            return _as_email(letter)
        case LetterFormat.PAGE:
            return _as_page(letter).encode()


def _as_email(letter: OutgoingLetter) -> bytes:
    message = EmailMessage(policy=SMTP if letter.to.isascii() else SMTPUTF8)
    message["To"] = _address(letter)
    message["Subject"] = letter.subject
    # Mail programs open it as a draft: who sends it is theirs to fill in.
    message["X-Unsent"] = "1"
    message.set_content(f"{letter.text}\n")
    message["Content-Language"] = letter.language
    return message.as_bytes()


def _address(letter: OutgoingLetter) -> Address:
    try:
        address = Address(letter.customer, addr_spec=letter.to)
    except (MessageError, ValueError, IndexError):
        address = Address()
    if not (address.username and address.domain):
        raise Refusal("To: an e-mail file needs an e-mail address, such as ana@example.org.", "to")
    return address


def _as_page(letter: OutgoingLetter) -> str:
    head = "\n".join(f'<p dir="auto">{shown(text)}</p>' for text in (letter.office, letter.to, letter.dated))
    body = (
        f"<header>\n{head}\n</header>\n"
        f'<h1 dir="auto">{shown(letter.subject)}</h1>\n<main dir="auto">{shown(letter.text)}</main>'
    )
    return web_page(letter.subject, _STYLE, body, letter.language)
