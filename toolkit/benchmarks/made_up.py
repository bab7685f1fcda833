"""Made-up publications: any number of them, always the same, and as long as real ones."""

from __future__ import annotations

import random
from typing import Any

_WORDS = """
adaptive efficient scheduling of mixture expert inference kernel compiler runtime memory bandwidth for sparse
attention a learned index cache eviction policy in distributed tensor quantization speculative decoding throughput
latency serving and model merging neural network graph transformation with optimal robust Bayesian optical wireless
vehicle communication on cognitive number learning the principle of counting successor function infinity cardinal
""".split()  # noqa: SIM905  a list of words reads best as words
_FAMILIES = """
Adve Bianchi Brauer Brown Chen Çelik Dekel García Gavrilovska Hasse Hu Iyer Ju Kim Kowalski Kulkarni Lee Li Łukasz
Mendis Müller Nguyễn Novák Øster Park Patel Rossi Singh Sinha Smith Þórsson Varma Wang Xu Yuan Zhang Zhao
""".split()  # noqa: SIM905
_VENUES = ["ASPLOS", "ATC", "CogSci", "EuroSys", "ICLR", "ICML", "MLSys", "NeurIPS", "NSDI", "OSDI", "SOSP", "VLDB"]
_TOPICS = ["algebra", "cognition", "compilers", "machine learning", "networks", "quantum computing", "systems"]
_TYPES = ["paper-conference"] * 5 + ["article-journal"] * 3 + ["chapter", "thesis", "report"]


def make_publications(count: int, owner: str, *, abstracts: bool) -> list[dict[str, Any]]:
    """Rows of `publications.yml`, a few of them unpublished; abstracts have 180 words."""
    source = random.Random(1918)
    return [_make_publication(source, index, owner, abstracts=abstracts) for index in range(count)]


def _make_publication(source: random.Random, index: int, owner: str, *, abstracts: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"paper-{index}",
        "title": _make_sentence(source, source.randint(5, 12)),
        "authors": [owner, *(_make_name(source) for _ in range(source.randint(0, 6)))],
        "type": source.choice(_TYPES),
        "venue": source.choice(_VENUES),
        "topics": source.sample(_TOPICS, source.randint(0, 3)),
        "arxiv": f"{source.randint(10, 25)}{source.randint(1, 12):02}.{source.randint(10000, 99999)}",
    }
    source.shuffle(row["authors"])
    row |= {"status": "under review"} if index < 5 else {"date": str(source.randint(1990, 2026))}
    if abstracts:
        row["abstract"] = " ".join(_make_sentence(source, 18) + "." for _ in range(10))
    return row


def _make_sentence(source: random.Random, length: int) -> str:
    text = " ".join(source.choices(_WORDS, k=length))
    return text[0].upper() + text[1:]


def _make_name(source: random.Random) -> str:
    return f"{source.choice('ABCDEFGHJKLM')}. {source.choice(_FAMILIES)}"
