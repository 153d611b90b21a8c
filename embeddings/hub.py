"""Files of the Hugging Face hub.

huggingface_hub finds a file, its hash and its size (so that HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE mean
what they mean everywhere); the bytes come through our own download, because hf_hub_download starts a file over
when its process was stopped, and a gigabyte is too much to lose.
"""

import os
from dataclasses import dataclass

import httpx

from documents.errors import ModelError
from embeddings.catalogue import HubSource
from embeddings.download import Remote, SourceUnreachable

_TIMEOUT = 5.0
"""Seconds to wait for the hub before the next source is tried."""
_SHA256_LENGTH = 64
_LOADED = (".safetensors", ".json", ".txt", ".model")
_OTHER_RUNTIMES = ("onnx/", "openvino/", "coreml/")

# Nobody is told which articles' reader uses which model. Read once, when huggingface_hub is first imported.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile(Remote):
    """What the hub says of a file.

    Attributes:
        etag: its sha256 (large files) or its git blob hash (small ones).
    """

    etag: str

    @property
    def sha256(self) -> str | None:
        """The hash that the hub promises, where it is one that we compare with the catalogue's."""
        return self.etag if len(self.etag) == _SHA256_LENGTH else None


def look_up(source: HubSource) -> HubFile:
    """Ask the hub for a file's hash, size and address; one request, no retries.

    Raises:
        SourceUnreachable: no answer within a few seconds, or the hub does not have (or not give) the file.
    """
    from huggingface_hub import errors, get_hf_file_metadata, hf_hub_url  # noqa: PLC0415 - half a second
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # noqa: PLC0415

    url = hf_hub_url(source.repo, source.filename, revision=source.revision)
    where = f"The hub's {source.repo}/{source.filename}"
    try:
        found = get_hf_file_metadata(url, timeout=_TIMEOUT)
    # HTTPError is that of the client huggingface_hub was built on, which differs between its versions.
    except (errors.HTTPError, errors.HFValidationError, OSError) as problem:  # type: ignore[attr-defined]
        reason = str(problem).strip().splitlines()[0]
        raise SourceUnreachable(f"{where} cannot be reached ({reason}).") from problem
    if not found.etag:
        raise SourceUnreachable(f"{where} was answered for without a hash; HF_ENDPOINT may not be a hub.")
    headers = build_hf_headers() if _same_host(url, found.location) else {}
    return HubFile(url=found.location, etag=found.etag, size=found.size, headers=headers)


def list_model(repo: str) -> tuple[str, list[str]]:
    """The current commit of an embedding model and the files needed to load it, the weights first.

    Raises:
        SourceUnreachable: no answer within a few seconds, or there is no such model.
        ModelError: when its weights are not in safetensors: other formats can run code when they are loaded.
    """
    from huggingface_hub import HfApi, errors  # noqa: PLC0415

    try:
        found = HfApi().model_info(repo, timeout=_TIMEOUT)
    except (errors.HTTPError, errors.HFValidationError, OSError) as problem:  # type: ignore[attr-defined]
        reason = str(problem).strip().splitlines()[0]
        raise SourceUnreachable(f"The hub's {repo} cannot be reached ({reason}).") from problem
    files = [file.rfilename for file in found.siblings or ()]
    kept = [name for name in files if name.endswith(_LOADED) and not name.startswith(_OTHER_RUNTIMES)]
    kept.sort(key=lambda name: (not name.endswith(".safetensors"), name))
    if not kept or not kept[0].endswith(".safetensors"):
        raise ModelError(f"The hub's {repo} has no .safetensors file.", help="Choose a model that has one.")
    return found.sha or "main", kept


def _same_host(one: str, other: str) -> bool:
    # A token belongs to the hub, not to the storage that it sends us on to.
    return httpx.URL(one).host == httpx.URL(other).host
