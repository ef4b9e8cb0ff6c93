"""Writes the result shapes of the services beside this file, from the service models of the installed botocore (Apache-2.0).

    python3 generate.py

A shape is "s" (string), "b" (boolean), "n" or "n<min>:<max>" (number), "e<A>|<B>" (enumeration), ["l", item], ["m", value]
or "@<name>" of a structure in "s", which has members "m" and required members "r". Member names start with a capital, as
in Step Functions. "a" names the result of each action.
"""

import json
import os

import botocore.session

SERVICES = {
    "athena": "athena",
    "dynamodb": "dynamodb",
    "eventbridge": "events",
    "glue": "glue",
    "lambda": "lambda",
    "s3": "s3",
    "secretsmanager": "secretsmanager",
    "sfn": "stepfunctions",
    "sns": "sns",
    "sqs": "sqs",
}
NUMBERS = ("integer", "long", "float", "double", "bigdecimal")


def capital(name):
    return name[0].upper() + name[1:]


def encode(shape, structures):
    kind = shape.type_name
    if kind == "structure":
        if shape.name not in structures:
            structures[shape.name] = None
            structures[shape.name] = {
                "m": {capital(name): encode(member, structures) for name, member in shape.members.items()},
                "r": [capital(name) for name in shape.required_members],
            }
        return "@" + shape.name
    if kind == "list":
        return ["l", encode(shape.member, structures)]
    if kind == "map":
        return ["m", encode(shape.value, structures)]
    if kind in NUMBERS:
        low, high = shape.metadata.get("min"), shape.metadata.get("max")
        return "n" if low is None and high is None else f"n{'' if low is None else low}:{'' if high is None else high}"
    if kind == "boolean":
        return "b"
    return "e" + "|".join(shape.enum) if getattr(shape, "enum", None) else "s"


def main():
    session = botocore.session.get_session()
    for file, service in SERVICES.items():
        model = session.get_service_model(service)
        structures, actions = {}, {}
        for operation in model.operation_names:
            output = model.operation_model(operation).output_shape
            if output:
                actions[operation[0].lower() + operation[1:]] = encode(output, structures)
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), file + ".json")
        with open(path, "w") as out:
            json.dump({"a": actions, "s": structures}, out, separators=(",", ":"), sort_keys=True)
            out.write("\n")


main()
