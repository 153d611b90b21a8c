"""The commands eval score and eval scorer: answers of any system against their evidence, and how good that check is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.common import JsonOption
from ui.cli.eval_common import JudgeOption, say
from ui.cli.eval_progress import EvalProgress
from ui.cli.terminal import one_line

if TYPE_CHECKING:
    from eval.faithfulness import Faithfulness, ScoredSentence, Scorer
    from eval.triples import FileSummary, ScoredTriple


def score(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="Answers, one JSON object a line.")],
    *,
    as_json: JsonOption = False,
    judge: JudgeOption = None,
) -> None:
    """Score answers of any system, sentence by sentence, against the evidence that they were made from.

    Each line of the file is an object with question, answer and evidence, a list of texts; or, as RAGAS has them,
    user_input, response and retrieved_contexts. A language (ISO 639-1) is that of the answer; without it, it is told
    from the words. No library is touched.

    A sentence is supported when the evidence holds a quote that says it: all its numbers, dates and names, nothing
    denied, nothing added. For each sentence you get how sure that is, why, and the best quote with its place in the
    evidence. The score of an answer is the share of its sentences that are supported; an answer that claims nothing,
    being empty or a refusal, has none.

    With --json: {"rows": [{"line", "question", "score", "abstained", "sentences": [{"text", "support", "supported",
    "reason", "missing", "quote", "evidence", "start", "end"}]}], "summary": {"rows", "abstained", "sentences",
    "supported", "score", "interval", "judge", "embedding"}}. "evidence" numbers the texts of the row from 0.

    A server gets the sentences and quotes, and the key in OPENAI_API_KEY where there is one; nothing else leaves
    this machine.

    \b
    Examples:
      dossier eval score answers.jsonl
      dossier eval score answers.jsonl --json | jq '.rows[] | select(.score < 1)'
      dossier eval score answers.jsonl --judge http://localhost:8080/v1
      dossier eval score answers.jsonl --judge nli:MoritzLaurer/mDeBERTa-v3-base-xnli-multilingual-nli-2mil7
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    from eval.triples import load_triples, score_triples, summarise  # noqa: PLC0415 - only what this command needs

    triples = load_triples(file)
    scorer = _scorer(judge)
    scored = []
    with EvalProgress(common.notes()) as progress:
        progress.begin("scoring", len(triples))
        for each in score_triples(triples, scorer):
            scored.append(each)
            progress.step()
            if not as_json:
                _show(each)
    summary = summarise(scored, scorer)
    if as_json:
        common.print_json({"rows": [each.to_dict() for each in scored], "summary": summary.to_dict()})
    else:
        common.results().print(_in_words(summary), soft_wrap=True)


def scorer(
    *,
    labels: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Labelled claims of your own, one JSON object a line."),
    ] = None,
    as_json: JsonOption = False,
    judge: JudgeOption = None,
) -> None:
    """Measure the scorer itself: how well it tells supported claims from others, beside two simple baselines.

    Without --labels it is measured on the test half of the labelled pairs that come with Dossier (docs/datasets.md).
    With it, each line of your file is an object with source, claim, label (true or false, 1 or 0, yes or no,
    supported or unsupported) and, if you like, language, that of the claim.

    The table says, with 95 % intervals: AUROC, the chance that a supported claim scores above another; balanced
    accuracy at a support of 0.6; the calibration error, how far support is from the share that is supported. The
    baselines, shared words and alike vectors, get the threshold that is best for them on these very claims.

    With --json: {"pairs", "auroc", "balanced_accuracy", "ece", "by_language"}, and by language the same four; null
    where a figure needs both labels and there is only one.

    With the default model it takes about ten minutes on two cores, with --judge none about one.

    \b
    Examples:
      dossier eval scorer
      dossier eval scorer --judge none --json
      dossier eval scorer --labels labels.jsonl --judge my-model.gguf
    """  # noqa: D301 - as above
    from eval.scorer import built_in, check_labelled, groups_of, load_labels, report_dict, ways_of  # noqa: PLC0415

    labelled = load_labels(labels) if labels else built_in()
    measured = _scorer(judge)
    checked = []
    with EvalProgress(common.notes()) as progress:
        progress.begin("scoring", len(labelled))
        for each in check_labelled(labelled, measured):
            checked.append(each)
            progress.step()
    if as_json:
        common.print_json(report_dict(checked))
        return
    from eval.scorer_table import summary  # noqa: PLC0415 - as above

    truth = [each.label for each in labelled]
    common.tables().print(summary(ways_of(checked, measured.judge), truth, groups_of(labelled)))


def _scorer(name: str | None) -> "Scorer":
    from embeddings import load_encoder  # noqa: PLC0415 - as above
    from eval.faithfulness import Scorer  # noqa: PLC0415
    from eval.judges import load_judge, when_asked  # noqa: PLC0415

    encoder = load_encoder()
    judge = load_judge(name, encoder)
    if judge is None and name is None:
        note = "No model is on this machine to ask in doubt: facts, words and vectors decide alone."
        say(f"{note} dossier models pull fetches one.")
    return Scorer(encoder, judge, when=when_asked(name))


def _show(scored: "ScoredTriple") -> None:
    out, found = common.results(), scored.faithfulness
    head = Text(f"{scored.triple.line}  {_share(found)}  {one_line(scored.triple.question)}", style="bold")
    out.print(head, soft_wrap=True)
    for sentence in found.sentences:
        for line in _lines(sentence):
            out.print(line, soft_wrap=True)


def _share(found: "Faithfulness") -> str:
    if found.abstained:
        return "claims nothing"
    return f"{sum(sentence.supported for sentence in found.sentences)}/{len(found.sentences)} supported"


def _lines(sentence: "ScoredSentence") -> list[Text]:
    mark = "+" if sentence.supported else "-"
    lines = [
        Text(f"   {mark} {sentence.support:.2f}  {one_line(sentence.text)}"),
        Text(f"           {one_line(sentence.reason)}", style="dim"),
    ]
    if sentence.evidence is not None:
        place = f"evidence {sentence.evidence + 1}, {sentence.start}-{sentence.end}"
        lines.append(Text(f'           {place}: "{one_line(sentence.quote)}"', style="dim"))
    return lines


def _in_words(summary: "FileSummary") -> Text:
    if summary.score is None:
        return Text(f"{summary.rows} answers; none claims anything.")
    ends = f" (95 % interval {summary.interval[0]:.3f} to {summary.interval[1]:.3f})" if summary.interval else ""
    return Text(
        f"{summary.rows} answers, {summary.abstained} of them claim nothing; "
        f"{summary.supported} of {summary.sentences} sentences supported: {summary.score:.3f}{ends}. "
        f"Judge: {one_line(summary.judge or 'none')}."
    )
