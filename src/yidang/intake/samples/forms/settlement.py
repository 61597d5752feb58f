"""住院费用结算清单: money that adds up, and a table that runs over pages."""

from dataclasses import dataclass
from datetime import date, timedelta

from yidang.intake.reading.reference import Diagnosis, Institution
from yidang.intake.samples.forms.kit import Drawn, Kit, Pair, heading, in_words, known, pairs_out, table
from yidang.intake.samples.paper import Paper
from yidang.intake.samples.people import Person
from yidang.intake.samples.stamping import stamp

HEADINGS = ("住院费用结算清单", "医疗保险住院费用结算单", "基本医疗保险住院医疗费用结算清单", "住院病人费用结算清单")
CATEGORIES = (
    "床位费",
    "诊察费",
    "检查费",
    "化验费",
    "治疗费",
    "手术费",
    "护理费",
    "卫生材料费",
    "西药费",
    "中药饮片费",
    "中成药费",
    "一般诊疗费",
    "其他费",
)
ITEMS = (
    ("头孢呋辛钠针", "0.75g", "支"),
    ("阿托伐他汀钙片", "20mg*7片", "盒"),
    ("氯化钠注射液", "0.9%100ml", "袋"),
    ("葡萄糖注射液", "5%250ml", "袋"),
    ("泮托拉唑钠针", "40mg", "支"),
    ("甘精胰岛素注射液", "300单位", "支"),
    ("静脉输液", "次", "次"),
    ("二级护理", "日", "日"),
    ("普通床位费", "日", "日"),
    ("血常规检查", "次", "次"),
    ("肝功能全套", "项", "项"),
    ("胸部CT平扫", "次", "次"),
    ("心电图检查", "次", "次"),
    ("一次性输液器", "付", "付"),
    ("换药（中）", "次", "次"),
    ("彩色多普勒超声", "次", "次"),
    ("氨氯地平片", "5mg*7片", "盒"),
    ("丹参注射液", "10ml", "支"),
    ("凝血四项", "项", "项"),
    ("吸氧", "小时", "小时"),
    ("雾化吸入", "次", "次"),
    ("血糖测定", "次", "次"),
    ("低分子肝素钙针", "4100单位", "支"),
    ("尿常规检查", "次", "次"),
    ("留置针", "24G", "支"),
    ("心电监护", "小时", "小时"),
)
NEXT_PAGE_ROWS = 26


@dataclass(frozen=True)
class Stay:
    person: Person
    hospital: Institution
    department: str
    diagnosis: Diagnosis
    admitted: date
    discharged: date
    settled: date
    number: str


def draw(kit: Kit, *, itemised: bool | None = None) -> Drawn:
    stay = _stay(kit)
    amounts = [(name, kit.rng.randrange(500, 500000)) for name in CATEGORIES if kit.chance(0.75)] or [
        ("西药费", 123450)
    ]
    total = sum(fen for _, fen in amounts)
    fund = round(total * kit.rng.uniform(0.45, 0.85))
    paper, title = kit.paper(), kit.one_of(*HEADINGS)
    top = heading(kit, paper, title, above=stay.hospital.name if kit.chance(0.5) else "", top=28)
    top = _facts(kit, paper, top, stay)
    top = _fees(kit, paper, top, amounts)
    top = _sums(kit, paper, top, total, fund)
    pages = [paper]
    if itemised if itemised is not None else kit.chance(0.3):
        pages += _detail_pages(kit, stay)
    _sign(kit, paper, top, stay)
    if len(pages) > 1:
        for number, page in enumerate(pages, 1):
            page.text(105, 288, f"第{number}页 共{len(pages)}页", size=3.2, voice="small", align="middle")
    fields = known(
        {
            "person_name": stay.person.name,
            "id_number": stay.person.id_number,
            "institution": stay.hospital.code,
            "institution_name": stay.hospital.name,
            "department": stay.department,
            "diagnosis": stay.diagnosis.name,
            "icd_code": stay.diagnosis.code,
            "admitted_on": stay.admitted.isoformat(),
            "discharged_on": stay.discharged.isoformat(),
            "formed_on": stay.settled.isoformat(),
            "document_number": stay.number,
            "amount_total": total,
            "amount_fund": fund,
            "amount_self": total - fund,
        }
    )
    return Drawn("settlement_list", pages, fields, title)


def _stay(kit: Kit) -> Stay:
    admitted = kit.day((1, 4), (11, 10))
    discharged = admitted + timedelta(days=kit.rng.randrange(2, 28))
    number = kit.one_of("JS", "ZY", "") + f"{discharged:%Y%m%d}{kit.rng.randrange(10**5):05d}"
    settled = discharged + timedelta(days=kit.rng.randrange(4))
    return Stay(kit.person(), kit.hospital(), kit.department(), kit.diagnosis(), admitted, discharged, settled, number)


def _facts(kit: Kit, paper: Paper, top: float, stay: Stay) -> float:
    rows: list[list[Pair]] = [
        [(kit.one_of("姓名", "患者姓名", "病人姓名"), stay.person.name), ("性别", stay.person.sex)],
        [
            (kit.one_of("身份证号", "证件号码", "公民身份号码"), stay.person.id_number),
            (kit.one_of("住院号", "病案号"), f"{kit.rng.randrange(10**7):07d}"),
        ],
        [
            (kit.one_of("定点医疗机构", "医疗机构名称", "就诊医院", "医院名称"), stay.hospital.name),
            (kit.one_of("科室", "出院科室", "住院科室"), stay.department),
        ],
        [
            (kit.one_of("入院日期", "入院时间"), kit.show(stay.admitted, "dash")),
            (kit.one_of("出院日期", "出院时间"), kit.show(stay.discharged, "dash")),
        ],
        [
            (kit.one_of("出院诊断", "主要诊断", "诊断"), stay.diagnosis.name),
            (kit.one_of("疾病编码", "ICD编码", "诊断编码", "ICD-10"), stay.diagnosis.code),
        ],
        [
            (kit.one_of("结算单号", "结算流水号", "单据号"), stay.number),
            ("人员类别", kit.one_of("在职", "退休", "居民")),
        ],
    ]
    head, rest = rows[0], rows[1:]
    if kit.chance(0.3):
        kit.rng.shuffle(rest)
    return pairs_out(kit, paper, top, [head, *rest], left=15, right=195)


def _fees(kit: Kit, paper: Paper, top: float, amounts: list[tuple[str, int]]) -> float:
    grouped = kit.chance(0.3)
    if kit.chance(0.5):
        header = ["费用项目", "金额", "费用项目", "金额"]
        told = [(name, kit.yuan(fen, grouped=grouped)) for name, fen in amounts] + [("", "")] * (len(amounts) % 2)
        rows = [[*told[place], *told[place + 1]] for place in range(0, len(told), 2)]
        return table(paper, top, header, [50, 40, 50, 40], rows, left=15, height=7.5)
    header = ["项目名称", "金额（元）", "甲类", "乙类", "自费"]
    rows = []
    for name, fen in amounts:
        first = kit.rng.randrange(fen + 1)
        second = kit.rng.randrange(fen - first + 1)
        parts = (fen, first, second, fen - first - second)
        rows.append([name, *(kit.yuan(part, grouped=grouped) for part in parts)])
    return table(paper, top, header, [44, 34, 34, 34, 34], rows, left=15, height=7.2)


def _sums(kit: Kit, paper: Paper, top: float, total: int, fund: int) -> float:
    grouped, sign = kit.chance(0.3), kit.chance(0.3)

    def show(fen: int) -> str:
        return kit.yuan(fen, grouped=grouped, sign=sign) + ("" if sign or kit.chance(0.5) else "元")

    rows: list[list[Pair]] = [
        [(kit.one_of("费用总额", "医疗费总额", "总费用", "费用合计"), show(total)), ("大写", in_words(total))],
        [
            (kit.one_of("统筹基金支付", "基金支付总额", "医保基金支付", "统筹支付"), show(fund)),
            (kit.one_of("个人自付", "个人支付", "个人负担", "个人现金支付"), show(total - fund)),
        ],
    ]
    return pairs_out(kit, paper, top + 4, rows, left=15, right=195)


def _sign(kit: Kit, paper: Paper, top: float, stay: Stay) -> None:
    label = kit.one_of("结算日期", "打印日期", "结算时间")
    paper.text(
        18, top + 8, f"{kit.one_of('经办人', '结算员', '制单人')}{paper.style.colon}{kit.person().name}", size=3.8
    )
    paper.text(120, top + 8, f"{label}{paper.style.colon}{kit.show(stay.settled)}", size=3.8)
    if kit.chance(0.65):
        stamp(
            paper,
            kit.rng,
            kit.rng.uniform(130, 165),
            top + kit.rng.uniform(-8, 6),
            stay.hospital.name,
            lower=kit.one_of("结算专用章", "医保专用章", ""),
        )


def _detail_pages(kit: Kit, stay: Stay) -> list[Paper]:
    count = kit.rng.randrange(1, 3)
    pages = []
    for number in range(count):
        paper = kit.paper()
        paper.text(105, 18, kit.one_of("住院费用明细清单", "费用明细"), size=6, voice="title", align="middle")
        colon, stay_number = paper.style.colon, f"{kit.rng.randrange(10**7):07d}"
        paper.text(
            15,
            30,
            f"姓名{colon}{stay.person.name}  住院号{colon}{stay_number}",
            size=3.6,
        )
        rows = []
        for place in range(NEXT_PAGE_ROWS if number < count - 1 else kit.rng.randrange(8, NEXT_PAGE_ROWS)):
            name, spec, unit = kit.rng.choice(ITEMS)
            price, times = kit.rng.randrange(100, 30000), kit.rng.randrange(1, 15)
            rows.append(
                [
                    str(place + 1),
                    name,
                    spec,
                    unit,
                    kit.yuan(price),
                    str(times),
                    kit.yuan(price * times),
                    kit.one_of("甲", "乙", "丙"),
                ]
            )
        header = ["序号", "项目名称", "规格", "单位", "单价", "数量", "金额", "类别"]
        table(paper, 36, header, [13, 48, 30, 16, 24, 15, 24, 12], rows, left=14, height=8.2)
        pages.append(paper)
    return pages
