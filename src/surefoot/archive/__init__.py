"""The archive: a catalogue of recordings, progress over months, privacy, backup.

`open_archive` opens it; `register` and `rebuild` take recordings in, `progress` asks.
The catalogue knows people as codes; `Identities` keeps names apart and encrypted.
``docs/archive.md`` tells where everything lies and what erasing reaches.
"""

from surefoot.archive._archive import Archive, open_archive
from surefoot.archive._backup import backup, dump_line, restore
from surefoot.archive._errors import ArchiveError
from surefoot.archive._facts import Facts, NoteFact, TrialFact, facts_of
from surefoot.archive._history import (
    Decided,
    SetDone,
    Value,
    decided,
    history,
    pain_answers,
    sets_done,
)
from surefoot.archive._identities import Identities, Identity
from surefoot.archive._people import (
    Pain,
    Person,
    Sitting,
    add_person,
    answer,
    decide,
    numbers,
    people,
    sessions,
    write_note,
)
from surefoot.archive._person import Erasure, Handed, erase_person, export_person
from surefoot.archive._programme import (
    keep_programme,
    programme_entries,
    take_programme,
    take_programmes,
)
from surefoot.archive._progress import Point, measured, progress
from surefoot.archive._register import Rebuilt, keep, rebuild, register, take
from surefoot.archive._share import refuse_share
from surefoot.archive._sitting import AnswerFact, DecisionFact

__all__ = [
    "AnswerFact",
    "Archive",
    "ArchiveError",
    "Decided",
    "DecisionFact",
    "Erasure",
    "Facts",
    "Handed",
    "Identities",
    "Identity",
    "NoteFact",
    "Pain",
    "Person",
    "Point",
    "Rebuilt",
    "SetDone",
    "Sitting",
    "TrialFact",
    "Value",
    "add_person",
    "answer",
    "backup",
    "decide",
    "decided",
    "dump_line",
    "erase_person",
    "export_person",
    "facts_of",
    "history",
    "keep",
    "keep_programme",
    "measured",
    "numbers",
    "open_archive",
    "pain_answers",
    "people",
    "programme_entries",
    "progress",
    "rebuild",
    "refuse_share",
    "register",
    "restore",
    "sessions",
    "sets_done",
    "take",
    "take_programme",
    "take_programmes",
    "write_note",
]
