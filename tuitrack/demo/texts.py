"""Invented customers and complaints in the languages of the desk."""

from __future__ import annotations

from tuitrack.domain.words import CaseKind
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of complaint, as customers of one language tell it."""

    language: str
    category: str
    product: str
    subject: str
    words: str
    wanted: str
    cause: str
    done: str
    prevent: str
    kind: CaseKind = CaseKind.COMPLAINT


PEOPLE: dict[str, tuple[tuple[str, ...], str]] = {
    "en": (
        ("Grace Okafor", "Oliver Barnes", "Amira Hale", "Thomas O'Brien", "Priya Mehta", "Ruth Sutherland"),
        "+44 20 7946 0###",
    ),
    "hr": (
        ("Marija Zorić", "Ivan Horvat", "Željka Kovačević", "Đurđa Šimunović", "Hrvoje Jurić", "Petar Đaković"),
        "091/###-####",
    ),
    "sl": (
        ("Mojca Novak", "Janez Kranjc", "Špela Zupančič", "Matjaž Črnigoj", "Nataša Žagar", "Andrej Hribar"),
        "+386 31 ### ###",
    ),
    "ru": (
        ("Анна Иванова", "Сергей Соколов", "Ольга Кузнецова", "Дмитрий Морозов", "Семён Фёдоров"),
        "8 495 ###-##-##",
    ),
    "fa": (("مریم احمدی", "علی کریمی", "زهرا رضایی", "رضا موسوی", "نیلوفر شریفی"), "+98 21 #### ####"),
    "fil": (
        ("Maria dela Cruz", "Jose Santos", "Liza Reyes", "Ramon Magsaysay", "Corazon Villanueva"),
        "0917 ### ####",
    ),
}
"""Full names, and the shape of a phone number (# is a digit), by language."""

COMPANIES = ("Bura Logistika d.o.o.", "Northgate Dental Ltd", "Pekarna Triglav d.d.", "ООО Северный склад")

TROUBLES = (
    Trouble(
        "en", "delivery delay", "washing machine", "Delivery missed twice",
        "I took two days off work and nobody came. The second time they did not even ring.",
        "a fixed two-hour slot and the delivery fee back", "supplier or carrier",
        "Delivered by our own van in an agreed slot; the delivery fee was refunded.",
        "Carrier must confirm the slot by phone the evening before",
    ),
    Trouble(
        "en", "billing or payment error", "broadband", "Charged for a router that was returned",
        "I sent the router back in March and I have the receipt. You still take 8 a month.",
        "the money back and a bill that is right", "system fault",
        "Returned router booked, five months refunded to the account.",
        "Returns desk books equipment on arrival, not at the weekly count",
    ),
    Trouble(
        "en", "staff conduct", "branch service", "Rude answer at the counter",
        "The gentleman told me to read the sign. I cannot read the sign, that is why I asked.",
        "an apology from the manager", "training",
        "Branch manager rang the customer and apologised; large-print guide handed out.",
        "Counter staff course on helping customers with poor sight",
    ),
    Trouble(
        "en", "product", "kettle", "Kettle leaks on first use",
        "Brand new and it leaks all over the worktop. It could have killed somebody.",
        "a new kettle that does not leak", "product fault",
        "Replacement sent by courier, faulty kettle collected for the maker.",
        "Batch checked with the maker; sale of the batch stopped",
    ),
    Trouble(
        "en", "other", "helpline", "Thanks for the patient engineer",
        "I just wanted to say that the young woman who came was wonderful.",
        "", "no fault found", "Thanks passed on to the engineer and her team.",
        "Note shared at the team meeting", CaseKind.COMPLIMENT,
    ),
    Trouble(
        "hr", "product or service problem", "internet", "Internet pada svaku večer",
        "Svaku večer oko osam nestane internet i vrati se tek iza deset. Zovem već treći put!",
        "da internet radi i umanjenje računa", "supplier or carrier",
        "Zamijenjen priključak u ormariću, veza mjerena tri večeri bez prekida.",
        "Pregled svih priključaka u istom ormariću",
    ),
    Trouble(
        "hr", "billing or payment error", "mobilna tarifa", "Naplaćen roaming u Hrvatskoj",
        "Bila sam cijelo vrijeme u Županji, a naplatili ste mi roaming iz Bosne.",
        "povrat 46,20 eura", "system fault",
        "Roaming storniran, iznos vraćen na račun.",
        "Upozorenje porukom prije naplate roaminga uz granicu",
    ),
    Trouble(
        "hr", "delivery delay", "namještaj", "Kauč kasni šest tjedana",
        "Obećali ste deset dana, prošlo je šest tjedana i nitko ne zna gdje je kauč.",
        "isporuka ovaj tjedan ili raskid i povrat", "information wrong or late",
        "Kauč isporučen, odobren popust od 15 %.",
        "Rok se kupcu javlja čim dobavljač promijeni datum",
    ),
    Trouble(
        "sl", "service quality", "servis vozil", "Avto po servisu ropota",
        "Pripeljala sem avto na redni servis, zdaj pa ropota huje kot prej.",
        "brezplačen ponoven pregled", "process not followed",
        "Zamenjana napačno nameščena zaščita, opravljena skupna vožnja s stranko.",
        "Preizkusna vožnja po vsakem servisu je obvezna",
    ),
    Trouble(
        "sl", "price", "zavarovanje", "Premija višja brez obvestila",
        "Premija se je dvignila za petino, obvestila pa nisem dobil.",
        "stara premija do konca leta", "communication",
        "Premija vrnjena na staro raven do izteka leta, obvestilo poslano pisno.",
        "Obvestila o zvišanju gredo po pošti, ne samo v aplikacijo",
    ),
    Trouble(
        "ru", "quantity or shortfall", "керамическая плитка", "Недовоз двух коробок плитки",
        "Заказали двадцать коробок, привезли восемнадцать, а в накладной стоит двадцать.",
        "довезти две коробки за ваш счёт", "process not followed",
        "Две коробки довезены, накладная исправлена.",
        "Пересчёт коробок при погрузке двумя людьми", CaseKind.CLAIM,
    ),
    Trouble(
        "ru", "quality of goods", "холодильник", "Холодильник шумит ночью",
        "Новый холодильник гудит так, что ночью невозможно спать.",
        "замена или мастер", "product fault",
        "Мастер заменил опоры компрессора, шум в норме.",
        "Проверка опор при приёмке партии",
    ),
    Trouble(
        "fa", "broken deadline", "تعمیر موبایل", "تعمیر گوشی سه هفته طول کشید",
        "گفتید سه روزه آماده می‌شود، سه هفته گذشته و هیچ‌کس زنگ نزده است.",
        "تحویل گوشی یا یک گوشی نو", "capacity",
        "گوشی تعمیر و با پیک تحویل شد و از مشتری عذرخواهی کردیم.",
        "زمان تعمیر فقط پس از بررسی انبار اعلام شود",
    ),
    Trouble(
        "fa", "service quality", "پشتیبانی تلفنی", "چهل دقیقه پشت خط",
        "چهل دقیقه منتظر ماندم و بعد تماس قطع شد.",
        "تماس از طرف شما", "capacity",
        "سرپرست با مشتری تماس گرفت و مشکل را همان روز حل کرد.",
        "امکان تماس بازگشتی پس از ده دقیقه انتظار",
    ),
    Trouble(
        "fil", "product or service problem", "prepaid load", "Nawala ang load",
        "Nag-load ako ng 300 kahapon, ngayong umaga wala na. Hindi ko naman ginamit.",
        "ibalik ang load", "system fault",
        "Naibalik ang load at pinatay ang hindi hininging subscription.",
        "Kumpirmasyon muna bago mag-umpisa ang anumang subscription",
    ),
    Trouble(
        "fil", "delivery delay", "rice cooker", "Hindi dumating ang order",
        "Sabi sa app delivered na pero wala akong natanggap. Sino ang pumirma?",
        "dumating ang order o refund", "supplier or carrier",
        "Nagpadala ng kapalit; nakita ang pirma sa maling bahay.",
        "Litrato ng pinto sa bawat paghahatid",
    ),
    Trouble(
        "en", "other", "mobile app", "Let me choose a call-back time",
        "Your app only offers to call in the morning. I work nights.",
        "a choice of times", "process missing or unclear",
        "Suggestion passed to the team that looks after the app; customer told.",
        "Evening call-backs offered in the app", CaseKind.SUGGESTION,
    ),
    Trouble(
        "hr", "privacy", "newsletter", "Odjavljen sam, a pošta i dalje stiže",
        "Odjavio sam se tri puta. Tko vam je dao pravo da mi i dalje pišete?",
        "brisanje adrese", "system fault",
        "Adresa izbrisana iz obje baze, potvrda poslana.",
        "Odjava briše adresu u svim sustavima istoga dana", CaseKind.REQUEST,
    ),
)  # fmt: skip
