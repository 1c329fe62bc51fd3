"""Dates as news pages write them, on lines of their own or inside a byline.

In English, and as papers write them in other languages: “3 février 2024”, “22. Januar 2024”,
“22.01.2024”, “3 de febrero de 2024”.
"""

from datetime import date
from typing import Final

import regex
from dateutil import parser

_MONTHS: Final = {  # in Dutch, French, German, Italian, Portuguese and Spanish, not as in English
    "january": "enero gennaio janeiro januar januari janvier jänner",
    "february": "febbraio febrero februar februari fevereiro février fevrier",
    "march": "maart mars março marzo märz",
    "april": "abril aprile avril",
    "may": "maggio maio mayo mai mei",
    "june": "giugno juin junho juni junio",
    "july": "juillet julho juli julio luglio",
    "august": "agosto augustus août aout",
    "september": "septembre septiembre setembro setiembre settembre",
    "october": "octobre octubre oktober ottobre outubro",
    "november": "novembre noviembre novembro",
    "december": "dezember dezembro dicembre diciembre décembre decembre",
}
_ENGLISH: Final = {name: month for month, names in _MONTHS.items() for name in names.split()}
_OTHER_MONTH = "|".join(_ENGLISH)
_OTHER_WEEKDAY = (
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:lune|marte|mercole|giove|vener)dì"
    r"|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)-feira"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_TIME = r"(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: \(?[A-Z]{2,4}\)?)?)?"
_CLOCK = r"\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?"
DATE = regex.compile(
    rf"(?<!\w)(?i:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)? {_MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:er|\.|º)? (?:de )?(?:{_OTHER_MONTH}) (?:de )?\d{{4}}"
    r"|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)"
)
_OTHER_DATE = regex.compile(
    rf"(?P<day>\d{{1,2}})(?:er|\.|º)? ?(?:de )?(?P<month>{_OTHER_MONTH}|\d{{1,2}})(?:\.| (?:de )?)"
    r"(?P<year>\d{4})",
    regex.IGNORECASE,
)
_LABEL = (
    r"(?:(?P<label>(?:first |originally |last )?(?:published|posted|updated|modified|created)"
    r"|date)(?: on| at)?:? )?"
)
_DATED_LINE = regex.compile(
    rf"{_LABEL}(?:{_CLOCK},? )?{_WEEKDAY}(?P<date>{DATE.pattern}){_TIME}\.?", regex.IGNORECASE
)
_OTHER_LINE = regex.compile(
    r"(?:(?P<published>publiée?|veröffentlicht|publicado|pubblicato|gepubliceerd)"
    r"|(?P<updated>mise? à jour|aktualisiert|stand|actualizado|aggiornato|atualizado|bijgewerkt))?"
    rf":? ?(?:(?:le|am|den|el|il|em|op) )?(?:{_OTHER_WEEKDAY},? (?:(?:le|den|el|il) )?)?"
    rf"(?P<date>{DATE.pattern})(?:,? (?:(?:à|um|a las|alle|às|om) )?\d{{1,2}}[:hH.]\d{{2}}"
    r"(?: (?:uhr|uur|h))?)?\.?",
    regex.IGNORECASE,
)


def is_dated_line(paragraph: str) -> bool:
    """Say whether the paragraph is a date and nothing else, “Updated March 16, 2018” included."""
    return any(line.fullmatch(paragraph) for line in (_DATED_LINE, _OTHER_LINE))


def label_of(paragraph: str) -> str:
    """Return a dated line's label, English and in lower case (“updated”); empty without one."""
    if match := _DATED_LINE.fullmatch(paragraph):
        return (match["label"] or "").lower()
    if match := _OTHER_LINE.fullmatch(paragraph):
        return "updated" if match["updated"] else "published" if match["published"] else ""
    return ""


def first_date(text: str) -> date | None:
    """Return the first whole date in the text; None where there is none that the calendar has."""
    for match in DATE.finditer(text):
        try:
            return _date_of(match[0])
        except (ValueError, OverflowError):
            continue
    return None


def _date_of(text: str) -> date:
    """Return the day that a text of DATE names; raise ValueError where there is no such day."""
    match = _OTHER_DATE.fullmatch(text)
    if match is None:
        return parser.parse(text).date()
    month = _ENGLISH.get(match["month"].lower(), match["month"])
    return parser.parse(f"{match['day']} {month} {match['year']}", dayfirst=True).date()
