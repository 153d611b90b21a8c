"""Text to vectors, and models to this machine: what other packages use. Importing it loads no torch.

- `load_encoder(name)`: an `Encoder`, with the `Fingerprint` of what its vectors depend on; `WrappedEncoder`: one that
  passes on to another, to derive from.
- `resolve_generator(name)`: the path of a GGUF, fetched when needed; `local_generator(name)`: only if it is here;
  `generator_name()`: which one that is without a name.
- `load_token_counter(gguf)`: how many tokens a text has in it.
- `cache_dir()`: what can be had again lies there; `gguf_hash(path)`: which weights a file holds.
- `list_models()`: the catalogue as `ModelState`s; `pull(name)`: fetch one; `Bar`: how that is shown.
"""

from embeddings.cache import cache_dir, gguf_hash
from embeddings.encoder import Encoder, Fingerprint, WrappedEncoder, load_encoder
from embeddings.models import ModelState, generator_name, list_models, local_generator, pull, resolve_generator
from embeddings.progress import Bar, OnProgress
from embeddings.tokens import load_token_counter

__all__ = [
    "Bar",
    "Encoder",
    "Fingerprint",
    "ModelState",
    "OnProgress",
    "WrappedEncoder",
    "cache_dir",
    "generator_name",
    "gguf_hash",
    "list_models",
    "load_encoder",
    "load_token_counter",
    "local_generator",
    "pull",
    "resolve_generator",
]
