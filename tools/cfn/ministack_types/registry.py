"""How a type is given to the engine, and how the engine's own API is asked from within it."""

from xml.etree import ElementTree

from ministack.services import ec2
from ministack.services.cloudformation import provisioners


def add(type_name, *, create, delete, update=None, replacing=()):
    """Registers a type.

    create(logical_id, properties, stack_name) and update(physical_id, old, new, stack_name) answer (physical id,
    attributes for Fn::GetAtt); delete(physical_id, properties). A change of a property in `replacing` creates anew and
    then deletes, and so does any change when there is no `update`. All of them take stack tags in the property Tags.
    """
    handlers = {"create": create, "delete": delete}
    if update:
        handlers["update"] = update
    provisioners._RESOURCE_HANDLERS[type_name] = handlers
    provisioners._REPLACING_PROPERTIES[type_name] = tuple(replacing)


def take_stack_tags(*type_names):
    for type_name in type_names:
        provisioners._STACK_TAG_PROPERTY[type_name] = ("Tags", "list")


def wrap(type_name, **wrappers):
    """Replaces handlers of a type that the engine has: each wrapper is given the engine's handler first."""
    handlers = dict(provisioners._RESOURCE_HANDLERS[type_name])
    for verb, wrapper in wrappers.items():
        handlers[verb] = _with(wrapper, handlers[verb])
    provisioners._RESOURCE_HANDLERS[type_name] = handlers


def _with(wrapper, original):
    return lambda *arguments: wrapper(original, *arguments)


def call_ec2(action, **parameters):
    """Calls the engine's EC2 API in process; answers the first text of each element by name.

    A request over HTTP would wait for the event loop that it runs on. Keys write a dot as two underscores.
    """
    ec2._ensure_defaults_initialized()
    query = {key.replace("__", "."): [str(value)] for key, value in parameters.items() if value is not None}
    status, _, body = ec2._ACTION_MAP[action](query)
    root = ElementTree.fromstring(body)
    texts = {}
    for element in root.iter():
        texts.setdefault(element.tag.rpartition("}")[2], element.text or "")
    if status >= 400:
        raise ValueError(f"{texts.get('Message')} (Service: Ec2, Error Code: {texts.get('Code')})")
    return texts


def tag_ec2(physical_id, new, old=None):
    provisioners._ec2_apply_tags(physical_id, new, old)


def untag_ec2(physical_id):
    ec2._tags.pop(physical_id, None)
