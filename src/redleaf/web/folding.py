"""Working out while a template is compiled what is the same on every page.

There is one environment for each language, so a plain `_("Save")`, the address of a view without
arguments, a static file and an icon are constants: they become part of the surrounding text and
cost nothing when a page is drawn.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # no compiled wheel for this machine
    from markupsafe._native import _escape_inner

GETTEXT = frozenset({"_", "gettext"})


def written(value: object) -> str:
    """Return a value as it is written into a page: `escape`, without wrapping each piece in Markup
    anew, which was most of its cost and is lost in the page's text anyway."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value] # mypy does not narrow by `type(…) is`
    if kind is str:
        return _escape_inner(value)  # type: ignore[arg-type] # as above
    if kind is int:
        return str(value)
    return escape(value)


class _Generator(CodeGenerator):
    """Writes `environment.written(…)` where the default writes `escape(…)`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: "CodeGenerator._FinalizeInfo"
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.written(")
        else:
            super()._output_child_pre(node, frame, finalize)


class LanguageEnvironment(Environment):
    """An environment whose templates are compiled for one language.

    `constants` maps names of globals to functions that always answer the same for the same
    constant arguments.
    """

    code_generator_class = _Generator
    language = "en"
    written = staticmethod(written)
    constants: dict[str, Callable[..., Any]]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals as they are. The default is a chain of maps, which every drawing of a
        template copies into its context key by key: a third of what a card cost."""
        return self.globals if not d else super().make_globals(d)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute`, in a dict the item of this name before a method of dicts: rows
        are dicts, and failing to find an attribute first is slow."""
        if obj.__class__ is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse as usual, then fold. `compile` calls this hook for every template."""
        tree = super()._parse(source, name, filename)
        with translation.override(self.language):
            folded: nodes.Template = _Folding(self.constants).visit(tree)
        return folded


class _Folding(NodeTransformer):
    def __init__(self, constants: dict[str, Callable[..., Any]]) -> None:
        self.constants = constants

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        """Replace a call whose answer is known by the answer."""
        self.generic_visit(node, *args, **kwargs)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if not name or node.dyn_args or node.dyn_kwargs:
            return node
        given = [item.value for item in node.args if isinstance(item, nodes.Const)]
        named = {
            item.key: item.value.value
            for item in node.kwargs
            if isinstance(item.value, nodes.Const)
        }
        if len(given) != len(node.args) or len(named) != len(node.kwargs):
            return node
        if name in GETTEXT and len(given) == 1 and not named:
            # As jinja2's newstyle gettext does: the text is safe, and %% stands for %.
            answer: Any = Markup(translation.gettext(given[0])) % {}  # noqa: S704 - our own texts
        elif name == "pgettext" and len(given) == 2 and not named:
            answer = Markup(translation.pgettext(*given)) % {}  # noqa: S704 - our own texts
        elif name in self.constants:
            answer = self.constants[name](*given, **named)
        else:
            return node
        return nodes.Const(answer, lineno=node.lineno)
