"""Lines that speak of a picture: its text, its credit, the name that a page gives it."""

import regex

_PICTURE = (
    r"photos?|fotos?|photograph(?:y|er)?|fotografía|fotograf|fotografie|image|images|bild|bilder|picture|illustration|"
    r"ảnh|hình|hình ảnh|crédits?(?: photo)?|(?:photo )?credits?|foto kredit|kuva|zdjęcie|fot|фото|写真|照片|图片|图|圖|"
    r"사진|صورة|ภาพ|φωτογραφία|fotó"
)
# A full stop is part of a name behind an initial and within "site.example".
_WHO = r"(?:[^.!?。]|(?<=\b\p{L})\.|\.(?=\p{L}))"
_CREDIT_AT_END = regex.compile(
    rf"(?:^|[\s.,;(（])(?P<credit>(?:{_PICTURE})\s?(?:[:：/©]|by\s)\s*{_WHO}{{1,80}}\.?[)）]?|"
    r"[(（](?:AP |EPA |AFP )?Photo(?:\s?[:/]|\sby\s)[^)）]{1,80}[)）]\.?|©\s?(?!\d|Copyright)[^.!?\d]{1,60})\s*$",
    regex.IGNORECASE,
)
_SIGNS = (":", "：", "/", "©", "by ")  # without one of these near its end a line has no credit; found much sooner
_TAIL = 160  # characters; a credit is no longer
_NAMED = regex.compile(rf".{{0,300}}[-–—]\s*(?:{_PICTURE})\s*\d{{1,3}}\.?\s*$", regex.IGNORECASE)
_LONGEST = 500  # characters


def is_caption(line: str) -> bool:
    """Whether a line ends with who made the picture that it speaks of."""
    tail = line[-_TAIL:].lower()
    if len(line) > _LONGEST or not any(sign in tail for sign in _SIGNS):
        return False
    return _CREDIT_AT_END.search(line) is not None


def is_picture_name(line: str) -> bool:
    """Whether a line is what a page shows in place of a picture: "A bridge opens - Image 2."."""
    return len(line) <= _LONGEST and _NAMED.match(line) is not None


def is_credit(line: str) -> bool:
    """Whether a line says who made a picture and nothing of what it shows."""
    match = _CREDIT_AT_END.search(line) if len(line) <= _LONGEST else None
    return match is not None and not line[: match.start("credit")].strip()
