"""Numbers however they are written: `1 969`, `1.969` and `1,969` are one number, `19,7` and `19.7` another."""

import regex

_MARKS = "[ .,'’]"
"""What may stand between groups of three digits, once every kind of space is a plain one."""

_GROUPED = rf"[1-9]\d{{0,2}}(?P<mark>{_MARKS})\d{{3}}(?:(?P=mark)\d{{3}})*(?:(?!(?P=mark))[.,]\d+)?"
_DECIMAL = r"\d+[.,]\d+"
_NUMBER = regex.compile(rf"(?<!\d)(?<!\d[.,])(?:(?P<grouped>{_GROUPED})|{_DECIMAL})(?![.,]?\d)")

_NOT_BEFORE = r"(?<!\d)(?<!\d[.,])"
_NOT_BEFORE_A_GROUP = r"(?<!(?<!\d)\d{1,3}[ '’])"
_NOT_AFTER = r"(?![.,]?\d)"
_NOT_AFTER_A_GROUP = r"(?![ '’]\d{3}(?!\d))"


def pattern(text: str) -> str:
    """A regular expression (of `regex`) for a text in which each number stands for all the ways to write it.

    What `1.969` means in a text that is searched depends on its language, 1969 or a little less than two. So only
    a number that is grouped in `text` is found in other groups or in none: 1969 does not find `1.969`.
    The outer digits are not part of a longer number: 11 is not found in 2011, `1.11`, `11,5` or `11 000`.
    """
    parts, at = [_before(text)], 0
    for index, number in enumerate(_NUMBER.finditer(text)):
        parts += [regex.escape(text[at : number.start()]), _forms(number, index)]
        at = number.end()
    return "".join([*parts, regex.escape(text[at:]), _after(text)])


def _forms(number: regex.Match[str], index: int) -> str:
    """All forms of one number, the groups of which are held apart by the same mark or by none."""
    groups = number[0].split(number["mark"]) if number["grouped"] else [number[0]]
    groups = [regex.sub("[.,]", "[.,]", group) for group in groups]
    first, rest = groups[0], groups[1:]
    if not rest:
        return first
    return f"{first}(?P<mark{index}>{_MARKS}?)" + f"(?P=mark{index})".join(rest)


def _before(text: str) -> str:
    if not text[:1].isdigit():
        return ""
    return _NOT_BEFORE + (_NOT_BEFORE_A_GROUP if regex.match(r"\d{3}(?!\d)", text) else "")


def _after(text: str) -> str:
    if not text[-1:].isdigit():
        return ""
    return _NOT_AFTER + (_NOT_AFTER_A_GROUP if regex.search(r"(?<!\d)\d{1,3}$", text) else "")
