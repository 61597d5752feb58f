"""Invented people, units and numbers. Region 66 does not exist, so no number is anybody's."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yidang.kernel import credit_code, resident_id

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万"
    "钱严武戴莫孔向汤"
)
DOUBLE_SURNAMES = ("欧阳", "司马", "诸葛", "上官")
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香文华建国志辉玲红玉梅德福宝春生海燕晓东林"
    "永清云天佳怡梓涵浩宇轩子墨思远立新卫民学光荣庆祥顺义安康宁雅琴淑珍凤莲翠萍雪冬秋月琳慧颖婷"
    "欣悦博阳晨曦鹏飞振兴国栋家豪俊峰"
)
REGIONS = ("660102", "660103", "660104", "660122", "660181", "660201")
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PLACES = (
    "临溪县城关镇",
    "临溪县石桥镇",
    "临溪县河湾乡",
    "岭川县云台镇",
    "岭川县松岗镇",
    "白鹭洲区南苑街道",
    "白鹭洲区东湖街道",
    "青垣市新城区",
)
STREETS = (
    "解放路",
    "人民路",
    "建设路",
    "文化街",
    "滨河东路",
    "迎春巷",
    "工业大道",
    "柳林村",
    "大槐树村",
    "杨家湾村",
    "幸福小区",
    "锦绣花园",
)
UNIT_STEMS = (
    "恒通",
    "华茂",
    "金穗",
    "新联",
    "永盛",
    "天和",
    "瑞丰",
    "长青",
    "东方",
    "四海",
    "万顺",
    "嘉禾",
    "春晖",
    "宏远",
)
UNIT_TRADES = (
    "机械制造",
    "商贸",
    "建材",
    "纺织",
    "食品",
    "物流",
    "电子科技",
    "农业发展",
    "物业服务",
    "建筑工程",
    "服饰",
    "化工",
)
UNIT_ENDS = ("有限公司", "有限责任公司", "股份有限公司")
PUBLIC_UNITS = (
    "临溪县第一中学",
    "临溪县实验小学",
    "岭川县水务局",
    "临溪县公路管理所",
    "岭川县文化馆",
    "白鹭洲区环境卫生管理所",
    "临溪县林业工作站",
)


@dataclass(frozen=True)
class Person:
    name: str
    id_number: str
    phone: str
    address: str

    @property
    def is_male(self) -> bool:
        return resident_id.is_male(self.id_number)

    @property
    def sex(self) -> str:
        return "男" if self.is_male else "女"

    @property
    def born(self) -> date:
        born = resident_id.birth_date(self.id_number)
        assert born is not None  # noqa: S101 - made by us a line ago
        return born


@dataclass(frozen=True)
class Unit:
    name: str
    credit_code: str
    address: str


def make_name(rng: Random) -> str:
    surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.02 else rng.choice(SURNAMES)
    return surname + "".join(rng.choice(GIVEN) for _ in range(1 if rng.random() < 0.2 else 2))


def make_day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def make_id_number(rng: Random, born: date) -> str:
    body = f"{rng.choice(REGIONS)}{born:%Y%m%d}{rng.randrange(1, 999):03d}"
    return body + resident_id.check_digit(body)


def make_phone(rng: Random) -> str:
    return rng.choice(("130", "135", "138", "139", "150", "158", "177", "186", "189")) + f"{rng.randrange(10**8):08d}"


def make_person(rng: Random, *, oldest: int = 1938, youngest: int = 2004) -> Person:
    born = make_day(rng, date(oldest, 1, 1), date(youngest, 12, 31))
    return Person(make_name(rng), make_id_number(rng, born), make_phone(rng), make_address(rng))


def make_address(rng: Random) -> str:
    return f"{rng.choice(PLACES)}{rng.choice(STREETS)}{rng.randrange(1, 320)}号"


def make_unit(rng: Random) -> Unit:
    if rng.random() < 0.25:
        name, head = rng.choice(PUBLIC_UNITS), "12"
    else:
        town = rng.choice(("青垣市", "临溪县", "岭川县", "青垣"))
        name = town + rng.choice(UNIT_STEMS) + rng.choice(UNIT_TRADES) + rng.choice(UNIT_ENDS)
        head = "91"
    body = head + rng.choice(REGIONS) + "".join(rng.choice(CODE_LETTERS) for _ in range(9))
    return Unit(name, body + credit_code.check_character(body), make_address(rng))
