"""Glossaries as hypothesis makes them up, and one with everything in it."""

from hypothesis import strategies as st

from toolkit.terminology.folding import fold
from toolkit.terminology.glossary import (
    Concept,
    Enforce,
    Glossary,
    Kind,
    Rules,
    Status,
    Term,
)

NO_TEXT = "\0\ufffe\uffff"
WORDS = st.text("ab清朗网 -'\",=;|#.·“”", min_size=1, max_size=8).map(str.strip)
VALUES = st.text("ab行动=,\"'", min_size=1, max_size=3)
ANY = st.text(
    st.one_of(
        st.sampled_from("\t\r\n =\",'_x0041_\ufeff\u2028\x85\x1f"),
        st.characters(exclude_categories=["Cs"], exclude_characters=NO_TEXT),
    ),
    max_size=12,
)
LINES = ANY.map(lambda text: text.translate({9: None, 10: None}).strip())
DATES = st.sampled_from(["", "2018", "2018-03", "2018-03-01"])


def glossaries(texts):
    """Make glossaries whose notes, definitions and domains are such texts."""
    rules = st.builds(
        Rules,
        quoted=st.booleans(),
        followed_by=st.lists(VALUES, max_size=2).map(tuple),
        not_followed_by=st.lists(VALUES, max_size=2).map(tuple),
        source_only=st.booleans(),
    )
    fields = {
        "text": WORDS.filter(lambda text: fold(text).text),
        "language": st.sampled_from(["zh", "en", "zh-Hant", "fr"]),
        "kind": st.sampled_from(Kind),
        "pos": st.sampled_from(["", "noun", "proper noun", "phrase"]),
        "exact_case": st.booleans(),
        "valid_from": DATES,
        "valid_to": DATES,
        "rules": rules,
        "source": texts,
        "note": texts,
    }
    good = st.builds(
        Term,
        status=st.sampled_from([s for s in Status if s is not Status.DEPRECATED]),
        evidence=st.sampled_from(["", "A", "B", "C"]),
        **fields,
    )
    bad = st.builds(
        Term,
        status=st.just(Status.DEPRECATED),
        evidence=st.sampled_from(["", "attested", "predicted"]),
        **fields,
    )
    concepts = st.builds(
        Concept,
        id=st.text("abc_1", min_size=1, max_size=4),
        terms=st.lists(good | bad, min_size=1, max_size=4).map(tuple),
        domain=st.sampled_from(["", "party", "Party", "a/b", "..", "concepts"]) | texts,
        enforce=st.sampled_from(Enforce),
        definition=texts,
        note=texts,
    )
    return st.lists(concepts, max_size=4).map(
        lambda found: Glossary({concept.id: concept for concept in found})
    )


def full():
    """Return a glossary that uses every field."""
    return Glossary(
        {
            "cac": Concept(
                "cac",
                (
                    Term("国家互联网信息办公室", "zh", pos="proper noun", evidence="A"),
                    Term("网信办", "zh", Status.ADMITTED, Kind.SHORT),
                    Term(
                        "Cyberspace Administration of China",
                        "en",
                        pos="proper noun",
                        exact_case=True,
                        valid_from="2018-03",
                        source="https://example.org/1",
                        evidence="A",
                        note="CAC for short",
                    ),
                    Term("CAC", "en", Status.ADMITTED, Kind.ABBREVIATION),
                    Term("SIIO", "en", Status.SUPERSEDED, valid_to="2014"),
                    Term(
                        "Net Letter Office",
                        "en",
                        Status.DEPRECATED,
                        rules=Rules(source_only=True),
                        evidence="predicted",
                    ),
                    Term("國家互聯網信息辦公室", "zh-Hant"),
                ),
                "organs",
                Enforce.ADVISED,
                "The regulator of the internet.",
                "Not the Administration of Cyberspace.",
            ),
            "wave": Concept("wave", (Term("海浪", "zh"), Term("wave", "en"))),
            "lonely": Concept("lonely", (Term("孤独", "zh"),)),
        }
    )
