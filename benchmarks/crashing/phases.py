"""What is killed: each kind of work on a workspace, and what must be true after it whenever it is killed.

`work` runs in a process of its own and acknowledges what is done by `ack`. `check` gets what was
acknowledged and says what is wrong, in a list that is empty where nothing is lost and nothing half there.
"""

from __future__ import annotations

from crashing.carrying import (
    back_up_alone,
    back_up_beside_a_writer,
    check_back_up,
    check_create,
    check_import,
    check_move,
    check_restore,
    create,
    import_bundle,
    move_there_and_back,
    prepare_accord,
    prepare_backup,
    prepare_bundle,
    prepare_filled,
    prepare_move,
    restore_it,
)
from crashing.keys import check_log_key, check_new_key, new_key, rotate_log_key
from crashing.phase import Phase
from crashing.recording import (
    append,
    check_append,
    check_migrate,
    check_take_in,
    check_two_writers,
    migrate,
    prepare_old,
    prepare_workspace,
    take_in,
    two_writers,
)

PHASES = (
    Phase(
        "append",
        "four transactions, each of a judgement and three observations",
        prepare_workspace,
        append,
        check_append,
        keep=25,
    ),
    Phase(
        "ingest",
        "two evidence files in one transaction, copied beside the record",
        prepare_workspace,
        take_in,
        check_take_in,
        keep=25,
    ),
    Phase(
        "two writers",
        "as append, while a second process appends",
        prepare_workspace,
        two_writers,
        check_two_writers,
        keep=10,
        alone=append,
    ),
    Phase(
        "migration", "a real file of schema 0002 brought to the newest", prepare_old, migrate, check_migrate
    ),
    Phase(
        "backup",
        "a backup while a second process appends",
        prepare_filled,
        back_up_beside_a_writer,
        check_back_up,
        alone=back_up_alone,
    ),
    Phase("restore", "a backup verified and put in place", prepare_backup, restore_it, check_restore),
    Phase("init", "a new workspace", prepare_accord, create, check_create),
    Phase(
        "bundle",
        "another office's bundle taken in, with its evidence files",
        prepare_bundle,
        import_bundle,
        check_import,
    ),
    Phase("keys", "a party's key made and rotated", prepare_workspace, new_key, check_new_key),
    Phase(
        "log key",
        "the log's key rotated twice",
        prepare_workspace,
        rotate_log_key,
        check_log_key,
        keep=5,
    ),
    Phase(
        "move",
        "a record moved to a PostgreSQL server and back; who talks to the server is killed, not the server",
        prepare_move,
        move_there_and_back,
        check_move,
        cuts=False,
    ),
)
