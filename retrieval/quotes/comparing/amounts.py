"""What numbers say, in figures or in words: “four hundred” is “400”, “5.5 million” “5,500,000”."""

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_SCALES: Final = {
    "hundred": _HUNDRED,
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
    "trillion": Decimal(1_000_000_000_000),
}


def amounts_in(numbers: Iterable[tuple[int, str]]) -> list[str]:
    """Return what the numbers of a text come to, each as it is told from the others.

    ``numbers`` are the places of its words and their values: “4”, or “hundred”. Those that stand
    side by side are one number where they are read as one.
    """
    return [_told(one) for one in _runs(numbers)]


def _runs(numbers: Iterable[tuple[int, str]]) -> Iterator[Decimal | str]:
    """Yield the numbers that words which stand side by side are read as."""
    whole = part = Decimal(0)
    is_open = False
    last = -2
    for at, value in numbers:
        number = _SCALES.get(value) or _decimal(value)
        goes_on = is_open and at == last + 1 and isinstance(number, Decimal)
        if goes_on and isinstance(number, Decimal) and value in _SCALES:
            whole, part = _scaled(whole, part, number)
        elif goes_on and isinstance(number, Decimal) and _adds(whole, part, number):
            part += number
        else:
            if is_open:
                yield whole + part
            is_open = isinstance(number, Decimal)
            if not isinstance(number, Decimal):
                yield number
            whole, part = Decimal(0), number if isinstance(number, Decimal) else Decimal(0)
        last = at
    if is_open:
        yield whole + part


def _scaled(whole: Decimal, part: Decimal, scale: Decimal) -> tuple[Decimal, Decimal]:
    """Return “four” and “hundred” as 400, and “2,000 and six” and “hundred” as 2,600."""
    size = (part or Decimal(1)) * scale
    return (whole, size) if scale == _HUNDRED else (whole + size, Decimal(0))


def _adds(whole: Decimal, part: Decimal, number: Decimal) -> bool:
    """Say whether a number goes on with the one before it: “forty one”, “two thousand six”."""
    if not part:
        return whole > 0 and number < _HUNDRED
    digits = _TEN if number < _TEN else _HUNDRED
    return number < _HUNDRED and part > digits and part % digits == 0


def _decimal(value: str) -> Decimal | str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value


def _told(number: Decimal | str) -> str:
    return number if isinstance(number, str) else f"{number.normalize():f}"
