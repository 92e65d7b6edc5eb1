"""The error that carries everything that is wrong with study files."""

from collections.abc import Iterable

from regrow.errors import StudyError
from regrow.protocol.problems import Problem, headline


class UnsoundStudy(StudyError):
    """Study files with at least one problem; it holds all of them, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        first = self.problems[0]
        files, count = {problem.file for problem in self.problems}, len(self.problems)
        several = f"{len(files)} files have {count} problems."
        what = several if len(files) > 1 else headline(self.problems)
        super().__init__(what, why=first.why, fix=first.fix)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
