"""The tests of a file stay in one process; those with real commits come apart from the others."""

from __future__ import annotations

import pytest

from tests.together import is_apart, pieces, turn


def test_the_tests_of_a_file_that_follow_each_other_are_one_piece() -> None:
    tests = ["a.py::reads[1]", "a.py::reads[2]", "b.py::reads", "a.py::commits", "b.py::commits"]

    assert pieces(tests) == {
        "a.py::reads[1]": "a.py 1",
        "a.py::reads[2]": "a.py 1",
        "b.py::reads": "b.py 1",
        "a.py::commits": "a.py 2",
        "b.py::commits": "b.py 2",
    }


def test_a_browsers_tests_go_to_whoever_is_free() -> None:
    tests = ["tests/browser/test_path.py::one", "tests/browser/test_path.py::two"]

    assert pieces(tests) == {test: test for test in tests}


def test_what_takes_longest_begins_first() -> None:
    tests = ["tests/agree/x.py", "tests/whole/test_doors.py", "tests/whole/x.py", "tests/kill/x.py"]

    assert sorted(tests, key=turn) == [tests[3], tests[1], tests[2], tests[0]]


def test_what_programs_of_their_own_play_has_begun_before_any_database_is_asked(
    request: pytest.FixtureRequest,
) -> None:
    """In a run of the whole suite, or of any files of both kinds."""
    order = [item.nodeid for item in request.session.items]

    assert order == sorted(order, key=lambda test: not is_apart(test))
