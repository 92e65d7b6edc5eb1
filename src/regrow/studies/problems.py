"""The error that carries everything that is wrong with study files."""

from collections.abc import Iterable

from regrow.errors import StudyError
from regrow.protocol.problems import Problem, headline


class UnsoundStudy(StudyError):
    """Study files with at least one problem; it holds all of them, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        first = self.problems[0]
        super().__init__(headline(self.problems), why=first.why, fix=first.fix)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
