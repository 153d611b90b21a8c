"""Articles whose every field tries to be more than text."""

from documents import Article

CALL = "http://evil.example"

ATTACKS = (
    "<script>window.ran = 1; alert(1)</script>",
    f'<img src="{CALL}/x" onerror="window.ran = 2">',
    '"><svg onload="window.ran = 3">',
    "'><body onpageshow='window.ran = 4'>",
    "</mark></div></article><h1 id=theirs>Theirs</h1>",
    "</textarea></title></style><iframe srcdoc='<script>parent.ran = 5</script>'></iframe>",
    f"![picture]({CALL}/y.png) [link](javascript:window.ran=6)",
    f'<a href="javascript:window.ran=7" target=_self>Open</a><link rel=stylesheet href="{CALL}/s.css">',
    "${window.ran = 8} {{constructor.constructor('window.ran = 9')()}} {% raw %} {{ 7 * 7 }} {# note",
    "`${alert(10)}` #{window.ran = 11} <%= window.ran = 12 %>",
    "\u202eexe.gpj\u202c \u2066isolated\u2069 \u200fright to left\u200e",
    f'<video><source onerror="window.ran = 13"></video><audio src="{CALL}/a.mp3" autoplay>',
    "&lt;script&gt;window.ran = 14&lt;/script&gt; &amp;amp; &#60;b&#62;",
    f'<meta http-equiv=refresh content="0; url={CALL}"><base href="{CALL}/">',
    f'<form action="{CALL}"><input autofocus onfocus="window.ran = 15"></form>',
    '" data-open-article="x" class="mark" onmouseover="window.ran = 16" x="',
    "--><!-- ]]> <![CDATA[ <?php echo 1 ?> <style>* { display: none !important }</style>",
    "<details open ontoggle='window.ran = 17'><summary>x</summary></details><dialog open>theirs</dialog>",
    f'<math><mtext><table><mglyph><style><img src="{CALL}/m" onerror="window.ran = 18">',
    "@children \\u003cscript\\u003ewindow.ran = 19\\u003c/script\\u003e \x1b[31mred\x07 <x-own is=x onclick=1>",
)


def hostile(number: int) -> Article:
    """One of `ATTACKS` in every field of an article."""
    attack = ATTACKS[number]
    return Article(
        id="",
        text=f"The river {number} rose. {attack} The bridge held.\n\n{attack}",
        title=f"{number} {attack}",
        source=attack,
        language="en",
        author=attack,
        rubric=attack,
        url="javascript:window.ran=20" if number % 2 else None,
        path=f"/press/{number}/{attack.replace('/', '∕')}.txt",
    )


ARTICLES = tuple(hostile(number) for number in range(len(ATTACKS)))

THEIRS = "#theirs, [onerror], [onload], [onclick], [onfocus], [onmouseover], [ontoggle], [srcdoc], [href^='javascript']"
"""What would be in a page that took any of it for markup."""
