"""A model's own chat template, cut where the passages and the question go."""

from functools import lru_cache
from typing import Any

from jinja2.exceptions import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from documents.errors import ModelError
from rag.engine import Engine

SLOT = "\ue000passages and question\ue000"
"""Stands where the user's message goes; private-use characters do not occur in templates."""

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n"
)
"""For models that bring no template of their own."""


class ChatTemplate:
    """The text before and after the user's message, as the model was trained to see it.

    Args:
        engine: the model, which carries the template.
    """

    def __init__(self, engine: Engine) -> None:
        # The template comes with the model's file, which may come from anywhere: hence the sandbox.
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
        environment.globals["raise_exception"] = _refuse
        try:
            self._template = environment.from_string(engine.chat_template or CHATML)
        except TemplateError as error:
            raise ModelError(
                f"The model's chat template cannot be read: {error}.",
                help="Choose another build of the model.",
            ) from error
        bos, eos = engine.edge_tokens
        self._tokens = {"bos_token": engine.text(bos), "eos_token": engine.text(eos)}
        self.around = lru_cache(maxsize=4)(self._around)

    def _around(self, system: str) -> tuple[str, str]:
        """What stands before and after the user's message.

        Raises:
            ModelError: the template takes neither a system message nor the instructions in the user's.
        """
        apart = [{"role": "system", "content": system}, {"role": "user", "content": SLOT}]
        merged = [{"role": "user", "content": f"{system}\n\n{SLOT}"}]
        for messages in (apart, merged):
            before, slot, after = self._render(messages).partition(SLOT)
            if slot and system in before:
                return before, after
        raise ModelError("The model's chat template drops the instructions.", help="Choose another model.")

    def _render(self, messages: list[dict[str, str]]) -> str:
        try:
            return self._template.render(messages=messages, add_generation_prompt=True, **self._tokens)
        except TemplateError:
            return ""  # this template refuses this shape of conversation; the caller tries the next


def _refuse(message: str) -> Any:  # noqa: ANN401 - a template's own way to fail
    raise TemplateError(message)
