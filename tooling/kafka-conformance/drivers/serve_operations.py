"""The process side of a driver in Python: lines in, operations of a client, lines out (operations.ts has the form)."""

import json
import os
import sys
import threading


class Unsupported(Exception):
    """A client that cannot do what was asked, for the reason given."""


def serve_operations(operations, error_code):
    """Serves until standard input ends. `operations` maps names to functions of the arguments; one that is missing
    is one that the client does not have. `error_code` finds the broker's error in what the client raised."""
    for line in sys.stdin:
        call = json.loads(line)
        answer = {"id": call["id"]}
        run = operations.get(call["operation"])
        try:
            if run is None:
                raise Unsupported("the client has no such call")
            answer["result"] = run(call["arguments"])
        except Unsupported as reason:
            answer["unsupported"] = str(reason)
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"
            answer["code"] = error_code(error)
        print(json.dumps(answer), flush=True)
    # Threads of clients that wait for something would keep the process.
    os._exit(0)


class Member:
    """A member of a group that reads in a thread of its own. All calls of the consumer are made there."""

    def __init__(self, poll):
        """`poll(member)` reads once and appends to `records`; `assigned` is what is owned by now."""
        self.records = []
        self.assigned = []
        self._poll = poll
        self._is_over = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._is_over:
            self._poll(self)

    def state(self):
        return {"assigned": sorted(self.assigned), "records": list(self.records)}

    def stop(self):
        self._is_over = True
        self._thread.join()


def next_offsets(records, assigned):
    """Where a successor goes on, by partition."""
    offsets = {}
    for record in records:
        if record["partition"] in assigned:
            offsets[record["partition"]] = record["offset"] + 1
    return offsets
