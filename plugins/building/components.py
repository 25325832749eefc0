"""A theme's components: folders of markup, styles and examples; and the one style sheet of all.

A component is `components/<name>/` with `<name>.html`, whose macro of that name (`_` for `-`)
prints what it is given and knows nothing else; `<name>.css`, if it needs any; and `examples.toml`,
a table of arguments for each example. Templates find it as `components/<name>/<name>.html`.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import BaseLoader, Environment, FileSystemLoader, PrefixLoader, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro

FOLDER = "components"
STYLE = "static/site.css"
"""What the theme calls its style sheet, which is put together from others."""

BEFORE = ("tokens", "base", "layout")
AFTER = ("print",)
"""Layers that are files of `static/`; those of the components come between them."""

KEPT = 64
"""Prints that are kept of a macro: those of a menu, one for each language and section."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Example(NamedTuple):
    """The arguments of a component's macro, and what they show of it."""

    component: str
    name: str
    arguments: dict[str, Any]


def loader(theme: Path) -> BaseLoader:
    """Finds the markup of components for Jinja."""
    return PrefixLoader({FOLDER: FileSystemLoader(theme / FOLDER)})


class ComponentTemplate(Template):
    """A template whose macros are made once, for all that import it.

    Jinja's own compares the globals of both at each import, which takes longer than most macros;
    here they are the environment's for all. Where a template sets `kept`, what its macros print is
    kept for arguments that come again, as those of the frame of most pages do.
    """

    def _get_default_module(self, _ctx: Context | None = None) -> TemplateModule:
        is_new = self._module is None
        module = super()._get_default_module()
        if is_new and getattr(module, "kept", False):
            for name, macro in vars(module).items():
                if isinstance(macro, Macro):
                    setattr(module, name, lru_cache(KEPT, typed=True)(macro))
        return module


def find_once(environment: Environment) -> None:
    """Have an environment look for each template once: pages import a dozen components each."""
    environment.get_template = cache(environment.get_template)  # type: ignore[method-assign]


def names(theme: Path) -> list[str]:
    """The components, in the order of their names."""
    return sorted(file.parent.name for file in (theme / FOLDER).glob("*/examples.toml"))


def examples(theme: Path) -> Iterator[Example]:
    """All examples of all components."""
    for component in names(theme):
        file = theme / FOLDER / component / "examples.toml"
        for name, arguments in tomllib.loads(file.read_text(encoding="utf-8")).items():
            yield Example(component, name, arguments)


def printed(environment: Environment, example: Example) -> str:
    """The markup of an example."""
    name = example.component
    template = environment.get_template(f"{FOLDER}/{name}/{name}.html")
    macro = getattr(template.module, name.replace("-", "_"))
    return str(macro(**{key: _view(value) for key, value in example.arguments.items()}))


class _View:
    """What stands for a view in an example."""

    def __init__(self, parts: dict[str, Any]) -> None:
        vars(self).update(parts)


def _view(value: Any) -> Any:
    """An example's table as the frozen view that it stands for."""
    if isinstance(value, dict):
        return _View({key: _view(part) for key, part in value.items()})
    return tuple(map(_view, value)) if isinstance(value, list) else value


def stylesheet(theme: Path) -> bytes:
    """The style sheet of the site: each layer in its order, without comments and indents."""
    layers = [*BEFORE, FOLDER, *AFTER]
    files = {name: [theme / "static" / f"{name}.css"] for name in (*BEFORE, *AFTER)}
    files[FOLDER] = sorted(theme.glob(f"{FOLDER}/*/*.css"))
    blocks = [f"@layer {', '.join(layers)};"]
    for layer in layers:
        text = "\n".join(file.read_text(encoding="utf-8") for file in files[layer])
        blocks.append(f"@layer {layer} {{\n{text}\n}}")
    lines = _COMMENT.sub("", "\n".join(blocks)).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip()).encode()
