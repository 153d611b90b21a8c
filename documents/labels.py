"""What stands around a story on a page, by its own words: lists of other articles, counters, buttons, captions.

Each entry is a whole line, in lower case, without marks and counters at its ends. An entry that could as well be a
line of a story is not in the lists.
"""

from enum import Enum, auto
from functools import cache

import regex


class Label(Enum):
    """What a line announces, or is."""

    RELATED = auto()
    COMMENTS = auto()
    BUTTON = auto()
    CAPTION = auto()


_RELATED = (
    # English, French, Swedish, Vietnamese, German
    "related|related articles|related stories|related news|related topics|related posts|related content|see also|"
    "read also|read more|read next|more stories|more news|more on this story|more on this topic|most read|"
    "most popular|you may also like|you might also like|recommended|recommended for you|recommended stories|"
    "latest news|same topic|same category|same author|in the same category|by the same author|in the same section|"
    "other news|trending|voir plus|voir aussi|lire aussi|à lire aussi|a lire aussi|à lire également|sur le même sujet|"
    "même sujet|même catégorie|même auteur|dans la même rubrique|du même auteur|articles liés|articles similaires|"
    "articles connexes|autres articles|autres actualités|les plus lus|les plus récents|à découvrir|"
    "nos autres articles|samma ämne|samma kategori|i samma kategori|av samma författare|samma författare|läs mer|"
    "läs också|läs även|relaterat|relaterade artiklar|liknande artiklar|mest läst|mest lästa|fler artiklar|"
    "fler nyheter|mer om ämnet|xem thêm|tin liên quan|bài liên quan|bài viết liên quan|tin cùng chuyên mục|"
    "cùng chuyên mục|cùng chủ đề|cùng tác giả|tin khác|các tin khác|tin mới nhất|đọc nhiều|có thể bạn quan tâm|"
    "đọc thêm|lesen sie auch|lesen sie mehr|mehr zum thema|weitere artikel|weitere nachrichten|ähnliche artikel|"
    "auch interessant|meistgelesen|das könnte sie auch interessieren|zum thema|"
    # Danish, Norwegian, Dutch, Finnish
    "læs også|læs mere|relaterede artikler|mest læste|les også|les mer|relaterte artikler|flere nyheter|mest lest|"
    "lees ook|lees meer|meer over dit onderwerp|gerelateerde artikelen|meest gelezen|lue myös|lue lisää|luetuimmat|"
    # Spanish, Portuguese, Italian, Catalan, Romanian
    "lea también|lee también|leer más|ver más|noticias relacionadas|artículos relacionados|más noticias|lo más leído|"
    "más leídas|te puede interesar|le puede interesar|leia também|leia mais|veja também|veja mais|"
    "notícias relacionadas|artigos relacionados|mais lidas|leggi anche|leggi di più|articoli correlati|"
    "notizie correlate|potrebbe interessarti|i più letti|notícies relacionades|citește și|articole similare|"
    "cele mai citite|"
    # Polish, Czech, Slovak, Hungarian, Croatian, Turkish, Greek, Indonesian
    "czytaj także|czytaj też|zobacz także|zobacz też|przeczytaj także|powiązane artykuły|najczęściej czytane|"
    "čtěte také|související články|nejčtenější|čítajte aj|súvisiace články|kapcsolódó cikkek|olvasta már|"
    "pročitajte i|povezani članci|ilgili haberler|bunlar da ilginizi çekebilir|en çok okunanlar|διαβάστε επίσης|"
    "σχετικά άρθρα|baca juga|berita terkait|artikel terkait|terpopuler|"
    # Russian, Ukrainian, Bulgarian, Arabic, Persian, Hebrew, Hindi
    "читайте также|по теме|похожие статьи|материалы по теме|самое читаемое|другие новости|читайте також|"
    "новини за темою|схожі статті|прочетете още|свързани статии|اقرأ أيضا|اقرأ أيضًا|أخبار ذات صلة|مقالات ذات صلة|"
    "مواضيع ذات صلة|الأكثر قراءة|مطالب مرتبط|بیشتر بخوانید|קראו גם|כתבות נוספות|यह भी पढ़ें|ये भी पढ़ें|संबंधित खबरें|"
    # Chinese, Japanese, Korean, Thai
    "相关新闻|相关阅读|相关文章|相關新聞|延伸閱讀|延伸阅读|推荐阅读|热门文章|関連記事|関連ニュース|あわせて読みたい|おすすめ記事|"
    "人気記事|관련기사|관련 기사|관련 뉴스|많이 본 뉴스|추천 기사|ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม"
)
_COMMENTS = (
    "comment|comments|leave a comment|post a comment|reader comments|commentaire|commentaires|laisser un commentaire|"
    "vos commentaires|kommentar|kommentarer|lämna en kommentar|kommentare|bình luận|ý kiến|ý kiến bạn đọc|reacties|"
    "comentario|comentarios|comentário|comentários|commenti|komentarze|komentáře|komentarai|kommentit|yorumlar|"
    "komentar|комментарии|коментарі|коментари|σχόλια|التعليقات|تعليقات|تعليق|نظرات|评论|評論|网友评论|コメント|댓글|ความคิดเห็น|"
    "टिप्पणियाँ"
)
_BUTTONS = (
    "no data|no comments|no comments yet|aucun commentaire|inga kommentarer|chưa có bình luận|share|share this|"
    "share this article|share on facebook|share on twitter|share on x|share on whatsapp|tweet|facebook|twitter|"
    "whatsapp|telegram|linkedin|pinterest|reddit|zalo|messenger|instagram|copy link|print|email|e-mail|save|listen|"
    "partager|partager l'article|partager sur facebook|imprimer|envoyer par e-mail|copier le lien|écouter|s'abonner|"
    "abonnez-vous|dela|dela artikel|dela artikeln|skriv ut|lyssna|kopiera länk|prenumerera|chia sẻ|sao chép liên kết|"
    "in bài viết|teilen|drucken|merken|artikel teilen|anhören|del|del artikel|compartir|imprimir|guardar|compartilhar|"
    "condividi|stampa|delen|jaa|udostępnij|drukuj|sdílet|paylaş|поделиться|поділитися|مشاركة|شارك|طباعة|分享|打印|シェア|印刷|"
    "공유|advertisement|advertising|sponsored|publicité|annons|anzeige|werbung|quảng cáo|publicidad|publicidade|"
    "pubblicità|reklama|реклама|إعلان|广告|広告|광고|subscribe|sign up|newsletter|subscribe to our newsletter|"
    "sign up for our newsletter|inscrivez-vous à notre newsletter|prenumerera på vårt nyhetsbrev|log in|sign in|"
    "se connecter|logga in|đăng nhập|back to top|haut de page|retour en haut|till toppen"
)
_CAPTIONS = "légende de la photo|légende|photo caption|caption|image caption|bildtext|chú thích ảnh|bildunterschrift"

# A bullet is not among them: an item of a list may well be named Facebook.
_ENDS = regex.compile(r"^(?:[\s#_>»|▶►→▪]|\*\*)+|[\s#*_>»•·|▶►→▪:：….–—-]+$")
_COUNTER = regex.compile(r"\s*[(\[]?\s*\d[\d.,\s]*[)\]]?\s*$|^\s*[(\[]?\d[\d.,]*[)\]]?\s+(?=\p{L})")
_LONGEST = 60  # characters
_PROMISE = regex.compile(r"(?P<label>[^::]{3,40}?)\s*[::]\s*(?=\S)")


def label_of(line: str) -> Label | None:
    """What a whole line announces; None for a line that may belong to a story."""
    if len(line) > _LONGEST:
        return None
    words = _ENDS.sub("", line.casefold().replace("’", "'"))
    found = _known().get(words)
    if found is Label.COMMENTS:  # "Commentary" heads an opinion; with a counter it is the foot of a page
        return found if " " in words else None
    if found is None and (bare := _ENDS.sub("", _COUNTER.sub("", words))) != words:
        counted = _known().get(bare)
        return counted if counted in (Label.COMMENTS, Label.BUTTON) else None
    return found


def promised(line: str) -> int | None:
    """Where the other article's headline begins, in a line such as "Read also: A bridge opens in Lyon"."""
    match = _PROMISE.match(line)
    if match is None or label_of(match["label"]) is not Label.RELATED:
        return None
    return match.end()


@cache
def _known() -> dict[str, Label]:
    lists = (
        (_RELATED, Label.RELATED),
        (_COMMENTS, Label.COMMENTS),
        (_BUTTONS, Label.BUTTON),
        (_CAPTIONS, Label.CAPTION),
    )
    return {entry: label for entries, label in lists for entry in entries.split("|")}
