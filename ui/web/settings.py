"""The place that shows and sets what a user can choose, and which model answers."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from ui.web import preferences
from ui.web.context import AT_ONCE, Context, Shared, Update
from ui.web.models import Models, memory_in_use
from ui.web.preferences import LENGTHS, MOST_PASSAGES, STRICTNESS, Preferences
from ui.web.sign_in import owner_of
from ui.web.templates import macros, script
from ui.web.texts import LANGUAGES, Texts, own_name, preferred


class SettingsPlace:
    """Made inside its open tab.

    Args:
        context: what all browsers share.
        shared: what the places of one browser tell each other.
    """

    def __init__(self, context: Context, shared: Shared) -> None:
        self._context = context
        self._shared = shared
        self._known = Models(context.library, context.memory)
        with gr.Column(elem_id="settings-column"):
            self._form = gr.HTML(elem_id="choices", js_on_load=script("settings.js"), apply_default_css=False)
            self._models = gr.HTML(
                elem_id="models",
                js_on_load=script("models.js"),
                server_functions=[_asks(self._known)],
                apply_default_css=False,
            )

    def connect(self) -> gr.events.Dependency:
        """Say what happens when.

        Returns:
            What happens when something is chosen: after it, words and answers may have to be shown otherwise.
        """
        return self._form.choose(self._choose, None, [self._shared.language], **AT_ONCE)

    def greeting(self) -> tuple[list[gr.components.Component], list[gr.components.Component]]:
        """What `greet` needs and fills."""
        return [], [self._form, self._models]

    def greet(self, request: gr.Request) -> Update:
        """The whole place drawn anew."""
        who = self._context.who(request)
        t = Texts.of(who.language)
        of_browser = preferred(request.headers.get("accept-language"))
        return {
            self._form: form_html(who.preferences, of_browser, who.owner, t),
            self._models: models_html(self._known, t),
        }

    def texts(self, language: str) -> Update:
        """The words of this place beside those that `greet` draws: none."""
        del language
        return {}

    def _choose(self, request: gr.Request, event: gr.EventData) -> str:
        """Keep one choice; the language that the words are in then."""
        name, value = str(event.name), str(event.value)
        preferences.change(
            self._context.memory, owner_of(request), **{name: int(value) if value.isdecimal() else value}
        )
        return self._context.who(request).language


def form_html(chosen: Preferences, of_browser: str, owner: str, t: Texts) -> str:
    """What can be chosen, and what is.

    Args:
        chosen: by this user.
        of_browser: the language that the browser asks for.
        owner: who is signed in, "" where nobody has to.
        t: the words.
    """
    choices = {
        "passages": range(1, MOST_PASSAGES + 1),
        "strictness": STRICTNESS,
        "lengths": LENGTHS,
        "languages": [
            ("", t("settings-language-browser", language=own_name(of_browser))),
            *((language, own_name(language)) for language in LANGUAGES),
        ],
    }
    return str(macros("settings.html").form(chosen, choices, owner, t))


def models_html(models: Models, t: Texts) -> str:
    """The models, and what can be done with each."""
    return str(macros("settings.html").models(models.listed(), memory_in_use(), t))


def _asks(known: Models) -> Callable[[Any], str]:
    """What the list of models calls; Gradio marks the function itself, which a method does not allow."""

    def models(asked: Any) -> str:  # noqa: ANN401 - whatever a browser sends
        deeds = {"fetch": known.fetch, "use": known.use}
        if asked.get("deed") in deeds:
            deeds[asked["deed"]](str(asked.get("name")))
        return models_html(known, Texts.of(str(asked.get("language"))))

    return models
