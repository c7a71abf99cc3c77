"""Starts ministack as the CloudFormation of the end-to-end tests, on loopback only.

    python tools/cfn/ministack.py PORT ACCOUNT REGION FOLDER

ministack refuses a template with a type that it lacks, so the types that Fairway's templates use and ministack has not
are registered before it starts, each on the engine's own API: what a stack made is what Describe calls answer. Where
ministack differs from AWS in what Fairway relies on, it is mended. Each module of ministack_types says what it adds.
"""

import os
import pathlib
import sys

# The script's own folder would hide the engine behind the script, which has its name.
sys.path[0] = str(pathlib.Path(__file__).resolve().parent / "ministack_types")


def main():
    port, account, region, folder = sys.argv[1:]
    del sys.argv[1:]
    os.environ.update(
        GATEWAY_PORT=port,
        BIND_HOST="127.0.0.1",
        MINISTACK_ACCOUNT_ID=account,
        MINISTACK_REGION=region,
        # It leaves a file with its process id.
        TMPDIR=folder,
        # Or it listens for MQTT too, on a fixed port.
        IOT_MTLS_ENABLED="0",
        SFTP_ENABLED="0",
    )

    from ministack import app

    import addresses
    import answers
    import buckets
    import classic_elb
    import fixed_ids
    import flow_logs
    import groups
    import instance_profiles
    import prefix_lists
    import secret_values
    import security_group_rules
    import volumes

    for module in (
        addresses,
        answers,
        buckets,
        classic_elb,
        fixed_ids,
        flow_logs,
        groups,
        instance_profiles,
        prefix_lists,
        secret_values,
        security_group_rules,
        volumes,
    ):
        module.register()
    app.main()


if __name__ == "__main__":
    main()
