"""Who may sign in; a slip in how passwords are given never lets everybody in."""

from pathlib import Path

import pytest

from documents import DossierError
from ui.web.auth import users


def test_nobody_is_named_so_nobody_has_to_sign_in() -> None:
    assert users([]) is None


def test_names_have_their_own_passwords(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text("\ufeff# the desk\nlinh:mật khẩu\n\n  åsa:with: colons  \n", encoding="utf-8")
    signed_up = users(["ana:one"], file=file, variable="env:two")
    assert signed_up is not None
    assert len(signed_up) == 4
    right = [("ana", "one"), ("linh", "mật khẩu"), ("åsa", "with: colons"), ("env", "two")]
    assert all(signed_up(*pair) for pair in right)
    wrong = [("ana", "two"), ("ana", ""), ("", ""), ("nobody", ""), ("nobody", "one"), ("Ana", "one"), ("ana", "one ")]
    assert not any(signed_up(*pair) for pair in wrong)


def test_a_name_alone_is_asked_for_its_password() -> None:
    signed_up = users(["ana"], ask=lambda name: f"{name}'s: secret")
    assert signed_up is not None
    assert signed_up("ana", "ana's: secret")


@pytest.mark.parametrize("pair", ["", ":", "ana", "ana:", ":secret", "  :secret"])
def test_what_is_no_pair_is_refused_without_telling_it(pair: str) -> None:
    with pytest.raises(DossierError, match="not a name and a password") as refused:
        users([pair])
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "# ana:one\n", "\n\n"])
def test_a_file_that_names_nobody_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "users"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DossierError, match="names nobody"):
        users([], file=file)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="cannot be read"):
        users([], file=tmp_path / "missing")


def test_nothing_shows_a_password() -> None:
    signed_up = users(["ana:open sesame"])
    assert "sesame" not in f"{signed_up!r} {vars(signed_up)}"
