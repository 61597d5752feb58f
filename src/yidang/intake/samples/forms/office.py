"""异地就医备案表, 稽核通知书, 缴费核定表 and 发票."""

from datetime import timedelta

from yidang.intake.samples.forms.kit import Drawn, Kit, Pair, heading, in_words, known, pairs_out, table
from yidang.intake.samples.people import make_unit
from yidang.intake.samples.stamping import stamp

FILINGS = (
    "异地就医备案表",
    "基本医疗保险跨省异地就医备案登记表",
    "异地长期居住人员备案表",
    "跨省临时外出就医人员备案表",
)
NOTICES = ("医疗保障稽核通知书", "稽核检查通知书", "医疗保险稽核通知书", "医疗保障基金稽核通知书")
ASSESSMENTS = ("医疗保险缴费核定表", "医疗保险费征缴核定单", "基本医疗保险缴费基数核定表", "单位缴费核定通知单")
INVOICES = ("医疗住院收费票据（电子）", "医疗门诊收费票据（电子）", "医疗收费专用票据", "住院医疗收费票据")
CITIES = ("澄江市", "望海市", "平川市", "云麓市", "锦江市")
FINDINGS = ("分解住院", "超标准收费", "重复收费", "串换药品", "挂床住院", "超量开药", "虚记费用")


def draw_filing(kit: Kit) -> Drawn:
    paper, person, title, day = kit.paper(), kit.person(), kit.one_of(*FILINGS), kit.day()
    kind = kit.one_of("异地安置退休人员", "异地长期居住人员", "常驻异地工作人员", "异地转诊就医人员")
    city, bureau = kit.one_of(*CITIES), kit.bureau()
    number = f"{kit.one_of('YD', 'BA', '')}{day:%Y%m%d}{kit.rng.randrange(10**4):04d}"
    top = heading(kit, paper, title)
    with_number = kit.chance(0.7)
    if with_number:
        paper.text(
            188,
            top - 2,
            f"{kit.one_of('备案号', '备案编号', '编号')}{paper.style.colon}{number}",
            size=3.6,
            align="right",
        )
    rows: list[list[Pair]] = [
        [(kit.one_of("姓名", "参保人姓名"), person.name), ("性别", person.sex)],
        [(kit.one_of("身份证号", "证件号码", "身份证号码"), person.id_number)],
        [
            (kit.one_of("联系电话", "手机号码"), person.phone),
            (kit.one_of("参保地", "参保统筹区"), kit.one_of("临溪县", "岭川县", "青垣市")),
        ],
        [(kit.one_of("备案类型", "人员类别"), kind), (kit.one_of("就医地", "转往地区", "居住地"), city)],
        [
            (
                kit.one_of("异地联系地址", "居住地址"),
                (
                    f"{city}{kit.one_of('南湖区', '江北区', '高新区')}"
                    f"{kit.one_of('学府路', '中山路')}{kit.rng.randrange(1, 400)}号"
                ),
            )
        ],
        [
            (kit.one_of("备案开始日期", "有效期起"), kit.show(day, "dash")),
            (
                kit.one_of("备案结束日期", "有效期止"),
                kit.show(day + timedelta(days=kit.rng.randrange(90, 700)), "dash"),
            ),
        ],
    ]
    top = pairs_out(kit, paper, top + 2, rows)
    top = paper.paragraph(
        20,
        top + 6,
        170,
        kit.one_of(
            "备案人员在备案就医地住院可直接结算，执行就医地支付范围及有关规定。",
            "本人已知晓异地就医有关政策规定，备案有效期内按规定结算。",
        ),
    )
    paper.text(24, top + 12, f"{kit.one_of('备案人签名', '申请人')}{paper.style.colon}", size=4)
    paper.text(112, top + 12, f"{kit.one_of('经办机构', '参保地经办机构')}{paper.style.colon}{bureau}", size=4)
    paper.text(
        112, top + 23, f"{kit.one_of('备案日期', '办理日期', '填表日期')}{paper.style.colon}{kit.show(day)}", size=4
    )
    if kit.chance(0.65):
        stamp(paper, kit.rng, 155, top + 16, bureau, lower=kit.one_of("异地就医专用章", ""))
    fields = known(
        {
            "person_name": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
            "document_number": number if with_number else None,
            "formed_on": day.isoformat(),
        }
    )
    return Drawn("remote_filing", [paper], fields, title)


def draw_notice(kit: Kit) -> Drawn:
    paper, title, day, bureau = kit.paper(), kit.one_of(*NOTICES), kit.day(), kit.bureau()
    hospital = kit.hospital()
    region = (
        "临医保" if "临溪" in bureau else "岭医保" if "岭川" in bureau else "青医保" if "青垣" in bureau else "鹭医保"
    )
    number = f"{region}{kit.one_of('稽', '稽核', '稽通')}〔{kit.year}〕{kit.rng.randrange(1, 180)}号"
    paper.text(105, 26, bureau, size=7, voice="title", align="middle")
    paper.text(105, 38, title, size=7.5, voice="title", align="middle")
    paper.text(105, 49, number, size=4.2, align="middle")
    paper.text(22, 64, hospital.name + "：", size=4.6, voice="body")
    start = day + timedelta(days=kit.rng.randrange(3, 15))
    found = kit.rng.sample(FINDINGS, 2)
    texts = [
        (
            f"根据《医疗保障基金使用监督管理条例》有关规定，我单位决定自{start.year}年{start.month}月{start.day}日起，"
            f"对你单位{kit.year - 1}年度医疗保障基金使用情况进行稽核检查。"
        ),
        (
            f"检查内容：{found[0]}、{found[1]}等违规使用医保基金行为。"
            "请准备好财务账册、进销存台账、病历及收费明细等资料备查，并确定专人配合。"
        ),
        f"检查组由{kit.person().name}、{kit.person().name}等同志组成，请予支持配合。",
    ]
    top = 76.0
    for text in texts:
        top = paper.paragraph(22, top, 166, text, size=4.6) + 2
    if kit.chance(0.5):
        top = paper.paragraph(22, top, 166, f"联系人：{kit.person().name}，联系电话：{kit.person().phone}", size=4.6)
    paper.text(140, top + 18, bureau, size=4.6, voice="body", align="middle")
    paper.text(
        140, top + 28, kit.show(day, kit.one_of("hanzi", "hanzi", "padded")), size=4.6, voice="body", align="middle"
    )
    if kit.chance(0.85):
        stamp(paper, kit.rng, 140, top + 22, bureau)
    fields = known(
        {
            "document_number": number,
            "institution": hospital.code,
            "institution_name": hospital.name,
            "responsible": bureau,
            "formed_on": day.isoformat(),
        }
    )
    return Drawn("inspection_notice", [paper], fields, title)


def draw_assessment(kit: Kit) -> Drawn:
    paper, unit, title, day, bureau = kit.paper(), make_unit(kit.rng), kit.one_of(*ASSESSMENTS), kit.day(), kit.bureau()
    number = f"{kit.one_of('HD', 'ZJ', '')}{kit.year}{kit.rng.randrange(10**6):06d}"
    rows = []
    total = 0
    for month in kit.rng.sample(range(1, 13), kit.rng.randrange(1, 6)):
        people, base = kit.rng.randrange(3, 300), kit.rng.randrange(300000, 900000)
        due = round(people * base * 0.08)
        total += due
        rows.append([f"{kit.year}年{month:02d}月", str(people), kit.yuan(people * base), "8%", kit.yuan(due)])
    rows.sort()
    top = heading(kit, paper, title)
    told: list[list[Pair]] = [
        [(kit.one_of("单位名称", "缴费单位", "参保单位名称"), unit.name)],
        [
            (kit.one_of("统一社会信用代码", "社会信用代码"), unit.credit_code),
            (kit.one_of("核定单号", "核定编号", "单据编号"), number),
        ],
    ]
    top = pairs_out(kit, paper, top, told)
    header = ["费款所属期", "缴费人数", "缴费基数（元）", "费率", "应缴金额（元）"]
    top = table(paper, top + 2, header, [34, 28, 44, 22, 46], rows, left=18, height=8.5)
    label = kit.one_of("应缴合计", "核定金额合计", "应缴费总额")
    top = pairs_out(
        kit, paper, top + 4, [[(label, kit.yuan(total, grouped=kit.chance(0.3))), ("大写", in_words(total))]]
    )
    paper.text(22, top + 8, f"{kit.one_of('核定人', '经办人')}{paper.style.colon}{kit.person().name}", size=4)
    paper.text(118, top + 8, f"{kit.one_of('核定日期', '制表日期')}{paper.style.colon}{kit.show(day)}", size=4)
    paper.text(118, top + 18, bureau, size=4)
    if kit.chance(0.6):
        stamp(paper, kit.rng, 150, top + 12, bureau, lower=kit.one_of("征缴业务专用章", ""))
    fields = known(
        {
            "unit_name": unit.name,
            "credit_code": unit.credit_code,
            "document_number": number,
            "amount_total": total,
            "formed_on": day.isoformat(),
        }
    )
    return Drawn("levy_assessment", [paper], fields, title)


def draw_invoice(kit: Kit) -> Drawn:
    paper, person, hospital, title, day = kit.paper(), kit.person(), kit.hospital(), kit.one_of(*INVOICES), kit.day()
    paper.height, number = 297.0, f"{kit.rng.randrange(10**10):010d}"
    names = kit.rng.sample(
        ("西药费", "检查费", "化验费", "治疗费", "诊察费", "床位费", "护理费", "卫生材料费", "中成药费"),
        kit.rng.randrange(3, 8),
    )
    amounts = [(name, kit.rng.randrange(300, 300000)) for name in names]
    total = sum(fen for _, fen in amounts)
    fund = round(total * kit.rng.uniform(0.3, 0.8))
    top = heading(kit, paper, title, top=26)
    rows: list[list[Pair]] = [
        [("票据代码", f"66{kit.rng.randrange(10**6):06d}"), (kit.one_of("票据号码", "票据号"), number)],
        [
            (kit.one_of("交款人", "姓名"), person.name),
            (kit.one_of("开票日期", "收费日期"), kit.show(day, kit.one_of("dash", "hanzi"))),
        ],
    ]
    top = pairs_out(kit, paper, top, rows)
    header = ["项目名称", "数量/单位", "金额（元）"]
    top = table(
        paper, top + 2, header, [80, 40, 54], [[name, "1", kit.yuan(fen)] for name, fen in amounts], left=18, height=8
    )
    top = pairs_out(
        kit,
        paper,
        top + 4,
        [
            [
                (kit.one_of("金额合计（小写）", "合计（小写）", "金额合计"), kit.yuan(total, sign=kit.chance(0.4))),
                (kit.one_of("大写", "金额合计（大写）"), in_words(total)),
            ]
        ],
    )
    rows = [
        [
            (kit.one_of("医保统筹基金支付", "统筹基金支付"), kit.yuan(fund)),
            (kit.one_of("个人现金支付", "个人支付", "个人自付"), kit.yuan(total - fund)),
        ]
    ]
    top = pairs_out(kit, paper, top, rows)
    paper.text(
        20,
        top + 6,
        f"{kit.one_of('收款单位（章）', '收款单位', '开票单位')}{paper.style.colon}{hospital.name}",
        size=3.8,
    )
    paper.text(140, top + 6, f"{kit.one_of('收款人', '复核人')}{paper.style.colon}{kit.person().name}", size=3.8)
    if kit.chance(0.7):
        stamp(paper, kit.rng, 78, top + 6, hospital.name, lower="收费专用章", oval=kit.chance(0.6))
    fields = known(
        {
            "document_number": number,
            "person_name": person.name,
            "institution": hospital.code,
            "institution_name": hospital.name,
            "amount_total": total,
            "amount_fund": fund,
            "amount_self": total - fund,
            "formed_on": day.isoformat(),
        }
    )
    return Drawn("invoice", [paper], fields, title)
