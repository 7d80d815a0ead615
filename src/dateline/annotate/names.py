"""How names are written: titles before them, short forms after them, what a pronoun can stand for.

The lists are small and closed: they serve to keep links precise, not to know people. Sources: Quirk et al., A
Comprehensive Grammar of the English Language, 6.15-6.27 (pronouns) and 5.66 (titles); census first names.
"""

from __future__ import annotations

import re
import unicodedata

TITLES = frozenset(
    "mr mrs ms miss dr doctor prof professor sir lord lady dame baroness president prime minister premier chancellor "
    "secretary senator sen rep representative congressman congresswoman governor gov mayor judge justice general gen "
    "colonel col major maj captain capt lieutenant lt sergeant sgt admiral brigadier commander king queen prince "
    "princess pope cardinal archbishop bishop father reverend rev sheikh sheik imam ayatollah maulana swami mahant "
    "pandit shri smt ambassador attorney deputy vice chief former ex foreign comrade don dona señor haji mullah rabbi "
    "commissioner inspector officer chairman director spokesman spokeswoman candidate leader councillor cllr mp".split()
)
"""Words before a person's name that are no part of it (folded)."""

FEMALE = frozenset(
    "mrs ms miss lady dame baroness queen princess congresswoman councilwoman chairwoman spokeswoman policewoman woman "
    "women girl mother wife daughter sister widow actress smt sonia indira hillary theresa angela condoleezza madeleine "
    "margaret mary maria anna anne ann susan sarah laura linda patricia jennifer elizabeth barbara jessica karen nancy "
    "lisa betty helen sandra donna carol ruth sharon michelle emily amanda melissa deborah stephanie rebecca kathleen "
    "amy shirley catherine christine janet julia diane alice jean jeanine cristina clare claire jane kate carly nikki "
    "loretta marine dilma benazir aung fatima aisha leila ana rosa carmen marta berta mamata jayalalitha sheila uma "
    "sushma ellen joyce jo tessa harriet yvette ursula federica megan rachel samantha tzipi gloria megawati".split()
)
"""Titles, nouns and first names that call for "she" (folded)."""

MALE = frozenset(
    "mr sir lord king prince pope father congressman councilman chairman spokesman policeman gunman man men boy husband "
    "son brother imam sheikh mullah maulana mahant swami priest bishop archbishop cardinal monk ayatollah donald barack "
    "george bill tony gordon john james robert michael william david richard joseph thomas charles christopher daniel "
    "matthew anthony mark paul steven andrew kenneth joshua kevin brian edward ronald timothy jason jeffrey ryan gary "
    "nicholas eric stephen jonathan larry justin scott frank raymond gregory samuel patrick alexander jack dennis jerry "
    "peter juan jose luis carlos pedro miguel jorge fernando manuel antonio francisco javier rafael vladimir boris "
    "sergei dmitry mikhail recep bashar saddam hassan hussein ali ahmed mohammed mohammad muhammad mahmoud omar abdul "
    "abdullah ibrahim yasser ariel benjamin ehud narendra atal rajiv rahul lal manmohan ashok nicolas jacques gerhard "
    "hugo evo fidel raul silvio kofi nelson thabo jacob robert morgan joe bernie ted marco jeb mitt mike rex jim".split()
)
"""Titles, nouns and first names that call for "he" (folded)."""

PERSON_NOUNS = frozenset(
    "president minister premier chancellor secretary senator governor mayor judge general colonel leader chairman "
    "chairwoman spokesman spokeswoman spokesperson official ambassador envoy diplomat lawmaker deputy mp legislator "
    "congressman prosecutor lawyer attorney commander chief officer policeman soldier man woman boy girl teacher "
    "student doctor priest imam bishop cleric journalist reporter editor activist candidate director head king queen "
    "prince suspect gunman attacker victim driver worker farmer businessman owner politician critic author professor "
    "pilot captain guard prisoner detainee witness resident villager teenager father mother son daughter wife husband "
    "brother sister coach singer actor analyst expert adviser councillor speaker commissioner inspector defendant".split()
)
"""Singular nouns that "he" or "she" can take up."""

BODY_NOUNS = frozenset(
    "government union party court group army military police company ministry parliament congress senate council "
    "committee commission organisation organization association federation front movement agency department force "
    "country state nation republic city administration regime coalition alliance team club bank firm corporation "
    "office board tribunal church university school militia gang cartel bloc opposition assembly cabinet bureau "
    "embassy navy league unit campaign newspaper network panel".split()
)
"""Singular nouns that "it" can take up as an actor."""

EPITHETS: dict[str, frozenset[str]] = {
    "union": frozenset("union federation workers confederation congress cosatu trades".split()),
    "party": frozenset("party congress movement front democrats alliance league partido movimiento labour".split()),
    "group": frozenset("group front movement organization organisation army brigade network state hezbollah".split()),
    "court": frozenset("court tribunal".split()),
    "ministry": frozenset("ministry department".split()),
    "company": frozenset("company corporation inc corp plc ltd group bank airlines motors".split()),
    "council": frozenset("council".split()),
    "commission": frozenset("commission".split()),
    "committee": frozenset("committee".split()),
    "federation": frozenset("federation confederation".split()),
    "organisation": frozenset("organisation organization association council".split()),
    "organization": frozenset("organisation organization association council".split()),
    "association": frozenset("association".split()),
    "agency": frozenset("agency bureau office".split()),
    "department": frozenset("department".split()),
    "front": frozenset({"front"}),
    "cartel": frozenset({"cartel"}),
    "gang": frozenset("gang barrio mara salvatrucha".split()),
    "board": frozenset({"board"}),
    "tribunal": frozenset({"tribunal"}),
    "university": frozenset({"university"}),
    "bank": frozenset({"bank"}),
}
"""Nouns that, with "the", may stand for a named body; the words one of which must be in the body's name."""

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
PRONOUNS = HE | SHE | IT | THEY

_SPLIT = re.compile(r"[^\W_]+")
_LEADING = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s?|\s['’]s?)$")
_SMALL = frozenset("of the and for in on de la del los las y e do da dos das al el du des und".split())


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a name: lower case, no accents, no dots."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_SPLIT.findall(plain.replace(".", " ").lower()))


def bare(text: str) -> str:
    """Return a name without leading article and trailing possessive."""
    return _POSSESSIVE.sub("", _LEADING.sub("", text.strip())).strip()


def person_words(text: str) -> tuple[str, ...]:
    """Return the words of a person's name without the titles before it; a lone title stays."""
    words = words_of(bare(text))
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words


def gender_of(text: str) -> str | None:
    """Return "m" or "f" where a title, noun or first name in the text tells, else None."""
    words = words_of(text)
    if any(w in FEMALE for w in words):
        return "f"
    return "m" if any(w in MALE for w in words) else None


def is_acronym(text: str) -> bool:
    """Tell whether a text looks like an acronym: two to nine characters, mostly capitals, no space."""
    letters = [c for c in text if c.isalpha()]
    return 2 <= len(text) <= 9 and " " not in text and len(letters) >= 2 and sum(c.isupper() for c in letters) * 2 > len(letters)


def initials(name: str) -> frozenset[str]:
    """Return the initials of a name of two or more words, lower case, with its small words and without."""
    words = [w for w in re.split(r"[\s\-]+", bare(name)) if w]
    every = "".join(w[0] for w in words).lower()
    large = "".join(w[0] for w in words if w.lower() not in _SMALL).lower()
    return frozenset(letters for letters in (every, large) if len(letters) >= 2)


def abbreviates(acronym: str, name: str) -> bool:
    """Tell whether the letters of an acronym are the initials of a name, small words counted or not.

    Foreign acronyms that follow an English name ("Bolivian Workers Federation (COB)") do not pass; a bracket
    right behind the name is proof enough for these, and the caller decides.
    """
    return "".join(c for c in acronym.lower() if c.isalpha()) in initials(name)


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names can be one person's: same last word, first words alike or initials of each other."""
    if not one or not other or one[-1] != other[-1]:
        short, long = sorted((one, other), key=len)
        # "Jeanine Anez Chavez" and "Jeanine Anez": a second surname may follow.
        return len(short) >= 2 and long[: len(short)] == short
    first, second = one[0], other[0]
    return first == second or (first[0] == second[0] and 1 in (len(first), len(second))) or set(one) <= set(other) or set(other) <= set(one)
