#!/usr/bin/env python3
"""Write N articles made of the sentences of the samples, always the same ones for the same N and seed.

usage: make_articles.py N FOLDER [SEED]

Regions, numbers and the order of sentences change, so that articles differ; layout noise of the samples is left out.
"""
import pathlib
import random
import re
import sys

SAMPLES = pathlib.Path(__file__).resolve().parents[1] / "samples"
CITIES = ("上海 北京 深圳 广州 杭州 南京 苏州 合肥 武汉 成都 重庆 西安 天津 青岛 宁波 大连 厦门 长沙 郑州 济南 福州 无锡 "
          "南昌 沈阳 长春 哈尔滨 昆明 贵阳 南宁 兰州 海口 太原 石家庄 呼和浩特 乌鲁木齐 银川 西宁 拉萨 珠海 东莞 佛山 "
          "温州 嘉兴 绍兴 芜湖 徐州 常州 南通 扬州 烟台 潍坊 洛阳 宜昌 襄阳 株洲 绵阳 泸州 遵义 桂林 柳州").split()
WHOLE = ("agreement.txt", "chengyu.txt", "figures-city.txt", "hk-shenzhen.txt", "pairing.txt", "people.txt", "plan.txt",
         "short-news.txt", "zone-markdown.md")


def sentences():
    for name in WHOLE:
        text = (SAMPLES / name).read_text(encoding="utf-8")
        for line in text.splitlines():
            line = line.strip("# *-")
            yield from (s for s in re.findall(r"[^。！？；]+[。！？；]”?", line) if len(s) > 8)


def vary(digits, rng):
    """Another number of as many digits; years and what may be a month or day stay."""
    return digits if len(digits) in (1, 2, 4) else str(rng.randint(10 ** (len(digits) - 1), 10 ** len(digits) - 1))


def article(number, pool, rng):
    swap = dict(zip(CITIES, rng.sample(CITIES, len(CITIES))))
    pattern = re.compile("|".join(CITIES))
    body = []
    for _ in range(rng.randint(4, 9)):
        paragraph = "".join(rng.choice(pool) for _ in range(rng.randint(2, 5)))
        paragraph = pattern.sub(lambda m: swap[m[0]], paragraph)
        body.append(re.sub(r"\d+", lambda m: vary(m[0], rng), paragraph))
    a, b = rng.sample(CITIES, 2)
    date = "%d年%d月%d日" % (rng.randint(2015, 2025), rng.randint(1, 12), rng.randint(1, 28))
    return "%s与%s共建第%d号创新平台\n%s\n%s\n" % (a, b, number, date, "\n".join(body))


def main():
    n, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    pool = list(sentences())
    for number in range(n):
        target = folder / ("%03d" % (number // 1000))
        if number % 1000 == 0:
            target.mkdir(parents=True, exist_ok=True)
        (target / ("%06d.txt" % number)).write_text(article(number, pool, rng), encoding="utf-8")


if __name__ == "__main__":
    main()
