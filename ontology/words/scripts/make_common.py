#!/usr/bin/env python3
"""Make words/common.tsv from the dictionary of jieba.

    npm pack @node-rs/jieba@2.0.3 && tar xzf node-rs-jieba-2.0.3.tgz
    make_common.py package/dict.txt > ../common.tsv

Takes Han words of one to four characters with a frequency of at least 20, and
every single character. Leaves out words tagged as proper names (nr*, ns*, nt*,
nz): names come from the gazetteer. RETAGGED holds ordinary words that the
dictionary tags as names (文明 nr, 城市 ns); they get their own tag and stay.
"""
import sys

MIN_FREQ = 20
NAME_TAGS = ("nr", "ns", "nt", "nz")

# Two-letter tags that say more than their first letter; all others are cut to it.
KEPT_TAGS = {"vn", "vd", "an", "ad", "mq"}
MORPHEMES = {"zg", "ng", "vg", "ag", "tg", "dg", "mg", "rg"}

RETAGGED = {
    "n": """
文明 小姐 和尚 王朝 阳光 陆军 道德 卫星 雷达 太后 荣誉 丘陵 言语 武林 明星 宫殿 权威 师傅 侍卫 维生素 帝王 宣言 胡同
玉米 师兄 顾问 花岗岩 王爷 智慧 贡献者 王公 白雪 高峰 祖先 文武 石英 友谊 侍郎 师哥 高潮 立法权 洪水 顾客 凤凰 米粉
古建筑 玉石 胡子 王府 光辉 叶子 祖宗 宝贝 白领 老公 皇太后 红旗 子孙 鱼雷 沙滩 师范 梅花 伯伯 范畴 相公 大王 诸侯
小姑娘 鹿角 元帅 孙子 雪山 杜鹃花 宝剑 老汉 黄金周 青少年 山珍 子宫 大侠 法王 老夫 丛林 小康 老虎 马匹 博客 德军 体操
明珠 王子 温泉 红外 望远镜 宫城 乌云 蓝天 金刚 左翼 师生 冷汗 高僧 宝石 小雨 尼姑 柴禾 沙丘 季后赛 白莲 五星红旗
仁兄 云母 童子 慈善 师母 小学生 松树 黑陶 兰花 大将军 岳父 史诗 保姆 太祖 小康县 大元帅 英才 乌龟 沙皇 纳粹 师娘
高三 豪杰 天王 王八 荣耀 旷野 德国人 马背 乔木 毛巾 博士生 麦子 郎中 老天爷 白布 胡萝卜 元老 金石 银杏 马夫 老总 高薪
宾客 孤儿 恩师 燕子 金字塔 巴掌 白发 林子 黑客 林木 杨柳 安危 幼儿园 红宝石 杜鹃 巨石 丹田 三世 白云 田园 伯爵
孔雀 老先生 伯父 师兄弟 王宫 才华 龙王 朱砂 小提琴 史实 清真寺 戈壁 古文 巧克力 小镇 田野 子弟兵 亚军 许可证 熊掌 李子
贝母 廉政 雷声 钱财 安全性 万世 铁路桥 蓝图 宣传部 伯母 奥妙 贝壳 庄园 金光 神智 龙宫 老婆子 宫阙 胡椒 石英砂 古文化
世锦赛 老太爷 白旗 士卒 天文台 显微镜 南纬 宝藏 科普 楚文化 士大夫 吉普车 古董 家里人 绿松石 金刚石 元宝 熊猫 钟声
胡人 农家乐 阿姨 太公 老二 太尉 全家福 高新区 西方人 白玉兰 红莲 老同志 梅雨期 盖子 玛瑙 宗庙 奥秘 权贵 红光 毛发 桂鱼
白昼 庄稼人 祖母 雷霆 恩人 柳树 言辞 白痴 王妃 岳母 王后 老太婆 师爷 玄武岩 马鞭 纳米 波涛 雷阵雨 西风 阎王 苍天 黄牛
孙女 银行卡 始祖 焦耳 德育 通知书 盛世 祖师爷 老婆婆 大家庭 索引 秋水 圣贤 唐诗 富翁 小便 老爹 宝塔 木耳 彼岸 英雄豪杰
花圃 辛丑 雷雨 庄主 灵堂 华裔 老三 太平军 容颜 老祖宗 祖父母 红梅 都尉 西红柿 西医 荆棘 恩德 巫师 探照灯 秋风 小溪 安全感
严重者 老祖 金秋 宇航 子嗣 暴风雨 孔庙 石狮子 高尔夫 旭日 新娘子 小兄弟 大老爷 巨星 小舟 罗盘 宋体 才智 诸侯国 王族
南风 党羽 特长生 拉丁字母 巧匠 司令官 寒武纪 太师椅 沙龙 梁柱 老翁 远征军 诸子 严重性 钟楼 木乃伊 小儿子 钱粮 小狗 青壮年
连珠 燕麦 段时间 太阳光 冷杉 东道主 沙尘暴 毛驴 大礼堂 丽人 暴君 黄蜂 洪峰 步履 松柏 桂冠 小丫头 龙凤 沙尘 占领区 红树林
西北风 云彩 麦田 修道院 石阶 宝典 太上皇 唐人 籍贯 盛怒 灵芝 丁香 花香 幸存者 纪念展 小女儿 小老婆 公开赛 老太太 须知
百科 英语 佛教 英文 基督教 回族 汉族 共和 家族 藏族 伊斯兰教 论文 中文 蒙古族 精华 道教 土家族 世界杯 汉语 天主教 满族
通讯 正文 金银 苗族 穆斯林 中轴线 大战 欧元 维吾尔族 壮族 恒星 天文 汉字 君王 沙发 中世纪 侗族 美味 珠宝 英国人 宝库 彝族
鸦片 犹太人 金星 诚信 傣族 杉木 天皇 瑶族 朝鲜族 白族 抗生素 黎族 二氧化碳 哈尼族 大革命 天鹅 新纪元 氨基酸 第二产业 文科
大奖 宝座 法语 威信 希腊人 爱国主义 文教 羟基 革命家 保安 新世纪 大礼 本科生 曙光 源泉 新教 洗礼 第三产业 摩托车 星星 斗拱
海战 印度教 大峡谷 佛塔 国宝 羌族 纳西族 高山族 鲤鱼 双打 新闻网 登记日 西班牙人 哈萨克族 甲骨文 乾坤 波浪 防腐剂 新路
锡伯族 畲族 竹林 珍宝 世界观 土族 国语 恐龙 撒拉族 卷宗 京族 塔吉克族 仡佬族 英雄好汉 阿昌族 佛经 神经元 印度人 福星 大厨
二氯 联苯 德语 外国语 喜讯 日语 彩虹 二等奖 富农 法宝 第三世界 论战 天命 甲醛 五星 满文 龙舟 晴天 海浪 佛法 百科全书 海豹
甲基 上班族 猴王 文联 甲烷 家教 诺言 磷酸盐 红利 西班牙语 磷酸 第三者 梵文 藏语 一氧化碳 革命派 硅酸盐 瞄准镜 喷泉 世界纪录
十字 瘦肉精 抗氧化剂 美梦 三等奖 高科技 卡片 二氧化硫 犹太教 高教 拉丁语 法文 巨浪 信息安全 碳酸盐 佛寺 通信卫星 金奖 俄语
克星 壮语 亚硝酸盐 五角星 红星 清泉 中成药 评语 新秀 保卫战 波澜 金属矿 红十字会 登山队 德文 碳酸锂 甲醇
城市 东西 外国 平原 自治州 英雄 太阳 江湖 海洋 自治县 湖泊 大桥 高原 山区 大街 王国 共和国 城镇 庆典 深度 山脉
大国 治安 古城 海峡 冰川 长度 山水 琉璃瓦 商城 内河 阴阳 江山 高山 大海 山坡 河谷 福利 日志 青春 山河 桥头堡 法西斯 山洞
都城 海湾 上半场 湖水 广义 江水 新城 海关 山峰 内城 石桥 契约 入口 都市 古都 重镇 三角洲 大山 城堡 深山 江河 伦理 泉水
大河 大江 法典 池塘 天桥 大洋 海滨 海滩 西瓜 贵宾 东路 嘉宾 海港 山林 山川 北风 新村 大门口 深海 山羊 远洋 井口 朝野 台风
山岭 象牙 深水 海岛 深渊 河畔 夕阳 港湾 新春 苏打 冰山 古镇 山庄 广度 美德 北半球 南半球 密林 黑洞 香水
锦旗 牡丹 莲蓬 山口 山门 河口 江口 山寨 山沟 海沟 大坝 云头 南瓜 山村 海鲜 太阳穴 山崖 同盟国 列国 阳极 蓝牙
火山岛 湖畔 朝霞 山丘 大城市 大中城市 城建 满意度 河水 河沟 河滩 列岛 墨水 山野 山城 古堡 古国 文明古国
巴士 湖滨 英里 吉他 绵羊 横梁 横沟 牙关 火海 城垣 府城 新区 天街 中风 四壁 远古 上古
哥哥 大都 朝廷 二哥 大伯 黑马 葡萄园 滑坡 城南 城东 城西 东北 西北 西南 东南 沿河
人民政府 人民法院 国家机关 党组织 人民公社 解放区 联合会 交易所 通讯社 公安局 军事法院 社会科学 国家队 联合政府 音乐会
音乐学院 中央政府 天文学 商学院 商业银行 音乐厅 美术馆 文工团 联合体 中央银行 卫生院 中医药 统计学 施工队 党政机关 加工厂
联邦政府 统计局 卫生局 安全局 四合院 黑社会 超级大国 信息中心 海洋生物 伦理学 交易会 文理学院 高级中学 理工学院 国际化 驻京办
集成电路
""",
    "v": """
令人 冷笑 封锁 登基 寻思 崇拜 谢谢 康复 周转 修正 比武 凌辱 陈述 荣获 胡说 关怀 林立 呼唤 陈列 布满 通达 养老 安抚 许可 原谅
容纳 杜绝 晋升 祝贺 过敏 谢恩 胡闹 满怀 张开 迎宾 弘扬 练兵 崇尚 查明 张贴 周旋 练功 加薪 大胜 归公 辟邪 张嘴 张口 慕名 立功
凌空 养牛 祝福 巧遇 顾忌 克隆 扬言 张罗 拓宽 大修 敬仰 凯旋 敬畏 卫冕 施政 陶醉 休克 托人 滑雪 张扬 高喊 麻醉 任凭 敬佩 张望
从政 许诺 涂抹 晋级 巴结 招安 寒暄 滑冰 格斗 称王 从军 爱戴 勒索 归顺 侍奉 凌迟 矫正 屠宰 敬礼 连成 换人 晋见 施舍 招贤 盖章
勾勒 解密 饶命 连胜 占上风 爱慕 雨淋 祖传 陶冶 易溶 入世 查清 恩爱 盘桓 秋收 屈膝 凌驾 布阵 滑翔 连贯 齐备 齐放 师承 通晓
农耕 抗日 抗战 汇报 中毒 抗议 力争 护卫 抗争 聊天 曝光 抗衡 飞翔 闻讯 和谈 联谊 藏书 管教 维和 抗辐射 和平共处 联网
舍命 升华 深信 印发 测距 护佑 登月 中奖 遵命 开奖 调教 启迪 嘉奖 接二连三 野战 对华 申报
爱国 建国 开国 上市 回国 普及 上马 新建 中断 关联 上山 下山 上台 渡江 入市 治国 天黑 加盟 登山 密封 上门 卫国 入海 赞美 登极
礼拜 归国 渡河 入门 上岗 入川 绕城 波及 来京 立国 缅怀 珍藏 上楼 越野 入阁 大兴土木 登门 扎根 下海 加密 罗列 朝拜 保鲜 上山下乡
渡海 朝圣 复国 抚摩 串联 美化 欢庆 信口开河 铺平 株连 朝贡 安顿 驻京 上路 爱美 中考 屯田
""",
    "a": """
明白 光荣 英勇 齐全 公正 辛勤 安静 宝贵 吉祥 高明 宁静 崇高 卓越 蓬勃 凌厉 周密 朴素 英俊 刚毅 华丽 麻木 金黄 威武 金碧辉煌
灵敏 温馨 殷勤 静默 陈旧 严正 高昂 高超 高雅 时髦 祥和 明朗 默契 新奇 空旷 宜人 洪亮 富丽堂皇 仁慈 周详 冷清 慈祥 和睦 卓绝
和善 博爱 渊博 冷冰冰 衣冠楚楚 温暖如春 文雅 华贵 香甜 阴森 和蔼 富丽 紫红色 荣幸 清香 鲁莽 白花花
普通 奇特 天真 正宗 端正 兴盛 美观 神通广大 普普通通 英明 孝顺 恒定 深奥 芬芳 国泰民安 天经地义 万能 和平
新鲜 美丽 神圣 安宁 喜庆 兴旺 端庄 开朗 满头大汗 高高兴兴 广博 歇斯底里 古老 新旧
""",
    "d": "齐声 多谢 宁可 诸如 天亮 但凡 徐徐 毋宁 冉冉 约莫 霍地 千秋 立马 莫非 广为 远非 云云 楚楚 大大的",
    "m": "二人 双喜 二世 四世 五世",
    "b": "古典 开放式 全日制 嵌入式 片状 柱状 中国式 宫殿式 名特优",
    "c": "有志于",
    "i": "大展宏图 得意洋洋",
   }


def reduced(tag, word):
    if tag.startswith(NAME_TAGS):
        return "g" if len(word) == 1 else ""
    if tag in MORPHEMES:
        return "g"
    return tag if tag in KEPT_TAGS else tag[:1]


def is_han(word):
    return all("\u3400" <= c <= "\u9fff" or c >= "\U00020000" for c in word)


def main(path):
    retagged = {}
    for tag, words in RETAGGED.items():
        for word in words.split():
            retagged[word] = tag
    rows = {}
    with open(path, encoding="utf-8") as dictionary:
        for line in dictionary:
            word, freq, tag = line.rstrip("\n").split(" ")
            if not is_han(word) or len(word) > 4:
                continue
            if len(word) > 1 and int(freq) < MIN_FREQ:
                continue
            pos = reduced(tag, word)
            if not pos:
                pos = retagged.get(word, "")
            if pos:
                rows[word] = (int(freq), pos)
    out = sys.stdout
    out.reconfigure(encoding="utf-8", newline="\n")
    out.write("# title: common Chinese words with frequency and part of speech\n"
              "# source: dict.txt of jieba, from npm @node-rs/jieba 2.0.3\n"
              "# licence: MIT\n"
              "# made-by: words/scripts/make_common.py\n"
              "# note: pos is jieba's tag letter (n v a d m q r c p t f s b z i l j ...), vn vd an ad mq kept, g a morpheme, x unknown\n"
              "# note: words tagged as proper names are left out, except ordinary words so tagged by mistake (list in the script)\n"
              "word\tfreq\tpos\n")
    for word in sorted(rows):
        freq, pos = rows[word]
        out.write(f"{word}\t{freq}\t{pos}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_common.py DICT.TXT > common.tsv")
    main(sys.argv[1])
