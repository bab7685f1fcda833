"""Our scanner and bibtexparser's agree on what is well formed."""

from __future__ import annotations

import bibtexparser
from hypothesis import given
from hypothesis import strategies as st

from octavo.importing.positions import Positions
from octavo.importing.readers.bibtex_syntax import Entry, parse_bibtex

names = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
plain = st.text(st.sampled_from("ab ÄÖ.,:;=#'()[]-1\n"), max_size=20)
braced = st.recursive(plain, lambda inner: st.lists(inner.map("{{{}}}".format) | plain, max_size=3).map("".join))
values = braced.map("{{{}}}".format) | braced.map('"{}"'.format) | st.integers(0, 9999).map(str)
fields = st.dictionaries(names, values, max_size=5)


@given(st.dictionaries(names, fields, min_size=1, max_size=4))
def test_both_find_the_same_entries_and_fields(entries: dict[str, dict[str, str]]) -> None:
    text = "\n".join(
        f"@article{{{key},\n" + "".join(f"  {name} = {value},\n" for name, value in written.items()) + "}\n"
        for key, written in entries.items()
    )
    ours = [one for one in parse_bibtex(text, Positions("refs.bib", text)) if isinstance(one, Entry)]
    theirs = bibtexparser.parse_string(text, parse_stack=[]).entries
    assert [(one.key, {name: found.value.strip() for name, found in one.fields.items()}) for one in ours] == [
        (one.key, {field.key: _strip(field.value) for field in one.fields}) for one in theirs
    ]


def _strip(value: str) -> str:
    """bibtexparser leaves the enclosing braces or quotation marks."""
    return value[1:-1].strip() if value[:1] in '{"' else value
