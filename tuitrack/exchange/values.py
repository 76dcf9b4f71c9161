"""What the words of other registers mean in ours: statuses, endings, channels, kinds and priorities."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Words
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from tuitrack.domain.errors import Refusal
from tuitrack.domain.words import CaseKind, Channel, Justified, Mood, Outcome, Priority, Status
from tuitrack.exchange.fields import normal_name
from tuitrack.lean import dataclass
from tuitrack.services.registers import OUR_WORDS

_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """Where a case stands and, if its word says so, how it ended; a word never says that a customer confirmed."""

    status: Status
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class OutcomeMeaning:
    """How a case ended, whether the complaint was right, or both."""

    outcome: Outcome | None = None
    justified: Justified | None = None


DEFAULTS = MappingProxyType(
    {"status": "open", "channel": "other", "kind": "complaint", "priority": "normal", "outcome": "unconfirmed"}
)
"""Our word for a word that nobody knows; it is told each time. A mood that nobody knows is not made another."""

_STATUS_WORDS: Words[StatusMeaning, str] = {
    StatusMeaning(Status.NEW): """
        new | unassigned | unspecified | submitted | received | registered | draft | novo | nov | nova |
        zaprimljeno | prejeto | جدید | новый | новая | зарегистрировано | bago | neu | eingegangen | nuevo |
        nueva | recibido
    """,
    StatusMeaning(Status.OPEN): """
        open | assigned | active | started | reopened | re opened | in process | accepted | otvoreno |
        otvoren | dodijeljeno | odprto | odprt | dodeljeno | باز | در جریان | открыт | открыто | назначено |
        в работе | bukas | offen | zugewiesen | abierto | abierta | asignado
    """,
    StatusMeaning(Status.INVESTIGATING): """
        in progress | investigating | under investigation | in review | under review | escalated |
        processing | working | untimely response | u obradi | u tijeku | istraga | v obdelavi | v teku | v
        reševanju | در حال بررسی | на рассмотрении | в обработке | расследование | iniimbestigahan |
        kasalukuyan | in bearbeitung | in prüfung | en proceso | en curso | en investigación | en trámite
    """,
    StatusMeaning(Status.WAITING): """
        pending | waiting | waiting for customer | awaiting customer | on hold | email sent | awaiting
        response | information requested | na čekanju | čeka se kupac | čaka | na čakanju | در انتظار |
        ожидание | ожидает ответа | приостановлено | naghihintay | wartend | warten auf kunde |
        zurückgestellt | pendiente | en espera
    """,
    StatusMeaning(Status.RESOLVED): """
        resolved | solved | fixed | completed | complete | done | answered | riješeno | riješen | rešeno |
        rešen | حل شده | انجام شده | решено | решен | выполнено | nalutas | natapos | gelöst | erledigt |
        resuelto | resuelta | solucionado | completado
    """,
    StatusMeaning(Status.CLOSED): """
        closed | closed with explanation | closed with monetary relief | closed with non monetary relief |
        closed with relief | closed without relief | closed customer confirmed | confirmed | finished |
        archived | zatvoreno | zatvoren | zaključeno | zaključen | zaprto | zaprt | بسته | بسته شده | закрыт
        | закрыто | закрыта | завершено | sarado | isinara | geschlossen | abgeschlossen | cerrado | cerrada
        | finalizado
    """,
    StatusMeaning(Status.CLOSED, Outcome.NOT_UPHELD): """
        rejected | not upheld | unjustified | unfounded | denied | dismissed | closed not upheld | odbijeno
        | neosnovano | zavrnjeno | neutemeljeno | رد شده | отклонено | отказано | необоснованно |
        tinanggihan | abgelehnt | unbegründet | rechazado | desestimado | infundado
    """,
    StatusMeaning(Status.CLOSED, Outcome.WITHDRAWN): """
        withdrawn | cancelled | canceled | closed withdrawn | povučeno | otkazano | umaknjeno | preklicano |
        لغو شده | отозвано | отменено | binawi | zurückgezogen | storniert | retirado | cancelado
    """,
    StatusMeaning(Status.CLOSED, Outcome.DUPLICATE): """
        duplicate | closed duplicate | duplikat | dvojnik | تکراری | дубликат | doble | duplikado | dublette
        | doppelt | duplicado
    """,
}
_OUTCOME_WORDS: Words[OutcomeMeaning, str] = {
    OutcomeMeaning(Outcome.UNCONFIRMED): """
        unconfirmed | confirmed | closed | resolved | closed with explanation | closed with monetary relief
        | closed with non monetary relief
    """,
    OutcomeMeaning(justified=Justified.YES): """
        upheld | justified | founded | accepted | osnovano | opravdano | prihvaćeno | utemeljeno |
        upravičeno | وارد | обоснованно | удовлетворено | makatarungan | begründet | berechtigt | fundado |
        procedente | aceptado
    """,
    OutcomeMeaning(justified=Justified.PARTLY): """
        partly upheld | partially upheld | partly justified | djelomično osnovano | delno utemeljeno |
        частично обоснованно | частично удовлетворено | teilweise begründet | parcialmente procedente
    """,
    OutcomeMeaning(Outcome.NOT_UPHELD, Justified.NO): """
        not upheld | rejected | unjustified | unfounded | denied | dismissed | neosnovano | neopravdano |
        odbijeno | neutemeljeno | zavrnjeno | رد شده | необоснованно | отклонено | tinanggihan | unbegründet
        | abgelehnt | infundado | improcedente | rechazado
    """,
    OutcomeMeaning(Outcome.WITHDRAWN): """
        withdrawn | cancelled | canceled | povučeno | umaknjeno | отозвано | binawi | zurückgezogen |
        retirado
    """,
    OutcomeMeaning(Outcome.DUPLICATE): """
        duplicate | duplikat | dvojnik | تکراری | дубликат | dublette | duplicado
    """,
}
_CHANNEL_WORDS: Words[Channel, str] = {
    Channel.PHONE: """
        phone | telephone | call | phone call | inbound call | hotline | telefon | poziv | telefonski | klic
        | تلفن | تلفنی | телефон | звонок | по телефону | telepono | tawag | anruf | telefonisch | teléfono
        | llamada
    """,
    Channel.EMAIL: """
        email | e mail | mail | e pošta | eposta | elektronska pošta | ایمیل | почта электронная |
        электронная почта | correo electrónico | correo
    """,
    Channel.WEB: """
        web | online | mobile | website | web form | internet | app | mobile app | portal | web obrazac |
        spletni obrazec | splet | وب سایت | اینترنت | сайт | интернет | приложение | webformular | webseite
        | formulario web | página web
    """,
    Channel.LETTER: """
        letter | postal mail | post | postal | pismo | pošta | dopis | نامه | پست | письмо | почта | sulat |
        brief | per post | schriftlich | carta | correo postal
    """,
    Channel.SOCIAL: """
        social | social media | facebook | twitter | x | instagram | tiktok | whatsapp | društvene mreže |
        družbena omrežja | شبکه اجتماعی | соцсети | социальные сети | soziale medien | redes sociales
    """,
    Channel.IN_PERSON: """
        in person | walk in | walkin | branch | office | store | shop | counter | osobno | poslovnica |
        osebno | poslovalnica | حضوری | лично | офис | personal | persönlich | filiale | en persona |
        presencial | sucursal
    """,
    Channel.CHAT: """
        chat | live chat | web chat | webchat | messenger | چت | чат
    """,
    Channel.FAX: """
        fax | faks | فکس | факс | telefax
    """,
    Channel.OTHER: """
        other | unknown | unspecified | referral | n a | drugo | ostalo | سایر | другое | прочее | iba pa |
        sonstige | andere | otro | otros
    """,
}
_KIND_WORDS: Words[CaseKind, str] = {
    CaseKind.COMPLAINT: """
        complaint | prigovor | reklamacija | pritožba | شکایت | жалоба | reklamo | beschwerde | queja |
        reklamation
    """,
    CaseKind.CLAIM: """
        claim | odštetni zahtjev | zahtevek | ادعا | претензия | anspruch | reclamo | reclamación
    """,
    CaseKind.REQUEST: """
        request | enquiry | inquiry | question | service request | upit | zahtjev | vprašanje | prošnja |
        درخواست | запрос | вопрос | заявка | kahilingan | anfrage | solicitud | consulta
    """,
    CaseKind.SUGGESTION: """
        suggestion | idea | improvement | prijedlog | predlog | پیشنهاد | предложение | mungkahi | vorschlag
        | anregung | sugerencia
    """,
    CaseKind.COMPLIMENT: """
        compliment | thanks | thank you | praise | pohvala | zahvala | تقدیر | تشکر | благодарность |
        похвала | pasasalamat | papuri | lob | dank | agradecimiento | felicitación
    """,
}
_PRIORITY_WORDS: Words[Priority, str] = {
    Priority.LOW: """
        low | minor | 4 | p4 | nizak | nizko | nizka | کم | низкий | mababa | niedrig | baja | bajo
    """,
    Priority.NORMAL: """
        normal | medium | standard | 3 | p3 | srednji | srednja | normalno | متوسط | средний | обычный |
        katamtaman | mittel | media | medio
    """,
    Priority.HIGH: """
        high | major | important | 2 | p2 | visok | visoka | visoko | زیاد | высокий | mataas | hoch | alta
        | alto
    """,
    Priority.URGENT: """
        urgent | critical | emergency | immediate | 1 | p1 | hitno | nujno | فوری | срочно | срочный |
        apurahan | dringend | kritisch | urgente | crítica
    """,
}


_MOOD_WORDS: Words[Mood, str] = {
    Mood.SATISFIED: """
        satisfied | very satisfied | happy | very happy | pleased | positive | yes | zadovoljan | zadovoljna |
        zadovoljen | vrlo zadovoljan | zelo zadovoljen | راضی | خیلی راضی | доволен | довольна | nasiyahan |
        masaya | zufrieden | sehr zufrieden | satisfecho | satisfecha | muy satisfecho
    """,
    Mood.NEUTRAL: """
        neutral | ok | indifferent | mixed | neutralno | neutralan | nevtralno | niti niti | معمولی | خنثی |
        нейтрально | так себе | walang opinyon | teils teils | indiferente | regular
    """,
    Mood.ANGRY: """
        angry | still angry | dissatisfied | very dissatisfied | unsatisfied | unhappy | negative | no |
        nezadovoljan | nezadovoljna | nezadovoljen | ljut | ljuta | jezen | ناراضی | عصبانی | недоволен |
        недовольна | hindi nasiyahan | galit | unzufrieden | sehr unzufrieden | verärgert | insatisfecho |
        insatisfecha | enfadado
    """,
    Mood.NOT_REACHED: """
        not reached | no answer | no response | unreachable | nije dobiven | bez odgovora | ni dosegljiv |
        بی پاسخ | не дозвонились | нет ответа | hindi naabot | nicht erreicht | no localizado
    """,
}


def check_word(field: str, word: str) -> str:
    """One of our words for a field; raises Refusal where the field has no words or not this one."""
    known = [each.value for each in OUR_WORDS.get(field, ())]
    if word not in known:
        raise Refusal(f"{word!r} is no word for {field}; expected one of {', '.join(known) or 'none'}.", field)
    return word


def meaning_of(field: str, text: str) -> object | None:
    """What a word means in one of the fields of `OUR_WORDS`, None where nobody knows it."""
    tables: Words[str, Callable[[str], object | None]] = {
        "status": status_meaning,
        "outcome": outcome_meaning,
        "channel": channel_meaning,
        "kind": kind_meaning,
        "priority": priority_meaning,
        "mood": mood_meaning,
    }
    return tables[field](text)


def status_meaning(text: str) -> StatusMeaning | None:
    """What a status word means, None where nobody knows it."""
    return _statuses().get(normal_name(text))


def outcome_meaning(text: str) -> OutcomeMeaning | None:
    """What a word for the ending means, None where nobody knows it."""
    return _outcomes().get(normal_name(text))


def channel_meaning(text: str) -> Channel | None:
    """The channel a word names, None where nobody knows it."""
    return _channels().get(normal_name(text))


def kind_meaning(text: str) -> CaseKind | None:
    """The kind of contact a word names, None where nobody knows it."""
    return _kinds().get(normal_name(text))


def priority_meaning(text: str) -> Priority | None:
    """The priority a word names, None where nobody knows it."""
    return _priorities().get(normal_name(text))


def mood_meaning(text: str) -> Mood | None:
    """How a customer felt by a word, None where nobody knows it."""
    return _moods().get(normal_name(text))


def _by_word(table: Words[_Meaning, str]) -> Words[str, _Meaning]:
    return {normal_name(word): meaning for meaning, words in table.items() for word in words.split("|")}


@cache
def _statuses() -> Words[str, StatusMeaning]:
    return _by_word(_STATUS_WORDS)


@cache
def _outcomes() -> Words[str, OutcomeMeaning]:
    return _by_word(_OUTCOME_WORDS)


@cache
def _channels() -> Words[str, Channel]:
    return _by_word(_CHANNEL_WORDS)


@cache
def _kinds() -> Words[str, CaseKind]:
    return _by_word(_KIND_WORDS)


@cache
def _priorities() -> Words[str, Priority]:
    return _by_word(_PRIORITY_WORDS)


@cache
def _moods() -> Words[str, Mood]:
    return _by_word(_MOOD_WORDS)
