"""The sentence that is being written goes to its own page, the newest form of it, and to nobody else."""

import asyncio

from ui.web.drafts import Drafts


def asked(drafts: Drafts, key: object) -> object:
    async def told() -> object:
        return await drafts.asks()(key)

    return asyncio.run(told())


def test_the_newest_draft_wins() -> None:
    drafts = Drafts()
    drafts.put("one", 0, "The")
    drafts.put("one", 0, "The bridge")
    assert asked(drafts, "one") == {"after": 0, "text": "The bridge"}
    drafts.put("one", 1, "")
    assert asked(drafts, "one") == {"after": 1, "text": ""}


def test_whoever_has_no_key_or_asks_too_late_is_told_nothing() -> None:
    drafts = Drafts()
    drafts.put("one", 0, "The bridge")
    for key in ("", "two", None, ["one"], {"one": 1}):
        assert asked(drafts, key) is None
    drafts.drop("one")
    drafts.drop("one")
    assert asked(drafts, "one") is None
