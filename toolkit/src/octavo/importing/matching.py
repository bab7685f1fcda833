"""Matches statements with the table's rows, and with each other.

What a source said before identifies its row first; only then are titles and identifiers compared, by the rules in
`octavo.importing.identity`. If they can't decide, the owner is asked.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from octavo.importing.decisions import DIFFERENT, SAME, Decisions
from octavo.importing.identity import Candidates, Likeness, Relation, Work, compare, describe_work, is_still
from octavo.importing.originals import list_versions
from octavo.importing.placing import Names
from octavo.importing.provenance import Provenance
from octavo.importing.record import FILE
from octavo.importing.statement import Statement
from octavo.model.texts import choose_text

_MOST_CANDIDATES = 3


class Joined(NamedTuple):
    """A statement about a row, and what the same entry said before."""

    statement: Statement
    before: Statement | None = None
    reason: str = ""
    """Why it is about this row, if that wasn't known before."""

    @property
    def is_repeated(self) -> bool:
        """Whether the entry says exactly what it said before."""
        before, now = self.before, self.statement
        return before is not None and (before.print, before.key) == (now.print, now.key)


@dataclass
class Target:
    """An existing or new row, and everything known about its work."""

    id: str
    row: Mapping[str, Any] | None = None
    described: list[tuple[Work, Statement | None]] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The row's title, or the one that it will have."""
        written = self.row.get("title") if self.row is not None else self.joined[0].statement.fields["title"]
        return str(choose_text(written))


class Question(NamedTuple):
    """An entry that may describe the same work as a row, or that has its identifier and another title."""

    statement: Statement
    candidates: tuple[str, ...]
    """Ids of existing or new rows."""
    reason: str
    name: str
    """How the command line names the entry."""

    def explain(self, command: str) -> str:
        """The question, and the two commands that answer it."""
        rows = " or ".join(repr(candidate) for candidate in self.candidates)
        place = f"{self.statement.place}: " if self.statement.place != self.name else ""
        different = f"{command} --different {shlex.quote(self.name)}"
        return (
            f"{place}{self.name}: is {self.statement.fields['title']!r} the same work as {rows} ({self.reason})? "
            f"Left out until you answer. If so: {self._answer(command)}; if not: {different}"
        )

    def warn(self, command: str) -> str:
        """What is odd about an entry that is imported as a separate work."""
        return f"the same {self.reason} than {self.candidates[0]!r}; both are imported. If they are one work: " + (
            self._answer(command)
        )

    def _answer(self, command: str) -> str:
        return f"{command} --same {shlex.quote(f'{self.name}={self.candidates[0]}')}"


class Match(NamedTuple):
    """A work that a statement may be about."""

    target: Target
    likeness: Likeness
    reason: str


@dataclass
class Matches:
    """Every row with the statements about it, new rows last, and the open questions."""

    targets: list[Target]
    questions: list[Question] = field(default_factory=list)
    clashes: list[Question] = field(default_factory=list)
    """Questionable entries that are imported anyway."""


def match_statements(
    rows: Sequence[Mapping[str, Any]], provenance: Provenance, decisions: Decisions, statements: Sequence[Statement]
) -> Matches:
    """Find the row for each statement; `provenance` is by current row ids.

    Raises:
        OctavoError: if an answer names a row that isn't there.
    """
    matcher = _Matcher(rows, provenance, decisions)
    matcher.match(statements)
    decisions.check_rows(target.id for target in matcher.matches.targets)
    return matcher.matches


class _Matcher:
    def __init__(self, rows: Sequence[Mapping[str, Any]], provenance: Provenance, decisions: Decisions) -> None:
        self.matches = Matches([Target(str(row.get("id", "")).strip(), row) for row in rows])
        self._decisions = decisions
        self._targets = {target.id: target for target in self.matches.targets}
        self._names = Names(self._targets)
        self._candidates = Candidates()
        self._remembered: dict[tuple[str, str], list[tuple[Target, Statement]]] = defaultdict(list)
        self._repeated: dict[str, list[tuple[Target, Statement]]] = defaultdict(list)
        self._present: set[int] = set()
        """Statements of this run, and remembered ones whose entry is in it."""
        for target in self.matches.targets:
            for version in list_versions(target.row or {}):
                self._describe(target, describe_work(version), None)
            for said in provenance.get(target.id, ()):
                self._describe(target, describe_work(said.fields), said)
                self._remembered[said.source, said.key].append((target, said))

    def match(self, statements: Sequence[Statement]) -> None:
        """Match remembered entries first, then all others, and last those that the owner assigned."""
        answers = {id(statement): self._decisions.find(statement) for statement in statements}
        keys = Counter(statement.key for statement in statements)
        waiting = list(statements)
        for find in (self._find_own, self._find_repeated, self._find_by_key):
            for statement in waiting:
                for target, said in find(statement):
                    if _allows(answers[id(statement)], target.id):
                        self._recognize(statement, target, said)
                        break
            waiting = [statement for statement in waiting if id(statement) not in self._present]
        for statement in sorted(waiting, key=lambda statement: SAME in answers[id(statement)].values()):
            name = statement.key if statement.key and keys[statement.key] == 1 else statement.place
            self._place(statement, answers[id(statement)], name)

    def _find_own(self, statement: Statement) -> Iterator[tuple[Target, Statement]]:
        """The row about which the same entry said the same before."""
        for target, said in self._remembered.get((statement.source, statement.key), ()):
            if said.print == statement.print and id(said) not in self._present:
                yield target, said

    def _find_repeated(self, statement: Statement) -> Iterator[tuple[Target, Statement]]:
        """The row about which another entry said the same before, preferably one from the same list."""
        said_before = [pair for pair in self._repeated.get(statement.print, ()) if id(pair[1]) not in self._present]
        yield from sorted(said_before, key=lambda pair: pair[1].source != statement.source)

    def _find_by_key(self, statement: Statement) -> Iterator[tuple[Target, Statement]]:
        """The row that the same entry described, if it can still be about the same work."""
        for target, said in self._list_former(statement):
            if _is_retitled(statement, said) or is_still(describe_work(statement.fields), describe_work(said.fields)):
                yield target, said

    def _list_former(self, statement: Statement) -> list[tuple[Target, Statement]]:
        """What the entry with the same key said before, if no other entry of this run matches it."""
        known = self._remembered.get((statement.source, statement.key), ()) if statement.key else ()
        return [(target, said) for target, said in known if id(said) not in self._present]

    def _recognize(self, statement: Statement, target: Target, said: Statement) -> None:
        """Join a statement to the row of an earlier one, which is kept if it is from another source."""
        before = said if said.source == statement.source else None
        self._join(target, Joined(statement, before))

    def _place(self, statement: Statement, answers: dict[str, str], name: str) -> None:
        """Join a statement that isn't remembered to a row, ask about it, or make a new row of it."""
        same = next((row for row, answer in answers.items() if answer == SAME and row in self._targets), None)
        if same:
            self._join(self._targets[same], Joined(statement, None, "your answer"))
        else:
            self._decide(statement, answers, name)
        self._decisions.remember(statement, answers)

    def _decide(self, statement: Statement, answers: dict[str, str], name: str) -> None:
        found = self._find(statement)
        if answers.get("") == DIFFERENT:
            answers |= {match.target.id: DIFFERENT for match in found if match.likeness > Likeness.CLASH}
        found = [match for match in found if answers.get(match.target.id) != DIFFERENT]
        asked = [row for row, answer in answers.items() if not answer and row in self._targets]
        sure = [match for match in found if match.likeness is Likeness.SAME]
        sure = [match for match in sure if match.target.id == statement.key] or sure
        doubtful = sure or [match for match in found if match.likeness is Likeness.ASK]
        if len(sure) == 1 and not asked:
            self._join(sure[0].target, Joined(statement, None, sure[0].reason))
        elif doubtful or asked:
            rows = asked or [match.target.id for match in doubtful[:_MOST_CANDIDATES]]
            reason = doubtful[0].reason if doubtful else "asked before"
            answers |= dict.fromkeys(rows, "")
            self.matches.questions.append(Question(statement, tuple(rows), reason, name))
        else:
            self.matches.clashes += [Question(statement, (match.target.id,), match.reason, name) for match in found]
            self._add(statement)

    def _add(self, statement: Statement) -> None:
        target = Target(self._names.choose(statement))
        self.matches.targets.append(target)
        self._targets[target.id] = target
        self._join(target, Joined(statement))

    def _join(self, target: Target, joined: Joined) -> None:
        statement = joined.statement
        before = joined.before or self._find_former(target, statement)
        target.joined.append(Joined(statement, before, joined.reason))
        self._present |= {id(statement), id(before)} - {id(None)}
        if not target.joined[-1].is_repeated:
            self._describe(target, describe_work(statement.fields), statement)

    def _find_former(self, target: Target, statement: Statement) -> Statement | None:
        """What a file's entry said before both its key and its text changed."""
        for _, said in target.described:
            if said and said.source == statement.source and id(said) not in self._present and said.rank == FILE:
                return said
        return None

    def _describe(self, target: Target, work: Work, said: Statement | None) -> None:
        target.described.append((work, said))
        self._candidates.add(target.id, work)
        if said:
            self._repeated[said.print].append((target, said))

    def _find(self, statement: Statement) -> list[Match]:
        """The works that it may be."""
        work = describe_work(statement.fields)
        matches = [self._judge(statement, work, self._targets[row]) for row in self._candidates.find(work)]
        matches += self._find_reused_key(statement, work)
        return [match for match in matches if match.likeness]

    def _find_reused_key(self, statement: Statement, work: Work) -> Iterator[Match]:
        """The row of an entry whose title was changed so much that it may be another work's."""
        for target, said in self._list_former(statement):
            before = describe_work(said.fields)
            if (work.people, work.year) == (before.people, before.year):
                yield Match(target, Likeness.ASK, "the same key, but another title than before")

    def _judge(self, statement: Statement, work: Work, target: Target) -> Match:
        """Entries of the same list decide if the row has any; otherwise the likeliest of its descriptions does."""
        among_siblings: list[tuple[Likeness, str]] = []
        among_others: list[tuple[Likeness, str]] = []
        for known, said in target.described:
            is_of_list = said is not None and said.source == statement.source and not statement.is_lookup
            is_present = id(said) in self._present
            relation = Relation(
                is_sibling=is_of_list and is_present, is_former=is_of_list and not is_present,
                is_lookup=statement.is_lookup, is_named=statement.key == target.id,
            )  # fmt: skip
            verdicts = among_siblings if relation.is_sibling else among_others
            verdicts.append(compare(work, known, relation))
        likeness, reason = min(among_siblings) if among_siblings else max(among_others)
        return Match(target, likeness, reason)


def _is_retitled(statement: Statement, said: Statement) -> bool:
    """Whether nothing but the title has changed."""
    rest, before = ({**one.fields, "title": "", "abstract": ""} for one in (statement, said))
    return rest == before


def _allows(answers: Mapping[str, str], row: str) -> bool:
    """Whether the owner's answers allow an entry to describe a row."""
    return answers.get(row) != DIFFERENT and all(answer != SAME for name, answer in answers.items() if name != row)
