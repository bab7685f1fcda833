"""Our reader and pybtex agree on well-formed files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from octavo.importing.problems import Positions
from octavo.importing.readers.bibtex_syntax import Entry, parse_bibtex

names = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True).filter(lambda name: name not in ("author", "editor"))
plain = st.text(st.sampled_from("ab ÄÖ.,:;=#'()[]-1\\\n"), max_size=20)
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
    theirs = parse_string(text, "bibtex").entries
    assert [(one.key, {name: " ".join(found.value.split()) for name, found in one.fields.items()}) for one in ours] == [
        (key, {name: " ".join(value.split()) for name, value in entry.fields.items()}) for key, entry in theirs.items()
    ]
