"""The small words that questions are made of, by language.

A question of three or four words is often half a name ("Vem är Tô Lâm?"), and letter statistics then tell the
language of the name. Words such as "vem" and "är" tell the language of the question. Only languages whose letters
are shared with others need them here.
"""

_LISTS = {
    "ar": "من ما هو هي ماذا متى أين كيف كم لماذا هل أي في على إلى عن هذا",
    "ca": "qui què quan on com quant quants quina quin per és són el els la les i amb",
    "cs": "kdo co kdy kde jak kolik proč který která které je jsou a v na se to",
    "da": "hvem hvad hvornår hvor hvordan hvorfor hvilken hvilket hvilke mange er og i på det den en et af til",
    "de": "wer was wann wo wie wieviel viele warum welche welcher welches ist sind war und in im der die das ein "
    "eine den dem von zu über",
    "en": "who what when where how many much why which is are was were did does do and in on of the a an to about "
    "for it has been with from that their",
    "es": "quién quiénes qué cuándo dónde cómo cuánto cuántos cuántas cuál por es son fue está están y en de el la los "
    "las un una del",
    "et": "kes mis millal kus kuidas mitu palju miks milline on ja oli see",
    "fa": "چه چرا کی کجا چند چیست کیست است را در از به این آیا کدام",
    "fi": "kuka mikä mitä milloin missä miten kuinka monta miksi on oli ja ei se",
    "fr": "qui que quoi quand où comment combien pourquoi quel quelle quels quelles est sont et en dans le la les "
    "un une du des de l d qu c au aux a été",
    "hi": "कौन क्या कब कहाँ कहां कैसे कितने कितना क्यों किसने किस है हैं का की के में ने पर से",
    "hr": "tko što kada gdje kako koliko zašto koji koja je su i u na",
    "hu": "ki mi mit mikor hol hogyan hány mennyi miért melyik és van volt a az egy",
    "id": "siapa apa kapan di mana bagaimana berapa mengapa yang adalah dan dari itu ini",
    "it": "chi che cosa quando dove come quanto quanti quante perché quale quali è sono e in di il lo la gli le un "
    "una del della",
    "mr": "कोण काय केव्हा कुठे कसे किती कोणी आहे आहेत मध्ये ने पासून",
    "nb": "hvem hva når hvor hvordan hvorfor hvilken hvilket hvilke mange er og i på det den en et av til",
    "nl": "wie wat wanneer waar hoe hoeveel veel waarom welke welk is zijn was en in van de het een op over",
    "pl": "kto co kiedy gdzie jak ile ilu dlaczego który która które jest są i w na się to",
    "pt": "quem que quê quando onde como quanto quantos quantas qual por é são foi está e em de o a os as um uma do da "
    "no na",
    "ro": "cine ce când unde cum cât câți câte de care este sunt și în la pe un o",
    "sk": "kto čo kedy kde ako koľko prečo ktorý ktorá ktoré je sú a v na sa to",
    "sl": "kdo kaj kdaj kje kako koliko zakaj kateri katera je so in v na",
    "sv": "vem vad när var hur många mycket varför vilken vilket vilka är och i på det den en ett av till om att inte",
    "tr": "kim ne zaman nerede nasıl kaç neden niçin hangi ve bir bu mi mı",
    "ur": "کون کیا کب کہاں کیسے کتنے کیوں ہے ہیں کا کی کے میں نے",
    "vi": "ai gì nào khi đâu sao bao nhiêu tại là ở có và của đã không còn thế những các trong cái",
}
SMALL_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _LISTS.items()}
"""ISO 639-1 code to question words, articles, prepositions and forms of "to be", in lower case."""
