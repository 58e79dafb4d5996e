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


def require(verdict: Verdict) -> None:
    """Errors: Refused with the verdict's reason when it is a no."""
    if verdict.problem is not None:
        raise Refused([verdict.problem])
