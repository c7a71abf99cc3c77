"""Flow logs; the log group and the role that the engine drops are kept."""

import re
from xml.sax.saxutils import escape

from ministack.services import ec2

import registry

_KEPT = {"DeliverLogsPermissionArn": "deliverLogsPermissionArn", "LogGroupName": "logGroupName"}


def register():
    registry.add(
        "AWS::EC2::FlowLog",
        create=_create,
        update=_update,
        delete=_delete,
        replacing=(
            "DeliverLogsPermissionArn",
            "LogDestination",
            "LogDestinationType",
            "LogFormat",
            "LogGroupName",
            "MaxAggregationInterval",
            "ResourceId",
            "ResourceType",
            "TrafficType",
        ),
    )
    registry.take_stack_tags("AWS::EC2::FlowLog")
    ec2._ACTION_MAP["DescribeFlowLogs"] = _with_kept(ec2._ACTION_MAP["DescribeFlowLogs"])


def _create(logical_id, properties, stack_name):
    answer = registry.call_ec2(
        "CreateFlowLogs",
        ResourceId__1=properties["ResourceId"],
        **{
            key: properties.get(key)
            for key in ("ResourceType", "TrafficType", "LogDestinationType", "LogDestination", "LogGroupName")
        },
    )
    log_id = answer["item"].strip()
    ec2._flow_logs[log_id].update({key: properties[key] for key in _KEPT if key in properties})
    if "LogDestination" not in properties:
        ec2._flow_logs[log_id]["LogDestination"] = ""
    registry.tag_ec2(log_id, properties)
    return log_id, {"Id": log_id}


def _update(log_id, old, new, stack_name):
    registry.tag_ec2(log_id, new, old)
    return log_id, {"Id": log_id}


def _delete(log_id, properties):
    registry.call_ec2("DeleteFlowLogs", FlowLogId__1=log_id)


def _with_kept(describe):
    def answer(parameters):
        status, headers, body = describe(parameters)
        text = re.sub(
            r"<flowLogId>([^<]+)</flowLogId>",
            lambda found: found[0] + _kept_xml(ec2._flow_logs[found[1]]),
            body.decode(),
        )
        return status, headers, text.encode()

    return answer


def _kept_xml(log):
    return "".join(f"<{tag}>{escape(log[key])}</{tag}>" for key, tag in _KEPT.items() if key in log)
