"""参保登记表, of persons and of units."""

from yidang.intake.samples.forms.kit import Drawn, Kit, Pair, heading, known, pairs_out, table
from yidang.intake.samples.people import make_unit
from yidang.intake.samples.stamping import stamp

PERSON_HEADINGS = (
    "城乡居民基本医疗保险参保登记表",
    "职工基本医疗保险参保人员登记表",
    "基本医疗保险个人参保登记表",
    "灵活就业人员医疗保险参保登记表",
    "医疗保险参保人员信息登记表",
)
UNIT_HEADINGS = (
    "用人单位医疗保险登记表",
    "基本医疗保险单位参保登记表",
    "社会保险（医疗）单位登记表",
    "医疗保险参保单位信息登记表",
)
NOTES = (
    "本人承诺以上填写内容真实有效，如有不实，愿承担相应法律责任。",
    "填表说明：本表一式两份，参保人和经办机构各留存一份。",
    "本表所填信息仅用于办理医疗保险业务，经办机构依法保密。",
)


def draw_person(kit: Kit) -> Drawn:
    paper, person, unit = kit.paper(), kit.person(), make_unit(kit.rng)
    title = kit.one_of(*PERSON_HEADINGS)
    day, filled = kit.day(), kit.one_of("填表日期", "登记日期", "申报日期")
    employed = "职工" in title
    top = heading(kit, paper, title)
    if kit.chance(0.5):
        paper.text(190, top - 3, f"{filled}{paper.style.colon}{kit.show(day)}", size=3.6, align="right")
        stands_above = True
    else:
        stands_above = False
    rows: list[list[Pair]] = [
        [(kit.one_of("姓名", "参保人姓名"), person.name), ("性别", person.sex)],
        [(kit.one_of("身份证号", "公民身份号码", "身份证号码", "证件号码"), person.id_number)],
        [("出生日期", kit.show(person.born, "dash")), ("民族", kit.one_of("汉族", "回族", "汉族", "壮族"))],
        [(kit.one_of("联系电话", "手机号码", "手机号"), person.phone), ("户籍性质", kit.one_of("农业", "非农业"))],
        [(kit.one_of("家庭住址", "通讯地址", "户籍地址"), person.address)],
    ]
    if employed:
        rows.append([(kit.one_of("单位名称", "工作单位", "参保单位"), unit.name)])
    rows.append(
        [
            ("参保险种", kit.one_of("职工基本医疗保险", "大额医疗补助") if employed else "城乡居民基本医疗保险"),
            ("参保时间", f"{kit.year}年{day.month}月"),
        ]
    )
    top = pairs_out(kit, paper, top, rows)
    if kit.chance(0.45):
        top = _family(kit, paper, top + 4)
    top = paper.paragraph(20, top + 6, 170, kit.one_of(*NOTES))
    bureau = kit.bureau()
    paper.text(24, top + 12, f"{kit.one_of('参保人签名', '申请人签字')}{paper.style.colon}", size=4)
    paper.text(110, top + 12, f"{kit.one_of('经办人', '受理人')}{paper.style.colon}{kit.person().name}", size=4)
    paper.text(110, top + 22, f"{kit.one_of('经办机构', '受理单位')}{paper.style.colon}{bureau}", size=4)
    if not stands_above:
        paper.text(150, top + 32, f"{filled}{paper.style.colon}{kit.show(day)}", size=4, align="middle")
    if kit.chance(0.6):
        stamp(paper, kit.rng, 152, top + 24, bureau, lower=kit.one_of("", "业务专用章"))
    fields = known(
        {
            "person_name": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
            "unit_name": unit.name if employed else None,
            "formed_on": day.isoformat(),
        }
    )
    return Drawn("enrolment_person", [paper], fields, title)


def _family(kit: Kit, paper, top: float) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    paper.text(20, top, kit.one_of("家庭成员信息", "同户参保人员"), size=4)
    rows = []
    for number in range(kit.rng.randrange(1, 4)):
        member = kit.person()
        rows.append([str(number + 1), member.name, kit.one_of("配偶", "子女", "父母"), member.id_number])
    return table(paper, top + 4, ["序号", "姓名", "关系", "身份证号码"], [16, 34, 30, 90], rows, left=20, height=8.5)


def draw_unit(kit: Kit) -> Drawn:
    paper, unit, head, clerk = kit.paper(), make_unit(kit.rng), kit.person(), kit.person()
    title, day = kit.one_of(*UNIT_HEADINGS), kit.day()
    bureau = kit.bureau()
    top = heading(kit, paper, title)
    rows: list[list[Pair]] = [
        [(kit.one_of("单位名称", "用人单位名称", "单位全称"), unit.name)],
        [(kit.one_of("统一社会信用代码", "社会信用代码"), unit.credit_code)],
        [("单位类型", kit.one_of("企业", "事业单位", "机关")), ("隶属关系", kit.one_of("县", "市", "其他"))],
        [
            (kit.one_of("法定代表人", "负责人", "法定代表人（负责人）"), head.name),
            (kit.one_of("专管员", "经办人员"), clerk.name),
        ],
        [
            (kit.one_of("联系电话", "单位电话", "联系人电话"), clerk.phone),
            ("邮政编码", f"66{kit.rng.randrange(10**4):04d}"),
        ],
        [(kit.one_of("单位地址", "注册地址", "住所（地址）"), unit.address)],
        [
            ("开户银行", kit.one_of("农业银行临溪支行", "建设银行岭川支行", "信用合作联社")),
            ("银行账号", "".join(str(kit.rng.randrange(10)) for _ in range(19))),
        ],
        [
            ("参保人数", str(kit.rng.randrange(3, 900))),
            ("参保险种", kit.one_of("基本医疗保险", "基本医疗保险、生育保险")),
        ],
    ]
    top = pairs_out(kit, paper, top + 2, rows)
    top = paper.paragraph(
        20,
        top + 6,
        170,
        kit.one_of("单位意见：以上情况属实，申请参加基本医疗保险。", "经审核，同意该单位办理医疗保险登记手续。"),
    )
    paper.text(120, top + 12, kit.one_of(unit.name, bureau), size=4, align="middle")
    paper.text(
        150,
        top + 22,
        f"{kit.one_of('登记日期', '填报日期', '受理日期')}{paper.style.colon}{kit.show(day)}",
        size=4,
        align="middle",
    )
    if kit.chance(0.7):
        stamp(paper, kit.rng, 140, top + 16, unit.name if kit.chance(0.5) else bureau)
    fields = known(
        {"unit_name": unit.name, "credit_code": unit.credit_code, "phone": clerk.phone, "formed_on": day.isoformat()}
    )
    return Drawn("enrolment_unit", [paper], fields, title)
