"""What columns of other people's registers are called, by the field they mean.

English, Croatian, Slovenian, Persian, Russian, Filipino, German and Spanish; parted by bars, compared folded.
"""

from __future__ import annotations

COLUMN_NAMES = {
    "foreign_id": """
        complaint id | unique key | id | case id | case number | case no | complaint number | complaint no |
        ticket | ticket id | ticket number | reference | reference number | ref | ref no | number | no | nr
        | record number | service request number | sr number | broj | broj prigovora | broj reklamacije |
        broj predmeta | redni broj | rbr | urbroj | številka | številka pritožbe | številka zadeve | zap št
        | št | شماره | شماره شکایت | شماره پرونده | کد پیگیری | ردیف | номер | номер жалобы | номер
        обращения | номер заявки | № | bilang | numero ng reklamo | nummer | beschwerdenummer |
        vorgangsnummer | fallnummer | lfd nr | aktenzeichen | número | número de reclamo | número de queja |
        número de caso | folio
    """,
    "received_at": """
        date received | received | received at | received on | received date | date of receipt | created |
        created at | created date | created on | creation date | date created | date opened | opened |
        opened at | open date | date | complaint date | date of complaint | reported | reported on | date
        reported | logged | logged on | submitted | submitted on | date submitted | timestamp | entry date |
        registered on | datum | datum zaprimanja | zaprimljeno | primljeno | datum primitka | datum prijave
        | datum prigovora | datum prejema | prejeto | datum vnosa | datum pritožbe | تاریخ | تاریخ دریافت |
        تاریخ ثبت | تاریخ شکایت | дата | дата получения | дата поступления | дата обращения | дата жалобы |
        дата регистрации | дата создания | поступило | petsa | petsa ng pagtanggap | petsa ng reklamo |
        natanggap | eingang | eingangsdatum | eingegangen | eingegangen am | erfasst am | erstellt am |
        fecha | fecha de recepción | fecha de recibo | recibido | fecha de queja | fecha de reclamo | fecha
        de creación | fecha de alta | answered on | answered at | survey date | response date | datum odgovora |
        datum ankete | تاریخ پاسخ | дата ответа | petsa ng sagot | antwortdatum | beantwortet am | fecha de
        respuesta
    """,
    "received_time": """
        time | time received | received time | created time | time of call | hour | vrijeme | vrijeme
        zaprimanja | sat | čas | ura | čas prejema | ساعت | زمان | время | время поступления | oras |
        uhrzeit | zeit | eingangszeit | hora | hora de recepción
    """,
    "occurred_on": """
        date occurred | occurred | occurred on | incident date | date of incident | event date | date of
        event | datum događaja | datum dogodka | تاریخ وقوع | дата события | дата происшествия | petsa ng
        pangyayari | ereignisdatum | vorfallsdatum | fecha del incidente | fecha del hecho
    """,
    "closed_at": """
        closed | closed at | closed on | closed date | date closed | closing date | close date | completed |
        completed on | completion date | date completed | finished | datum zatvaranja | zatvoreno |
        zaključeno | datum zaključenja | zaprto | datum zaprtja | datum zaključka | تاریخ بسته شدن | تاریخ
        خاتمه | дата закрытия | закрыто | завершено | petsa ng pagsara | isinara | abgeschlossen |
        abgeschlossen am | abschlussdatum | geschlossen am | erledigt am | fecha de cierre | cerrado
    """,
    "company_resolved_on": """
        resolved | resolved on | resolved at | resolved date | date resolved | resolution date | date of
        resolution | solved on | company resolved on | datum rješenja | riješeno | datum rješavanja | datum
        rešitve | rešeno | تاریخ حل | تاریخ رسیدگی | дата решения | решено | petsa ng resolusyon | nalutas |
        gelöst am | lösungsdatum | fecha de resolución | resuelto | fecha de solución
    """,
    "customer_confirmed_on": """
        customer confirmed | customer confirmed on | confirmed on | confirmed by customer | confirmation
        date | customer confirmation | customer confirmation date | datum potvrde | kupac potvrdio | potvrda
        kupca | datum potrditve | stranka potrdila | تاریخ تایید مشتری | дата подтверждения | клиент
        подтвердил | petsa ng kumpirmasyon | bestätigt am | vom kunden bestätigt am | fecha de confirmación
        | confirmado por el cliente
    """,
    "resolve_by": """
        due | due date | due by | due on | deadline | target date | resolve by | sla | sla due | respond by
        | rok | rok rješavanja | rok za odgovor | rok rešitve | مهلت | موعد | срок | срок исполнения |
        дедлайн | takdang petsa | fällig | fällig am | frist | fälligkeit | vencimiento | fecha límite |
        plazo
    """,
    "subject": """
        subject | title | summary | headline | short description | complaint summary | topic | predmet |
        naslov | tema | sažetak | zadeva | povzetek | موضوع | عنوان | тема | заголовок | предмет | paksa |
        pamagat | betreff | titel | thema | kurzbeschreibung | asunto | título | tema de la queja | resumen
    """,
    "details": """
        details | description | complaint description | complaint details | complaint | complaint text |
        nature of complaint | problem | problem description | notes | note | comments | comment | remarks |
        opis | opis prigovora | opis problema | napomena | napomene | bilješke | prigovor | reklamacija |
        opis pritožbe | opomba | opombe | pritožba | شرح | شرح شکایت | توضیحات | شکایت | описание | суть
        жалобы | содержание | примечание | комментарий | жалоба | detalye | paglalarawan | reklamo | mga
        tala | beschreibung | beschwerde | beschwerdetext | bemerkung | anmerkung | notizen | descripción |
        detalle | detalles | queja | reclamo | observaciones | comentarios
    """,
    "words": """
        consumer complaint narrative | complaint narrative | narrative | customer words | customers words |
        customer statement | verbatim | in the customers words | riječi kupca | izjava kupca | besede
        stranke | izjava stranke | گفته مشتری | اظهارات مشتری | слова клиента | слова заявителя | salita ng
        customer | pahayag ng customer | worte des kunden | kundenaussage | wortlaut | palabras del cliente
        | declaración del cliente
    """,
    "customer_name": """
        customer | customer name | client | client name | consumer | complainant | complainant name | name |
        full name | caller | caller name | reporter | contact name | kupac | ime | ime i prezime | ime kupca
        | stranka | podnositelj | korisnik | naručitelj | ime in priimek | ime stranke | kupec | pritožnik |
        مشتری | نام | نام مشتری | نام و نام خانوادگی | شاکی | клиент | имя | фио | имя клиента | заявитель |
        ф и о | покупатель | pangalan | pangalan ng customer | nagrereklamo | kunde | kundenname | name des
        kunden | beschwerdeführer | cliente | nombre | nombre del cliente | nombre y apellidos | reclamante
    """,
    "account": """
        account | account number | account no | customer number | customer no | customer id | client number
        | client id | contract | contract number | policy number | membership number | broj kupca | broj
        računa | broj ugovora | šifra kupca | korisnički broj | številka stranke | številka računa |
        številka pogodbe | شماره حساب | شماره مشتری | شماره اشتراک | номер счета | номер счёта | номер
        клиента | номер договора | лицевой счет | account numero | numero ng account | kundennummer | kunden
        nr | kontonummer | vertragsnummer | número de cuenta | número de cliente | cuenta | número de
        contrato
    """,
    "phone": """
        phone | phone number | telephone | tel | tel no | mobile | mobile number | cell | cell phone |
        contact number | customer phone | callback number | telefon | broj telefona | mobitel | mob |
        kontakt telefon | telefonska številka | mobilni telefon | gsm | تلفن | شماره تلفن | موبایل | شماره
        تماس | телефон | номер телефона | мобильный | мобильный телефон | telepono | numero ng telepono |
        selpon | telefonnummer | rufnummer | handy | mobiltelefon | teléfono | número de teléfono | móvil |
        celular
    """,
    "email": """
        email | e mail | email address | e mail address | mail | customer email | e pošta | eposta | adresa
        e pošte | email adresa | elektronska pošta | e poštni naslov | ایمیل | پست الکترونیک | почта |
        электронная почта | эл почта | адрес электронной почты | mail adresse | e mail adresse | correo |
        correo electrónico | dirección de correo
    """,
    "address": """
        address | street address | customer address | incident address | postal address | home address |
        street | adresa | ulica | adresa kupca | naslov stranke | naslov bivališča | آدرس | نشانی | адрес |
        улица | tirahan | adres | adresse | anschrift | straße | dirección | domicilio | calle
    """,
    "category": """
        category | complaint type | complaint category | type of complaint | issue | issue type | reason |
        reason for complaint | kategorija | vrsta prigovora | razlog | razlog prigovora | tip prigovora |
        vrsta pritožbe | vrsta reklamacije | razlog pritožbe | دسته | دسته بندی | نوع شکایت | категория |
        вид жалобы | тип жалобы | причина | kategorya | uri ng reklamo | kategorie | beschwerdeart | art der
        beschwerde | grund | beschwerdegrund | categoría | tipo de queja | tipo de reclamo | motivo
    """,
    "sub_category": """
        sub category | subcategory | sub issue | subissue | descriptor | complaint subtype | sub type |
        subtype | potkategorija | podkategorija | podvrsta | زیر دسته | подкатегория | подтип | sub
        kategorya | unterkategorie | unterart | subcategoría | subtipo | submotivo
    """,
    "product": """
        product | product name | service | product or service | product service | item | artikal | proizvod
        | usluga | artikl | izdelek | storitev | proizvod ili usluga | محصول | کالا | خدمت | товар | продукт
        | услуга | produkto | serbisyo | produkt | artikel | ware | dienstleistung | producto | servicio |
        artículo
    """,
    "company": """
        company | company name | firm | business | organisation | organization | tvrtka | poduzeće |
        podjetje | شرکت | компания | организация | фирма | kumpanya | firma | unternehmen | empresa |
        compañía
    """,
    "kind": """
        kind | contact type | case type | request type | record type | type | vrsta | vrsta kontakta | tip |
        vrsta stika | نوع | вид обращения | тип обращения | тип | uri | art | vorgangsart | tipo | tipo de
        contacto | tipo de caso
    """,
    "channel": """
        channel | submitted via | received via | source | contact method | method | via | how received |
        open data channel type | channel type | intake channel | origin | case origin | kanal | način
        prijave | način zaprimanja | izvor | način prejema | vir | کانال | نحوه دریافت | روش تماس | канал |
        источник | способ обращения | paraan | kanal ng pagtanggap | eingangskanal | eingangsweg | quelle |
        kontaktweg | canal | medio | vía | origen
    """,
    "status": """
        status | state of case | case status | complaint status | company response to consumer | stage |
        current status | ticket status | stanje | status prigovora | status pritožbe | stanje zadeve | وضعیت
        | статус | состояние | katayuan | estado | zustand | bearbeitungsstand | estatus | situación
    """,
    "outcome": """
        outcome | decision | final outcome | result | complaint outcome | verdict | ishod | odluka |
        odločitev | izid | نتیجه | تصمیم | результат | исход | kinalabasan | resulta | ergebnis |
        entscheidung | resultado | decisión
    """,
    "resolution": """
        resolution | resolution description | resolution details | resolution notes | action taken | actions
        taken | response | answer | solution | outcome description | what was done | rješenje | poduzeto |
        poduzete mjere | odgovor | rešitev | ukrepi | اقدام | اقدام انجام شده | راه حل | پاسخ | решение |
        принятые меры | ответ | что сделано | resolusyon | aksyon | tugon | solusyon | lösung | maßnahme |
        maßnahmen | antwort | resolución | solución | respuesta | acción tomada
    """,
    "owner": """
        owner | assigned to | assignee | agent | handler | handled by | responsible | case owner |
        responsible person | case worker | zaduženi | zadužena osoba | odgovorna osoba | agent zadužen |
        referent | skrbnik | odgovorni | مسئول | کارشناس | پیگیری کننده | ответственный | исполнитель |
        сотрудник | may hawak | nakatalaga | bearbeiter | sachbearbeiter | zuständig | verantwortlich |
        responsable | asignado a | agente | encargado
    """,
    "received_by": """
        received by | taken by | logged by | created by | entered by | recorded by | opened by | zaprimio |
        zaprimila | primio | unio | prejel | vnesel | دریافت کننده | ثبت کننده | принял | принято |
        зарегистрировал | tinanggap ni | aufgenommen von | erfasst von | angenommen von | recibido por |
        atendido por | registrado por
    """,
    "remedy_wanted": """
        remedy wanted | remedy | desired outcome | desired resolution | customer wants | requested remedy |
        fair resolution | expected solution | zahtjev kupca | traženo rješenje | očekivano rješenje |
        zahteva stranke | želena rešitev | خواسته مشتری | درخواست | требование | требования клиента |
        желаемое решение | hiling | gusto ng customer | gewünschte lösung | forderung | solución deseada |
        pretensión | petición
    """,
    "amount_asked": """
        amount | amount asked | amount claimed | claim amount | claimed amount | disputed amount | value |
        iznos | traženi iznos | vrijednost | znesek | zahtevani znesek | مبلغ | сумма | сумма требования |
        halaga | betrag | forderungsbetrag | schadenshöhe | importe | monto | monto reclamado | cantidad
    """,
    "priority": """
        priority | urgency | severity | importance | prioritet | hitnost | prioriteta | nujnost | اولویت |
        приоритет | срочность | prayoridad | priorität | dringlichkeit | prioridad | urgencia
    """,
    "tags": """
        tags | tag | labels | label | keywords | oznake | oznaka | ključne riječi | ključne besede | برچسب |
        برچسب ها | метки | теги | mga tag | schlagworte | stichworte | etiquetas | palabras clave
    """,
    "department": """
        department | dept | unit | team | division | branch | odjel | podružnica | tim | oddelek | enota |
        بخش | واحد | отдел | подразделение | kagawaran | departamento | sangay | abteilung | filiale |
        sucursal | área
    """,
    "reference": """
        our reference | your reference | our case number | complaint desk reference | naša oznaka | naš broj |
        broj našeg predmeta | naša številka | شماره پرونده ما | شماره پیگیری ما | наш номер | номер нашего
        обращения | aming reference | unser zeichen | unsere vorgangsnummer | nuestra referencia
    """,
    "mood": """
        mood | satisfaction | satisfied | how satisfied | customer mood | feeling | sentiment | raspoloženje |
        zadovoljstvo | zadovoljan | počutje | zadovoljstvo stranke | رضایت | میزان رضایت | настроение |
        удовлетворенность | доволен | kasiyahan | damdamin | zufriedenheit | stimmung | satisfacción |
        estado de ánimo
    """,
    "score": """
        score | satisfaction score | csat | csat score | rating | nps | nps score | stars | ocjena | ocjena
        zadovoljstva | ocena | ocena zadovoljstva | امتیاز | نمره | оценка | балл | marka | puntos |
        bewertung | note der zufriedenheit | puntuación | valoración | calificación
    """,
}
