"""The sign that divides decimals in the language of a bank: where it is a comma, typed numbers are read so."""

from __future__ import annotations

import dataclasses

from quizlib.model import Gap, InlineChoice, Item, TextEntry

# After Unicode's CLDR 45, for numbers in Latin digits.
_LANGUAGES = """
    af ast az be bg br bs ca cs da de dsb el eo es et eu fi fo fr fy gl hr hsb hu hy ia id is it jv ka kk kl ky lb lo lt
    lv mk nb nl nn no pl ps pt ro ru sc se sk sl sq sr su sv tg tk tr tt uk uz vi wo
"""
_WITH_A_POINT = """
    de-CH de-LI es-419 es-BR es-BZ es-CU es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US it-CH
"""
_WITH_A_COMMA = "ar-DZ ar-LB ar-LY ar-MA ar-MR ar-TN en-ZA ms-BN ms-ID"


def has_decimal_comma(language: str) -> bool:
    """Whether a language tag, such as `de` or `pt-BR`, stands for one that divides decimals with a comma."""
    name, *more = language.replace("_", "-").split("-")
    region = next((part.upper() for part in more if len(part) in (2, 3) and part.isalnum()), "")
    place = f"{name.lower()}-{region}"
    return place in _WITH_A_COMMA.split() or (name.lower() in _LANGUAGES.split() and place not in _WITH_A_POINT.split())


def localized(items: tuple[Item, ...], language: str) -> tuple[Item, ...]:
    """Return items whose numbers are typed as the language writes them."""
    return tuple(map(_with_comma, items)) if has_decimal_comma(language) else items


def _with_comma(item: Item) -> Item:
    match item.interaction:
        case TextEntry(base_type="number") as entry:
            return dataclasses.replace(item, interaction=dataclasses.replace(entry, decimal_comma=True))
        case InlineChoice(gaps=gaps) as cloze:
            return dataclasses.replace(item, interaction=dataclasses.replace(cloze, gaps=tuple(map(_gap, gaps))))
        case _:
            return item


def _gap(gap: Gap) -> Gap:
    match gap.interaction:
        case TextEntry(base_type="number") as entry:
            return dataclasses.replace(gap, interaction=dataclasses.replace(entry, decimal_comma=True))
        case _:
            return gap
