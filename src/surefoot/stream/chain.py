"""Operators one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.core import Block, Operator


class Chain:
    """Operators applied in order; a chain is itself an operator.

    Parameters
    ----------
    operators : sequence of Operator
        First to last. The chain owns them.
    """

    def __init__(self, operators: Sequence[Operator]) -> None:
        self._operators = tuple(operators)

    def feed(self, block: Block) -> Block:
        """Feed the first operator and hand each output to the next."""
        for operator in self._operators:
            block = operator.feed(block)
        return block

    def reset(self) -> None:
        """Forget the past, as after construction."""
        for operator in self._operators:
            operator.reset()
