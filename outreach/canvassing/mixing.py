"""Takes from the opinions the order in which they came.

A phone with a signal sends a door soon after it was visited. The rows of that visit and of what was said there then lie
in their tables in the same order, under the same transaction number, and somebody who holds the database itself (a
backup, a disk) could lay them side by side. Once a night the opinions are written anew in the order of their random
ids, all in one transaction, and nothing of their coming is left but the day that they name.
"""

from django.db import connection, transaction

MIX = """
WITH taken AS (DELETE FROM canvassing_opinion RETURNING *)
INSERT INTO canvassing_opinion SELECT * FROM taken ORDER BY id
"""


@transaction.atomic
def mix_opinions() -> None:
    """Rewrite all opinions in the order of their ids. What comes meanwhile waits a moment."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE canvassing_opinion IN EXCLUSIVE MODE")
        cursor.execute(MIX)
