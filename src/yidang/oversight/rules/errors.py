"""What is wrong with a folder of the rule book, or with the files it is to be run over."""

from yidang.kernel.errors import Invalid, NotFound, Unavailable


def rule_refused(rule: str, reason: str) -> Invalid:
    return Invalid("rule_refused", rule=rule, reason=reason)


def no_such_rule(rule: str) -> NotFound:
    return NotFound("rule_unknown", rule=rule)


def no_such_folder(folder: str) -> NotFound:
    return NotFound("analytics_folder_empty", folder=folder)


def truth_refused(name: str) -> Invalid:
    return Invalid("truth_columns_missing", file=name)


def no_spark() -> Unavailable:
    return Unavailable("spark_missing", retryable=False)
