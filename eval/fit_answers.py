"""The weights of a model's word on answers, fitted on what a model wrote to questions whose answers are known.

`python -m eval.fit_answers [--model NAME] [--draw N] RUN=LIBRARY ...` takes the sentences, shown and dropped ones, that
were written to the dev questions of each run, or to all of a set without a dev part, N of them drawn by lot. Each is
checked against what the library finds for its question, and the model is asked whether it answers. The three weights of
its word go into `rag/support.json`, beside those that `eval.fit_support` makes. A sentence is right when it holds the
expected answer; of a question that the articles do not answer none is.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from documents import detect
from embeddings import load_encoder
from eval.answers import contains_answer
from eval.fit_support import MODELS, fit, save
from eval.questions import Question
from eval.runs import load_run
from rag import AnswerJudge, Checker, Library, answer_features, load_generator, may_answer

_SEED = 1


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that a model wrote to a question, and whether it holds the expected answer."""

    question: Question
    text: str

    @property
    def right(self) -> bool:
        """See `Written`; of a question that cannot be answered nothing is right."""
        return self.question.answerable and contains_answer(self.text, self.question.answers)


def written(run: Path, draw: int) -> list[Written]:
    """What was written to the questions of a run that may be tuned on, each sentence once, at most `draw` of them."""
    records = load_run(run).records
    dev = [record for record in records if record.question.split == "dev"] or records
    found = dict.fromkeys(
        Written(record.question, sentence["text"]) for record in dev for sentence in record.answer["sentences"]
    )
    return random.Random(_SEED).sample(list(found), min(draw, len(found)))  # noqa: S311 - no secret


def rows(sentences: Sequence[Written], library: Library, model: str) -> Iterator[tuple[dict[str, float], bool]]:
    """The features of each sentence that a model would be asked about, and whether it is right."""
    generator, encoder = load_generator(model), load_encoder()
    for each in sentences:
        question = each.question.question
        evidence = library.retrieve(question)
        judge = AnswerJudge(generator, question, [item.passage for item in evidence])
        language = detect(question, default="en")
        verdict = Checker(evidence, encoder, language, question, judge, when=may_answer).check(each.text)
        if verdict.signals is not None and verdict.log_odds is not None:
            yield answer_features(verdict.signals, verdict.log_odds), each.right


def main() -> None:
    """Fit for one model, and add its weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("runs", nargs="+", metavar="RUN=LIBRARY")
    parser.add_argument("--model", default=MODELS[0])
    parser.add_argument("--draw", type=int, default=70)
    given = parser.parse_args()
    found: list[tuple[dict[str, float], bool]] = []
    for run, folder in (pair.split("=", 1) for pair in given.runs):
        with Library.open(folder) as library:
            found += rows(written(Path(run), given.draw), library, given.model)
    name = AnswerJudge(load_generator(given.model), "", ()).name
    features, labels = zip(*found, strict=True)
    save([fit(name, features, labels)], sentences=len(found))


if __name__ == "__main__":
    main()
