"""What a refused act of a change request says."""

from __future__ import annotations

from typing import Any

import pytest

from esar.kernel.problems import Refused


def codes(act: Any, *args: Any, **details: Any) -> list[str]:
    """The codes of the problems for which the act is refused."""
    with pytest.raises(Refused) as refused:
        act(*args, **details)
    return [problem.code for problem in refused.value.problems]
