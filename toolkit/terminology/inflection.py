"""The forms in which an English term may stand in a text.

A glossary lists `website platform` and `remove from app stores`; texts have *website
platforms* and *removed from app stores*. Number, tense and US or UK spelling are
generated here, generously: a form that no writer uses is never met and costs nothing.
Regular English only, and the irregular verbs that official reports use.
"""

import re
from functools import lru_cache

_IRREGULAR = {
    "be": "is are was were been being",
    "break": "breaks broke broken breaking",
    "bring": "brings brought bringing",
    "build": "builds built building",
    "catch": "catches caught catching",
    "choose": "chooses chose chosen choosing",
    "deal": "deals dealt dealing",
    "draw": "draws drew drawn drawing",
    "drive": "drives drove driven driving",
    "do": "does did done doing",
    "find": "finds found finding",
    "forget": "forgets forgot forgotten forgetting",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "hold": "holds held holding",
    "keep": "keeps kept keeping",
    "lead": "leads led leading",
    "make": "makes made making",
    "pay": "pays paid paying",
    "put": "puts putting",
    "sell": "sells sold selling",
    "send": "sends sent sending",
    "set": "sets setting",
    "shut": "shuts shutting",
    "speak": "speaks spoke spoken speaking",
    "spread": "spreads spreading",
    "strike": "strikes struck striking",
    "sweep": "sweeps swept sweeping",
    "take": "takes took taken taking",
    "tell": "tells told telling",
    "agree": "agrees agreed agreeing",
    "fight": "fights fought fighting",
    "hang": "hangs hung hanged hanging",
    "have": "has had having",
    "leave": "leaves left leaving",
    "lose": "loses lost losing",
    "oversee": "oversees oversaw overseen overseeing",
    "ride": "rides rode ridden riding",
    "run": "runs ran running",
    "say": "says said saying",
    "see": "sees saw seen seeing",
    "seek": "seeks sought seeking",
    "sing": "sings sang sung singing",
    "stand": "stands stood standing",
    "steal": "steals stole stolen stealing",
    "stick": "sticks stuck sticking",
    "teach": "teaches taught teaching",
    "think": "thinks thought thinking",
    "uphold": "upholds upheld upholding",
    "win": "wins won winning",
    "write": "writes wrote written writing",
}
_DOUBLING = re.compile(
    "(?:ban|bar|bet|chat|clap|control|cut|deter|drag|drop|equip|fit|flag|grab|hit|jam|log"
    "|map|mat|nod|patrol|permit|plan|plug|ram|refer|rob|scan|shop|skip|snap|spot|step"
    "|stop|strip|submit|swap|tap|tip|top|transfer|trap|trim|wrap)"
)
_PREPOSITIONS = {"of", "for", "on", "to", "against", "in", "with", "at", "by", "from"}
_SMALL = (
    ("ization", "isation"),
    ("izing", "ising"),
    ("ized", "ised"),
    ("ize", "ise"),
    ("yze", "yse"),
    ("yzing", "ysing"),
    ("labor", "labour"),
    ("behavior", "behaviour"),
    ("rumor", "rumour"),
    ("center", "centre"),
    ("defense", "defence"),
    ("license", "licence"),
    ("program", "programme"),
    ("doxxing", "doxing"),
)
_SPELLINGS = (*_SMALL, *((a.capitalize(), b.capitalize()) for a, b in _SMALL))
_RESPELLED = re.compile("|".join(one for pair in _SPELLINGS for one in pair))
_PLURAL = re.compile("(?<![suio])s$")
_HISS = re.compile("([sxz]|ch|sh)$")
_FINAL_Y = re.compile("[^aeiou]y$")


def forms(text: str, pos: str) -> set[str]:
    """Return `text` and its inflected forms and spellings.

    Args:
        text: An English term, of one word or several.
        pos: `verb` inflects the first word; `adjective` and `phrase` nothing; anything
            else the last word, and the head before a preposition, as nouns.
    """
    words = text.split(" ")
    found = {text}
    if pos == "verb":
        found |= {" ".join([verb, *words[1:]]) for verb in _verb_forms(words[0])}
    elif pos not in {"adjective", "phrase"}:
        for index in {_head(words), len(words) - 1}:
            found |= {
                " ".join([*words[:index], noun, *words[index + 1 :]])
                for noun in _noun_forms(words[index])
            }
    if _RESPELLED.search(text):
        found |= {other for form in found for other in _respelled(form)}
    return found


def _head(words: list[str]) -> int:
    """The place of the noun that carries the number: the one before a preposition."""
    for index, word in enumerate(words):
        if word in _PREPOSITIONS and index:
            return index - 1
    return len(words) - 1


@lru_cache(4096)
def _noun_forms(word: str) -> set[str]:
    if not word[-1:].isalpha():
        return set()
    if _PLURAL.search(word):
        return {word[:-1]} | ({word[:-3] + "y"} if word.endswith("ies") else set())
    return {_with_s(word)}


@lru_cache(4096)
def _verb_forms(word: str) -> set[str]:
    head, hyphen, verb = word.rpartition("-")
    if verb in _IRREGULAR:
        return {head + hyphen + form for form in _IRREGULAR[verb].split()}
    if not verb.isalpha():
        return set()
    stem = word.removesuffix("e")
    past = word[:-1] + "ied" if _FINAL_Y.search(word) else stem + "ed"
    if _DOUBLING.fullmatch(verb):
        stem, past = word + word[-1], word + word[-1] + "ed"
    return {_with_s(word), past, stem + "ing"}


def _with_s(word: str) -> str:
    if _HISS.search(word):
        return word + "es"
    if _FINAL_Y.search(word):
        return word[:-1] + "ies"
    return word + "s"


def _respelled(text: str) -> set[str]:
    found = set()
    for american, british in _SPELLINGS:
        for one, other in ((american, british), (british, american)):
            if one in text and not (one.lower() == "program" and "rogramme" in text):
                found.add(text.replace(one, other))
    return found
