"""Problems as they are told."""

from plugins.model.problem import Faults, Level, Problem, said


def a_problem(path: str = "a.md", line: int = 1, message: str = "Wrong.") -> Problem:
    """A fault of a title."""
    return Problem(path, line, "Title", said(message), said("Write another."))


def test_a_problem_is_a_line() -> None:
    """A problem is told as editors and terminals know it: path, line, key, what, what instead."""
    assert str(a_problem("2008/03/a.vi.md", 4)) == "2008/03/a.vi.md:4: Title: Wrong. Write another."


def test_a_problem_is_a_fault_unless_it_says_otherwise() -> None:
    """Nobody can forget to stop the build."""
    assert a_problem().level == Level.FAULT


def test_faults_are_told_once_in_the_order_of_files_and_lines() -> None:
    """Faults are sorted by path, then by line as a number, and each is told once."""
    faults = [a_problem("b.md"), a_problem(line=10), a_problem(line=9), a_problem("b.md")]
    told = Faults(faults).problems
    assert [(problem.path, problem.line) for problem in told] == [
        ("a.md", 9),
        ("a.md", 10),
        ("b.md", 1),
    ]
