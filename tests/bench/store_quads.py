#!/usr/bin/env python3
"""Writes about N quads of news about cooperating cities: store_quads.py N FILE. The same N gives the same bytes.

A graph for each article, with labels in Chinese, dates, decimals and a sentence for each event; cities that come up in
thousands of graphs, and things that come up in one.
"""
import random
import sys

XSD = "http://www.w3.org/2001/XMLSchema#"
NS = "http://example.org/ns#"
THING = "http://example.org/thing/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TITLE = "<http://purl.org/dc/terms/title>"
DATE = "<http://purl.org/dc/terms/date>"
CHARACTERS = "科技创新产业合作城市发展研究大学企业项目区域平台政府签署协议建设中心数据智能制造能源材料生物医药高端装备"


def term(name):
    return f"<{NS}{name}>"


def text(random_, least, most):
    return "".join(random_.choice(CHARACTERS) for _ in range(random_.randint(least, most)))


def article(number, r, cities):
    """The quads of one article, without their graph."""
    graph = f"http://example.org/article/{number:08d}"
    a = f"<{graph}>"
    date = f'"20{r.randint(15, 24)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}"^^<{XSD}date>'
    yield a, TYPE, term("Article")
    yield a, DATE, date
    yield a, TITLE, f'"{text(r, 8, 20)}（第{number}号）"@zh'
    for event in range(r.randint(1, 3)):
        e = f"<{THING}event/{number}-{event}>"
        pair = [int(len(cities) * r.random() ** 3) for _ in range(2)]
        for city in pair:
            yield cities[city][0], TYPE, term("City")
            yield cities[city][0], LABEL, cities[city][1]
            yield a, term("mentions"), cities[city][0]
        yield cities[pair[0]][0], term("cooperatesWith"), cities[pair[1]][0]
        yield e, TYPE, term("Cooperation")
        yield e, term("first"), cities[pair[0]][0]
        yield e, term("second"), cities[pair[1]][0]
        yield e, term("confidence"), f'"0.{r.randint(30, 99)}"^^<{XSD}decimal>'
        yield e, term("date"), date
        yield e, term("evidence"), f'"{text(r, 20, 60)}。"@zh'
    for _ in range(r.randint(1, 6)):
        o = int(90000 * r.random() ** 3)
        yield f"<{THING}org/{o}>", TYPE, term("Organization")
        yield f"<{THING}org/{o}>", LABEL, f'"{text(random.Random(o), 4, 10)}{o}"@zh'
        yield f"<{THING}org/{o}>", term("locatedIn"), cities[o % len(cities)][0]
        yield a, term("mentions"), f"<{THING}org/{o}>"


def main():
    wanted, path = int(sys.argv[1]), sys.argv[2]
    r = random.Random(20240607)
    cities = [(f"<{THING}city/{i}>", f'"{text(r, 2, 3)}市{i}"@zh') for i in range(340)]
    written = number = 0
    with open(path, "w", encoding="utf-8") as out:
        while written < wanted:
            for s, p, o in article(number, r, cities):
                out.write(f"{s} {p} {o} <http://example.org/article/{number:08d}> .\n")
                written += 1
            number += 1


if __name__ == "__main__":
    main()
