"""Invented persons as several sources write them: slips, missing numbers, changed names, moved homes, twins."""

import random
from dataclasses import replace
from datetime import date, timedelta

from yidang.claims.linkage.rules import Record
from yidang.kernel.resident_id import check_digit

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建华国红玉春梅志海燕云鹏宇欣怡晨曦子涵浩然"


def persons(count, seed=7):
    """Records of `count` persons by two sources, and which pairs are one person."""
    rng = random.Random(seed)
    records, truth = [], set()
    for number in range(count):
        first = _person(rng, number)
        if number % 50 == 1 and records:  # a twin: same birth, home, family name and first 16 digits or so
            first = _twin(rng, first, number)
        second = _again(rng, replace(first, unique_id=f"b{number}"))
        records += [first, second]
        truth.add((first.unique_id, second.unique_id))
    return records, truth


def _person(rng, number):
    born = date(1935, 1, 1) + timedelta(days=rng.randrange(30000))
    sex = rng.choice("12")
    return Record(
        unique_id=f"a{number}",
        name=rng.choice(FAMILY) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2)))),
        born_on=born.isoformat(),
        sex=sex,
        id_number=_id_number(rng, born, sex),
        phone="1" + rng.choice("3578") + "".join(rng.choices("0123456789", k=9)),
        home=f"幸福路{rng.randrange(1, 900)}号{rng.randrange(1, 30)}室",
    )


def _id_number(rng, born, sex):
    serial = rng.randrange(0, 499) * 2 + (1 if sex == "1" else 0)
    body = f"{rng.choice(('330106', '330102', '330108', '110105'))}{born:%Y%m%d}{serial:03}"
    return body + check_digit(body)


def _twin(rng, of, number):
    body = of.id_number[:14] + f"{rng.randrange(0, 499) * 2 + (1 if of.sex == '1' else 0):03}"
    name = of.name[0] + "".join(rng.choices(GIVEN, k=2))
    return replace(of, unique_id=f"a{number}", name=name, id_number=body + check_digit(body))


def _again(rng, one):
    """What the second source says of the same person."""
    chance = rng.random()
    if chance < 0.06:
        one = replace(one, id_number="")
    elif chance < 0.10:
        at = rng.randrange(6, 16)
        one = replace(
            one, id_number=one.id_number[:at] + one.id_number[at + 1] + one.id_number[at] + one.id_number[at + 2 :]
        )
    elif chance < 0.14:
        one = replace(one, name=one.name[0] + "".join(rng.choices(GIVEN, k=2)))  # a new name
    elif chance < 0.18:
        one = replace(one, name=one.name[:-1] + rng.choice(GIVEN))  # misread
    if rng.random() < 0.15:
        one = replace(one, phone="")
    elif rng.random() < 0.15:
        one = replace(one, phone="139" + "".join(rng.choices("0123456789", k=8)))
    return replace(one, home="") if rng.random() < 0.2 else one
