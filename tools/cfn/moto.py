"""Starts moto as a second CloudFormation, on loopback only, for creation alone: it updates and deletes little.

    python tools/cfn/moto.py PORT ACCOUNT REGION FOLDER

moto skips what it does not know and reports the stack as complete; so the types that Fairway's templates use and moto
has not are registered before it starts, and so are the functions of templates that it lacks.
"""

import os
import pathlib
import sys

# The script's own folder would hide the engine behind the script, which has its name.
sys.path[0] = str(pathlib.Path(__file__).resolve().parent / "moto_types")


def main():
    port, account, _, folder = sys.argv[1:]
    os.environ.update(MOTO_ACCOUNT_ID=account, TMPDIR=folder)

    from moto import server

    import attributes
    import fixed_ids
    import functions
    import keys
    import types_added

    for module in (attributes, fixed_ids, functions, keys, types_added):
        module.register()
    server.main(["-H", "127.0.0.1", "-p", port])


if __name__ == "__main__":
    main()
