"""A judge on a server that speaks the OpenAI protocol: vLLM, llama.cpp's server, Ollama, OpenAI itself.

What is asked is what the local model is asked. The answer's first token decides: how likely a yes was, and how likely
a no. Where a server does not say, a plain yes or no counts as four in log-odds, 50 to 1.
"""

import math
import os
import reprlib
import time
from collections.abc import Iterable, Mapping
from typing import Any

import httpx
import regex

from documents import why_unreachable
from rag import ModelError, statement_prompt

KEY_VARIABLE = "OPENAI_API_KEY"

PLAIN_ODDS = 4.0
"""What a yes without a probability counts."""

_TIMEOUT = httpx.Timeout(120.0, connect=5.0)
_TRIES = 4
_BUSY = (429, 502, 503)
_UNKNOWN_FIELD = (400, 422)  # what servers answer that know no logprobs
_LIKELIEST = 20  # tokens that are asked for; OpenAI gives no more
_ROOM = 4  # tokens of an answer: some servers write a line break first
_EXCERPT = 200  # characters of an error that are shown
_LOCKED = (401, 403)
_MOST, _LEAST = 0.5, 1e-6  # a place where yes and no are less likely together is not theirs; the least chance of one
_SPACES = " \t\n\u0120\u2581"  # the last two are how some vocabularies write a space
_HELP = "Name a server of the OpenAI protocol and its model: http://localhost:8080/v1#model"
_WORD = regex.compile(r"\b(yes|no)\b", regex.IGNORECASE)


class ServerJudge:
    """Asks a model behind an address.

    Args:
        address: of the server's API with the model's name behind a `#`, such as `http://localhost:8080/v1#qwen`;
            without a name the first model that the server lists.
        pause: seconds before a busy server is asked again; doubled each time.

    Raises:
        ModelError: it is no address.
    """

    def __init__(self, address: str, pause: float = 1.0) -> None:
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as problem:
            raise ModelError(f"{address!r} is no address: {problem}.", help=_HELP) from problem
        if not url.host:
            raise ModelError(f"{address!r} is no address: it names no machine.", help=_HELP)
        key = os.environ.get(KEY_VARIABLE)
        self._model = url.fragment
        self._place = f"{url.scheme}://{url.netloc.decode()}"
        self._pause = pause
        self._gives_odds = True
        self._client = httpx.Client(
            base_url=url.copy_with(fragment=None),
            timeout=_TIMEOUT,
            headers={"Authorization": f"Bearer {key}"} if key else {},
        )

    @property
    def name(self) -> str:
        """The model and where it is."""
        return f"{self._model or 'the model'} at {self._place}"

    def log_odds(self, title: str, quote: str, sentence: str) -> float | None:
        """The logarithm of the odds of a yes; see `Judge`.

        Raises:
            ModelError: the server does not answer, refuses, or answers something else.
        """
        self._model = self._model or self._first_model()
        prompt = statement_prompt(title, quote, sentence)
        roles = (("system", prompt.system), ("user", prompt.question))
        body = {
            "model": self._model,
            "messages": [{"role": role, "content": text} for role, text in roles],
            "temperature": 0,
            "max_tokens": _ROOM,
        }
        return self._read(self._ask(body))

    def _first_model(self) -> str:
        found = self._value(self._send("GET", "models"))
        try:
            return str(found["data"][0]["id"])
        except (KeyError, IndexError, TypeError) as problem:
            raise ModelError(f"The server at {self._place} lists no model.", help=_HELP) from problem

    def _ask(self, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """The server's answer; from one that refuses to give probabilities, without."""
        if self._gives_odds:
            answer = self._send("POST", "chat/completions", {**body, "logprobs": True, "top_logprobs": _LIKELIEST})
            if answer.status_code not in _UNKNOWN_FIELD:
                return self._value(answer)
            self._gives_odds = False
        return self._value(self._send("POST", "chat/completions", body))

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        for attempt in range(_TRIES):
            try:
                answer = self._client.request(method, path, json=body)
            except httpx.HTTPError as problem:
                why = why_unreachable(problem)
                raise ModelError(f"The judge at {self._place} cannot be reached: {why}.", help=_HELP) from problem
            if answer.status_code not in _BUSY or attempt == _TRIES - 1:
                break
            time.sleep(self._pause * 2**attempt)
        return answer

    def _value(self, answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON
        if answer.is_error:
            said = " ".join(answer.text[:_EXCERPT].split())
            raise ModelError(
                f"The judge at {self._place} answers {answer.status_code}: {said or answer.reason_phrase}",
                help=f"Put the server's key into {KEY_VARIABLE}." if answer.status_code in _LOCKED else _HELP,
            )
        try:
            return answer.json()
        except ValueError as problem:
            raise self._foreign(answer.text) from problem

    def _read(self, value: Any) -> float | None:  # noqa: ANN401 - JSON
        try:
            choice = value["choices"][0]
            tokens = (choice.get("logprobs") or {}).get("content") or []
            told = (_odds(token.get("top_logprobs") or [token]) for token in tokens)
            odds = next((odds for odds in told if odds is not None), None)
            word = _WORD.search(choice["message"]["content"] or "")
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
            raise self._foreign(value) from problem
        if odds is not None or word is None:
            return odds
        return PLAIN_ODDS if word[1].casefold() == "yes" else -PLAIN_ODDS

    def _foreign(self, value: object) -> ModelError:
        found = reprlib.repr(value)
        return ModelError(f"The judge at {self._place} does not speak the OpenAI protocol: {found}", help=_HELP)


def _odds(likeliest: Iterable[Mapping[str, Any]]) -> float | None:
    """The log-odds of yes over no at one place of an answer, None where it is the place of something else."""
    chances = [(str(each["token"]).strip(_SPACES).casefold(), math.exp(float(each["logprob"]))) for each in likeliest]
    yes, no = (sum(chance for token, chance in chances if token == word) for word in ("yes", "no"))
    if yes + no < _MOST:
        return None
    # Whichever is not listed is less likely than all that are.
    unlisted = max(_LEAST, min(*(chance for _, chance in chances), 1 - yes - no))
    return math.log((yes or unlisted) / (no or unlisted))
