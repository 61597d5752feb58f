"""诊断证明书 and 门诊慢特病申请表."""

from datetime import timedelta

from yidang.intake.samples.forms.kit import Drawn, Kit, Pair, heading, known, pairs_out
from yidang.intake.samples.stamping import stamp

CERTIFICATES = ("诊断证明书", "疾病诊断证明书", "医学诊断证明书", "疾病证明书")
APPLICATIONS = (
    "门诊慢特病待遇资格申请表",
    "门诊慢性病特殊疾病申请表",
    "基本医疗保险门诊慢特病待遇认定申请表",
    "门诊特殊慢性病认定审批表",
)
ADVICE = (
    "建议休息两周，门诊随访。",
    "注意休息，按时服药，定期复查。",
    "建议继续门诊治疗，一月后复查。",
    "低盐低脂饮食，监测血压，不适随诊。",
    "住院治疗，出院后休息一个月。",
)
HISTORY = (
    "患者反复头晕、胸闷多年，近日加重，来院就诊，经检查确诊。",
    "患者因多饮、多食、多尿三年余，血糖控制欠佳入院治疗。",
    "患者长期咳嗽咳痰，活动后气促，经治疗病情好转出院。",
    "确诊五年，长期规律服药，定期门诊复诊，现申请门诊慢特病待遇。",
)


def draw_certificate(kit: Kit) -> Drawn:
    paper, person, hospital, found = kit.paper(), kit.person(), kit.hospital(), kit.diagnosis()
    department, day, title = kit.department(), kit.day(), kit.one_of(*CERTIFICATES)
    number = f"{kit.year}{kit.rng.randrange(10**5):05d}" if kit.chance(0.6) else ""
    with_code, with_id = kit.chance(0.45), kit.chance(0.6)
    top = heading(kit, paper, title, above=hospital.name, top=34)
    if number:
        label = kit.one_of("编号", "证明编号", "No")
        paper.text(188, top - 2, f"{label}{paper.style.colon}{number}", size=3.6, align="right")
    rows: list[list[Pair]] = [
        [("姓名", person.name), ("性别", person.sex), ("年龄", f"{kit.year - person.born.year}岁")]
    ]
    if with_id:
        rows.append([(kit.one_of("身份证号", "身份证号码"), person.id_number)])
    rows.append(
        [
            (kit.one_of("科别", "科室", "就诊科室"), department),
            (kit.one_of("门诊号", "住院号", "病历号"), f"{kit.rng.randrange(10**7):07d}"),
        ]
    )
    top = pairs_out(kit, paper, top + 4, rows)
    told = found.name + (kit.one_of("（{}）", "  {}", "({})").format(found.code) if with_code else "")
    top = _block(kit, paper, top + 4, kit.one_of("病情摘要", "主诉及病史", "病史摘要"), kit.one_of(*HISTORY))
    top = _block(kit, paper, top + 4, kit.one_of("诊断", "临床诊断", "诊断意见"), told)
    top = _block(kit, paper, top + 4, kit.one_of("处理意见", "医师建议", "建议"), kit.one_of(*ADVICE))
    paper.text(
        118, top + 16, f"{kit.one_of('医师签名', '医师', '经治医师')}{paper.style.colon}{kit.person().name}", size=4
    )
    label = kit.one_of("开具日期", "日期", "证明日期", "")
    paper.text(118, top + 27, (label + paper.style.colon if label else "") + kit.show(day), size=4)
    if kit.chance(0.8):
        stamp(
            paper,
            kit.rng,
            kit.rng.uniform(130, 160),
            top + kit.rng.uniform(16, 28),
            hospital.name,
            lower=kit.one_of("诊断证明专用章", "医务科", ""),
        )
    fields = known(
        {
            "person_name": person.name,
            "id_number": person.id_number if with_id else None,
            "institution": hospital.code,
            "institution_name": hospital.name,
            "department": department,
            "diagnosis": found.name,
            "icd_code": found.code if with_code else None,
            "document_number": number,
            "formed_on": day.isoformat(),
        }
    )
    return Drawn("diagnosis_certificate", [paper], fields, title)


def _block(kit: Kit, paper, top: float, label: str, text: str) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    if kit.chance(0.5):
        paper.text(20, top, label + paper.style.colon, size=4.3)
        return float(paper.paragraph(26, top + 9, 160, text, voice="value", indent=0)) + 3
    end = paper.text(20, top, label + paper.style.colon, size=4.3)
    return float(paper.paragraph(end + 1, top, 188 - end, text, size=4.3, voice="value", indent=0)) + 5


def draw_application(kit: Kit) -> Drawn:
    paper, person, found, hospital = kit.paper(), kit.person(youngest=1985), kit.diagnosis(), kit.hospital()
    title, day = kit.one_of(*APPLICATIONS), kit.day()
    diagnosed = day - timedelta(days=kit.rng.randrange(20, 900))
    bureau, listed = kit.bureau(), kit.chance(0.75)
    top = heading(kit, paper, title)
    rows: list[list[Pair]] = [
        [
            (kit.one_of("姓名", "申请人姓名", "参保人姓名"), person.name),
            ("性别", person.sex),
            ("年龄", str(kit.year - person.born.year)),
        ],
        [(kit.one_of("身份证号", "身份证号码", "证件号码"), person.id_number)],
        [
            (kit.one_of("联系电话", "手机号码"), person.phone),
            (kit.one_of("参保类型", "人员类别"), kit.one_of("职工医保", "居民医保")),
        ],
        [(kit.one_of("家庭住址", "联系地址"), person.address)],
        [
            (kit.one_of("申请病种", "申报病种", "病种名称"), found.name),
            (kit.one_of("疾病编码", "病种编码", "ICD-10编码"), found.code),
        ],
        [
            (kit.one_of("确诊医院", "诊断医疗机构", "认定医疗机构"), hospital.name),
            ("确诊日期", kit.show(diagnosed, "dash")),
        ],
    ]
    top = pairs_out(kit, paper, top, rows if listed else rows[:5])
    top = _block(kit, paper, top + 4, kit.one_of("病情简介", "申请理由", "主要病史"), kit.one_of(*HISTORY))
    top = _block(
        kit,
        paper,
        top + 4,
        kit.one_of("专家评审意见", "医保科意见", "鉴定意见"),
        kit.one_of("符合门诊慢特病准入标准，同意认定。", "经鉴定符合认定条件，予以通过。", "材料齐全，符合标准。"),
    )
    paper.text(24, top + 10, f"{kit.one_of('申请人签字', '申请人')}{paper.style.colon}{person.name}", size=4)
    paper.text(118, top + 10, bureau, size=4)
    paper.text(
        118, top + 20, f"{kit.one_of('申请日期', '填表日期', '申报日期')}{paper.style.colon}{kit.show(day)}", size=4
    )
    if kit.chance(0.65):
        stamp(paper, kit.rng, 150, top + 14, bureau, lower=kit.one_of("慢特病审批专用章", ""))
    fields = known(
        {
            "person_name": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
            "diagnosis": found.name,
            "icd_code": found.code,
            "institution": hospital.code if listed else None,
            "institution_name": hospital.name if listed else None,
            "formed_on": day.isoformat(),
        }
    )
    return Drawn("chronic_application", [paper], fields, title)
