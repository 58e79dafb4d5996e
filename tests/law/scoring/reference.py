"""An independent way to the same figures: fractions, written from the law's words, not our code."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tests.law.rules.half_up import half_up


def ladder_points(
    targets: list[Fraction], points: list[Fraction], below: Fraction, actual: Fraction
) -> Fraction:
    """Points by similar triangles (เทียบบัญญัติไตรยางศ์), for either direction of targets."""
    sign = 1 if targets[-1] > targets[0] else -1
    t = [sign * target for target in targets]
    a = sign * actual
    if a < t[0]:
        return below
    for (t0, t1), (p0, p1) in zip(pairwise(t), pairwise(points), strict=True):
        if a < t1:
            return half_up(p0 + (p1 - p0) * (a - t0) / (t1 - t0), 4)
    return points[-1]
