"""What was encoded a moment ago is not encoded again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.remember import RememberingEncoder
from tests.fakes import FakeEncoder


class Apart(FakeEncoder):
    """Gives a question another vector than a passage of the same words."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return -self.encode_passages(texts)


def test_a_text_is_encoded_once_as_a_question_and_once_as_a_passage() -> None:
    behind = Apart()
    encoder = RememberingEncoder(behind)
    passages = encoder.encode_passages(["river", "bridge", "river"])
    assert np.array_equal(encoder.encode_queries(["bridge", "river"]), -passages[1:])
    assert np.array_equal(encoder.encode_passages(["bridge", "river"]), passages[1:])
    assert np.array_equal(encoder.encode_queries(["river"]), -passages[:1])
    assert behind.encoded == ["river", "bridge", "bridge", "river"]
    assert encoder.encode_queries([]).shape == (0, passages.shape[1])
