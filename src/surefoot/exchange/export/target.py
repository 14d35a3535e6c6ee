"""The folder an export goes to: files are new, and half an export is taken away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self

from surefoot.core import TableError

if TYPE_CHECKING:
    from pathlib import Path


class Target:
    """Makes files; within ``with`` a failure removes all that it made.

    Parameters
    ----------
    top : Path
        The folder; made if it is not there.
    """

    def __init__(self, top: Path) -> None:
        self.top = top
        self.files: list[Path] = []
        self._folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for path in self.files:
                path.unlink(missing_ok=True)
            for folder in reversed(self._folders):
                if not any(folder.iterdir()):
                    folder.rmdir()

    def new(self, name: str) -> Path:
        """Return the path of a file that was just made, empty.

        Raises
        ------
        TableError
            If it is there already, or cannot be made.
        """
        path = self.top / name
        try:
            self._folder(path.parent)
            path.open("xb").close()
        except FileExistsError:
            msg = f"{path}: expected no such file, got one: export to another folder"
            raise TableError(msg) from None
        except OSError as error:
            why = error.strerror or str(error)
            msg = f"{path}: expected a folder that can be written to, got {why!r}: "
            raise TableError(msg + "choose another with --to") from None
        self.files.append(path)
        return path

    def text(self, name: str, text: str) -> None:
        """Write a text file."""
        self.new(name).write_text(text, "utf-8", newline="\n")

    def json(self, name: str, told: Any) -> None:
        """Write a JSON file."""
        text = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)
        self.text(name, text + "\n")

    def _folder(self, folder: Path) -> None:
        missing = [p for p in (folder, *folder.parents) if not p.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._folders.append(one)
