"""Django's migrations with half of their work: `python -m tests.quick_states migrate`.

For every operation Django makes the classes of all models around the one that changes anew. Here an
index or a constraint, which concerns no other model, is put into the class that is there, a new
model joins those that are there, and a field is copied where Django takes it apart and builds it
again. tests/golden holds what comes of it against what comes of Django's own way.
"""

from __future__ import annotations

import copy
import gc
import os
import sys
from functools import cache
from typing import Any

from django.core.management import execute_from_command_line
from django.db.migrations.state import ProjectState
from django.db.models import Field
from django.utils.functional import cached_property

_clone_of_a_model = Field.clone


def make_quick() -> None:
    """From now on, in this process. Nothing is collected either: most is of use to the end."""
    ProjectState._append_option = _append
    ProjectState._remove_option = _remove
    ProjectState.add_model = _add_model
    Field.clone = _clone
    gc.disable()


def _append(state: ProjectState, app: str, model: str, option: str, piece: Any) -> None:
    _put(state, app, model, option, [*state.models[app, model].options[option], piece])


def _remove(state: ProjectState, app: str, model: str, option: str, name: str) -> None:
    pieces = state.models[app, model].options[option]
    _put(state, app, model, option, [piece for piece in pieces if piece.name != name])


def _put(state: ProjectState, app: str, model: str, option: str, pieces: list[Any]) -> None:
    state.models[app, model].options[option] = pieces
    if "apps" in state.__dict__:  # its classes are made already
        options: Any = state.apps.get_model(app, model)._meta
        setattr(options, option, options._format_names(pieces))
        options.__dict__.pop("total_unique_constraints", None)


def _add_model(state: ProjectState, model: Any) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model])


def _clone(field: Any) -> Any:
    """A field that stands behind those before it; that of a model is made as Django does."""
    if hasattr(field, "model"):
        return _clone_of_a_model(field)
    twin = copy.deepcopy(field)
    for name in _worked_out(type(twin)):
        twin.__dict__.pop(name, None)
    twin.creation_counter = Field.creation_counter
    Field.creation_counter += 1
    return twin


@cache
def _worked_out(kind: type) -> tuple[str, ...]:
    """What a field of this class works out once and keeps."""
    return tuple(
        name
        for base in kind.__mro__
        for name, attribute in vars(base).items()
        if isinstance(attribute, cached_property)
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esar.config.settings")
    make_quick()
    execute_from_command_line(["manage.py", *sys.argv[1:]])
