"""What is to be imported, as text: a file, a folder of files, or a zip of them."""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile
import zlib
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING

from surefoot.core import TableError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

LONGEST = 1 << 16
"""Characters of a line; a file with longer ones is no table."""

LARGEST = 1 << 26
"""Characters of a file that has to be read as one."""

_HEAD = 1 << 16  # bytes looked at to tell text from other things
_TEXT_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROKEN = (OSError, zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError)
_ENCRYPTED = 1  # bit of a zip's flags
_KINDS = (".csv", ".txt", ".tsv", ".json")
_PLAIN = frozenset(b"\t\n\r\f") | frozenset(range(32, 256))


class Source:
    """Text files by name; each is read from its beginning as often as asked.

    Parameters
    ----------
    path : Path
        A file, a zip file or a folder; only read.

    Attributes
    ----------
    name : str
        The name of the path, for errors.
    names : tuple of str
        The tables in it, sorted; one for a plain file.

    Raises
    ------
    TableError
        If it cannot be read, or holds no text.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name
        self._zipped = path.is_file() and zipfile.is_zipfile(path)
        self.names = self._find()
        if not self.names:
            got = "no .csv or .txt in it"
            raise self._no_text(got)

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of one file, without their ends.

        Bytes that are not UTF-8 come as lone surrogates, so that encoding a line again
        with ``surrogateescape`` gives the bytes of the file.

        Raises
        ------
        TableError
            If it is not text, or a line is longer than `LONGEST`.
        """
        for line in self._split(name):
            if len(line) > LONGEST:
                got = f"a line of more than {LONGEST} characters"
                raise self._no_text(got)
            yield line

    def head(self, name: str, n: int) -> list[str]:
        """Return the first lines of one file, cut off at `LONGEST`."""
        return [line[:LONGEST] for line in islice(self._split(name), n)]

    def whole(self, name: str) -> str:
        """Return the text of one file.

        Raises
        ------
        TableError
            If it is not text, or larger than `LARGEST`.
        """
        with self._text(name) as text:
            found = text.read(LARGEST + 1)
        if len(found) > LARGEST:
            got = f"more than {LARGEST} characters"
            raise self._no_text(got)
        return found

    def digest(self) -> str:
        """Return the SHA-256 of the file, or of the digests of a folder's files."""
        if self._path.is_file():
            return _digest(self._path)
        listed = (f"{_digest(self._path / name)}  {name}\n" for name in self.names)
        return hashlib.sha256("".join(listed).encode()).hexdigest()

    def _find(self) -> tuple[str, ...]:
        try:
            if self._zipped:
                with zipfile.ZipFile(self._path) as archive:
                    inside = [i for i in archive.infolist() if not i.is_dir()]
                if any(info.flag_bits & _ENCRYPTED for info in inside):
                    got = "a zip with a password"
                    raise self._no_text(got)
                found = [info.filename for info in inside]
            elif self._path.is_dir():
                near = (*self._path.glob("*"), *self._path.glob("*/*"))
                found = [
                    p.relative_to(self._path).as_posix() for p in near if p.is_file()
                ]
            else:
                self._path.open("rb").close()
                return (self.name,)
        except _BROKEN as error:
            raise self._unread(error) from None
        tables = (n for n in found if n.lower().endswith(_KINDS))
        return tuple(sorted(n for n in tables if not n.startswith("__MACOSX/")))

    @property
    def path(self) -> Path:
        """The file or folder itself."""
        return self._path

    @contextmanager
    def _open(self, name: str) -> Generator[IO[bytes]]:
        try:
            if self._zipped:
                with zipfile.ZipFile(self._path) as archive, archive.open(name) as file:
                    yield file
            else:
                path = self._path / name if self._path.is_dir() else self._path
                with path.open("rb") as file:
                    yield file
        except _BROKEN as error:
            raise self._unread(error) from None

    @contextmanager
    def _text(self, name: str) -> Generator[io.TextIOWrapper]:
        with self._open(name) as binary:
            encoding = self._encoding(binary.read(_HEAD))
        with (
            self._open(name) as binary,
            io.TextIOWrapper(binary, encoding, "surrogateescape") as text,
        ):
            try:
                yield text
            except UnicodeError:
                got = "broken UTF-16"
                raise self._no_text(got) from None

    def _split(self, name: str) -> Iterator[str]:
        """Yield lines; one longer than `LONGEST` comes in pieces."""
        with self._text(name) as text:
            while line := text.readline(LONGEST + 1):
                yield line.rstrip("\n")

    def _encoding(self, head: bytes) -> str:
        if head.startswith(_TEXT_MARKS):
            return "utf-16"
        if not _PLAIN.issuperset(head):
            got = "other bytes"
            raise self._no_text(got)
        return "utf-8-sig"

    def _no_text(self, got: str) -> TableError:
        return TableError(
            f"{self.name}: expected a text file (JSON or CSV), got {got}: "
            "export it as CSV first"
        )

    def _unread(self, error: Exception) -> TableError:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return TableError(
            f"{self._path}: expected a file to import, got {why}: give its path"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
