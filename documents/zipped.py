"""Zip files of untrusted origin, read in memory and within bounds; nothing is ever written."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from documents.display import printable
from documents.errors import ArticleError

_ENTRIES = 100_000
_MEMBER = 20_000_000  # bytes of one file, unpacked
_TOTAL = 200_000_000  # bytes of all files that are read, unpacked: what a bomb may cost
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


class Zipped:
    """An open zip file whose members may be read until they come to too much.

    Args:
        data: the whole file.
        name: what to call it in an error message.

    Raises:
        ArticleError: when it is no zip file, or has too many members.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = printable(name)
        self._left = _TOTAL
        with self._told():
            self._file = zipfile.ZipFile(io.BytesIO(data))
        if len(self._file.filelist) > _ENTRIES:
            raise ArticleError(f"{self.name} holds {len(self._file.filelist):,} files; the limit is {_ENTRIES:,}.")

    def members(self) -> list[zipfile.ZipInfo]:
        """What the directory lists, in its order; folders left out."""
        return [info for info in self._file.infolist() if not info.is_dir()]

    def check(self) -> None:
        """See that a library may unpack all of it: no member gives more than the directory says.

        Raises:
            ArticleError: when that would be too much, or is encrypted.
        """
        sizes = [info.file_size for info in self.members()]
        if any(info.flag_bits & _ENCRYPTED for info in self.members()):
            raise ArticleError(f"{self.name} is encrypted.", help="Unpack it with its password first.")
        if max(sizes, default=0) > _MEMBER or sum(sizes) > _TOTAL:
            raise ArticleError(
                f"{self.name} unpacks to too much: {sum(sizes):,} bytes.",
                help=f"A file may have {_MEMBER:,} bytes, all together {_TOTAL:,}.",
            )

    def read(self, member: str | zipfile.ZipInfo) -> bytes:
        """Unpack a member.

        Raises:
            ArticleError: when it is not there, damaged, encrypted, or more than may be unpacked.
        """
        with self._told():
            info = self._file.getinfo(member) if isinstance(member, str) else member
            if info.flag_bits & _ENCRYPTED:
                raise ArticleError(f"{self.name} is encrypted.", help="Unpack it with its password first.")
            most = min(_MEMBER, self._left)
            with self._file.open(info) as file:
                data = file.read(most + 1)
        self._left -= len(data)
        if len(data) > most:
            raise ArticleError(
                f"{self.name} unpacks to too much: {printable(info.filename)} has over {most:,} bytes.",
                help=f"A file may have {_MEMBER:,} bytes, all together {_TOTAL:,}.",
            )
        return data

    def find(self, member: str) -> bytes | None:
        """Unpack a member that may be missing."""
        return self.read(member) if member in self._file.NameToInfo else None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except KeyError as error:
            raise ArticleError(f"{self.name} is damaged: {printable(error)}.") from error
        except _BROKEN as error:
            raise ArticleError(f"{self.name} is damaged: {printable(error).rstrip('.')}.") from error
