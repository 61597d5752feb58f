"""Old typewritten papers, and what fits no other kind."""

from yidang.intake.samples.forms.kit import Drawn, Kit, heading, known, table
from yidang.intake.samples.stamping import stamp
from yidang.intake.samples.style import typewriter_style

SUBJECTS = (
    "关于调整公费医疗报销范围的通知",
    "关于做好年度医疗保险缴费工作的通知",
    "关于职工大病医疗费用补助问题的批复",
    "关于核定离休干部医药费标准的函",
    "关于印发医疗保险费用结算暂行办法的通知",
    "关于建立医疗保险业务档案管理制度的意见",
)
BODIES = (
    "各参保单位、定点医疗机构：为进一步规范医疗保险管理工作，保障参保职工的基本医疗需求，经研究决定，现将有关事项通知如下。",
    "一、各单位要高度重视，加强领导，明确专人负责，认真做好参保人员的登记、核对和缴费工作。",
    "二、参保人员因病住院的医疗费用，凭出院证明、费用清单及有效票据，于出院后三个月内到医疗保险经办机构办理报销手续。",
    "三、各定点医疗机构要严格执行药品目录、诊疗项目目录和服务设施标准，做到合理检查、合理用药、合理收费。",
    "四、业务档案应当按年度、类别和业务环节整理归档，妥善保管，不得遗失、涂改或者擅自销毁。",
    "五、本通知自发布之日起执行，原有规定与本通知不一致的，以本通知为准。",
    "你单位报来的请示收悉。经研究，同意按照有关规定给予一次性补助，所需资金从大病统筹基金中列支。",
)
OLD_BUREAUS = (
    "临溪县劳动局",
    "临溪县公费医疗管理办公室",
    "岭川县社会保险事业管理局",
    "青垣市医疗保险管理中心",
    "临溪县医疗保险管理局",
)
OTHERS = ("授权委托书", "会议签到表", "工作交接清单", "情况说明", "培训记录表")


def draw_letter(kit: Kit) -> Drawn:
    kit = Kit(kit.rng, typewriter_style(kit.rng), kit.rng.randrange(1994, 2012))
    paper, bureau, subject, day = kit.paper(), kit.one_of(*OLD_BUREAUS), kit.one_of(*SUBJECTS), kit.day()
    mark = kit.one_of("医保字", "劳险", "公医", "医险")
    number = f"{bureau[:1]}{mark}〔{kit.year}〕{kit.rng.randrange(1, 90)}号"
    paper.text(105, 30, bureau + kit.one_of("文件", "", "（通知）"), size=8, voice="title", align="middle")
    paper.text(105, 44, number, size=4.2, align="middle")
    paper.rule(25, 50, 185, 50, weight=2)
    paper.text(105, 62, subject, size=6, voice="title", align="middle")
    top = 76.0
    for text in kit.rng.sample(BODIES, kit.rng.randrange(3, 6)):
        top = paper.paragraph(25, top, 160, text, size=4.6) + 1
    paper.text(145, top + 16, bureau, size=4.6, align="middle")
    paper.text(145, top + 26, kit.show(day, "hanzi"), size=4.6, align="middle")
    if kit.chance(0.85):
        stamp(paper, kit.rng, 145, top + 20, bureau)
    fields = known({"document_number": number, "responsible": bureau, "formed_on": day.isoformat()})
    return Drawn("typed_letter", [paper], fields, subject)


def draw_other(kit: Kit) -> Drawn:
    paper, title, day = kit.paper(), kit.one_of(*OTHERS), kit.day()
    top = heading(kit, paper, title) + 4
    if title.endswith(("表", "清单")):
        names = ["序号", "姓名", "所在股室", "备注"] if title.endswith("表") else ["序号", "物品名称", "数量", "备注"]
        rows = [
            [
                str(n + 1),
                kit.person().name if title.endswith("表") else kit.one_of("公章", "票据本", "档案柜钥匙", "账册"),
                kit.one_of("参保股", "财务股", "稽核股") if title.endswith("表") else str(kit.rng.randrange(1, 9)),
                "",
            ]
            for n in range(kit.rng.randrange(5, 14))
        ]
        top = table(paper, top, names, [20, 50, 60, 40], rows, left=20, height=9)
    else:
        person = kit.person()
        text = (
            f"本人{person.name}，因{kit.one_of('工作原因', '身体原因', '外出务工')}不能亲自到场，"
            f"特委托{kit.person().name}代为办理相关手续，由此产生的一切责任由本人承担。"
            if title == "授权委托书"
            else f"兹有我单位于{kit.year}年度因系统升级，部分数据传输延迟，经核实不影响参保人员待遇，特此说明。"
        )
        top = paper.paragraph(22, top, 166, text, size=4.6)
    paper.text(140, top + 20, kit.show(day), size=4.4, align="middle")
    return Drawn("other", [paper], known({"formed_on": day.isoformat()}), title)
