"""May this person do this? A verdict is yes, or no with its reason: never a bare False."""

from __future__ import annotations

from dataclasses import dataclass

from esar.kernel.problems import Problem, Refused


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed; else `problem` says why not."""

    problem: Problem | None = None

    def __bool__(self) -> bool:
        return self.problem is None


ALLOWED = Verdict()


def denied(code: str, **figures: object) -> Verdict:
    return Verdict(Problem(code, figures))


def is_there_already(code: str, there: str, **figures: object) -> Verdict:
    """No, for what one would begin is there already; `there` is the address of its page."""
    return Verdict(Problem(code, figures, there=there))


def require(verdict: Verdict) -> None:
    """Errors: Refused with the verdict's reason when it is a no."""
    if verdict.problem is not None:
        raise Refused([verdict.problem])
