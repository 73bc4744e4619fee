#!/usr/bin/env python3
"""Make countries.tsv, countries and territories in Chinese and English.

Reads npm cldr-localenames-full 46.0.0 (Unicode-3.0; the data of ICU's region names), unpacked to DIR/cldr-localenames-full.
Full official names, short names and letters below are by hand.  Hong Kong, Macao and Taiwan are in regions.tsv.

usage: make_countries.py DIR OUTDIR
"""
import json
import os
import sys

# Not countries, or uninhabited, or not recognised by China.
SKIP = set('AC AQ BV CP DG EA EU EZ GS HK HM IC IO MO QO TA TF TW UM UN XA XB XK ZZ'.split())
# code: canonical name where CLDR's is ambiguous, an ordinary word, or arises inside others (沿海地区, 黑山羊, 马里兰)
NAME = {'CD': '刚果民主共和国', 'CG': '刚果共和国', 'MN': '蒙古国', 'HT': '海地共和国', 'ML': '马里共和国', 'ME': '黑山共和国',
        'DM': '多米尼克国', 'PS': '巴勒斯坦'}
WEAK = {'CN': '我国', 'MN': '蒙古', 'HT': '海地', 'ML': '马里', 'ME': '黑山', 'DM': '多米尼克', 'PG': '巴新', 'GB': '英伦', 'TT': '特多'}
ALIASES = {
    'CN': '中华人民共和国', 'US': '美利坚合众国', 'GB': '大不列颠及北爱尔兰联合王国|联合王国', 'FR': '法兰西共和国',
    'DE': '德意志联邦共和国|联邦德国', 'JP': '日本国', 'KR': '大韩民国', 'KP': '朝鲜民主主义人民共和国', 'RU': '俄罗斯联邦|俄国',
    'IT': '意大利共和国', 'ES': '西班牙王国', 'PT': '葡萄牙共和国', 'NL': '荷兰王国', 'BE': '比利时王国', 'CH': '瑞士联邦',
    'AT': '奥地利共和国', 'SE': '瑞典王国', 'NO': '挪威王国', 'DK': '丹麦王国', 'FI': '芬兰共和国', 'IE': '爱尔兰共和国',
    'GR': '希腊共和国', 'PL': '波兰共和国', 'CZ': '捷克共和国', 'SK': '斯洛伐克共和国', 'HU': '匈牙利共和国',
    'RS': '塞尔维亚共和国', 'BA': '波黑', 'MK': '马其顿', 'BG': '保加利亚共和国', 'BY': '白俄罗斯共和国',
    'AE': '阿联酋', 'SA': '沙特|沙特阿拉伯王国', 'IR': '伊朗伊斯兰共和国', 'IL': '以色列国', 'TR': '土耳其共和国',
    'EG': '阿拉伯埃及共和国', 'ZA': '南非共和国', 'NG': '尼日利亚联邦共和国', 'KE': '肯尼亚共和国',
    'ET': '埃塞俄比亚联邦民主共和国', 'TZ': '坦桑尼亚联合共和国', 'IN': '印度共和国', 'PK': '巴基斯坦伊斯兰共和国',
    'BD': '孟加拉', 'LK': '斯里兰卡民主社会主义共和国', 'TH': '泰王国', 'VN': '越南社会主义共和国',
    'LA': '老挝人民民主共和国', 'KH': '柬埔寨王国', 'MM': '缅甸联邦共和国', 'SG': '新加坡共和国', 'ID': '印尼|印度尼西亚共和国',
    'PH': '菲律宾共和国', 'BN': '文莱达鲁萨兰国', 'TL': '东帝汶民主共和国', 'KZ': '哈萨克斯坦共和国', 'UZ': '乌兹别克斯坦共和国',
    'KG': '吉尔吉斯共和国', 'TJ': '塔吉克斯坦共和国', 'MX': '墨西哥合众国', 'BR': '巴西联邦共和国', 'AR': '阿根廷共和国',
    'CL': '智利共和国', 'PE': '秘鲁共和国', 'CU': '古巴共和国', 'AU': '澳大利亚联邦|澳洲', 'CD': '刚果（金）|民主刚果',
    'CG': '刚果（布）', 'CI': '象牙海岸', 'DO': '多米尼加', 'FK': '马尔维纳斯群岛', 'FM': '密克罗尼西亚联邦',
    'SS': '南苏丹共和国', 'SZ': '埃斯瓦蒂尼'}
LETTERS = {
    'CN': '中', 'US': '美', 'GB': '英', 'FR': '法', 'DE': '德', 'JP': '日', 'RU': '俄', 'KR': '韩', 'KP': '朝', 'IN': '印',
    'TH': '泰', 'MM': '缅', 'LA': '老', 'VN': '越', 'KH': '柬', 'SG': '新', 'MY': '马', 'PH': '菲', 'AU': '澳', 'CA': '加',
    'MX': '墨', 'BR': '巴', 'PK': '巴', 'MN': '蒙', 'KZ': '哈', 'IT': '意', 'ES': '西', 'PT': '葡', 'NL': '荷', 'BE': '比',
    'CH': '瑞', 'SE': '瑞', 'AT': '奥', 'BY': '白', 'RS': '塞', 'HU': '匈', 'PL': '波', 'CZ': '捷', 'GR': '希', 'IL': '以',
    'EG': '埃', 'SA': '沙', 'TR': '土', 'DK': '丹', 'FI': '芬', 'NO': '挪', 'UZ': '乌', 'TJ': '塔', 'KG': '吉', 'NZ': '新',
    'UA': '乌'}


def main():
    folder, out = sys.argv[1:3]

    def names(lang):
        path = os.path.join(folder, 'cldr-localenames-full/package/main', lang, 'territories.json')
        with open(path, encoding='utf-8') as f:
            return json.load(f)['main'][lang]['localeDisplayNames']['territories']
    zh, en = names('zh'), names('en')
    rows = []
    for code in sorted(zh):
        if len(code) != 2 or code.isdigit() or code in SKIP:
            continue
        name = NAME.get(code, zh[code])
        weak = WEAK.get(code, '')
        aliases = ALIASES.get(code, '')
        rows.append(('country/' + code, name, aliases, weak, LETTERS.get(code, ''), en[code].replace('’', "'")))
    with open(os.path.join(out, 'countries.tsv'), 'w', encoding='utf-8', newline='\n') as f:
        f.write('''# title: countries and territories
# source: npm cldr-localenames-full 46.0.0 (Unicode CLDR, as in ICU): Chinese and English names; official names, short names and letters by hand
# licence: Unicode-3.0 (CLDR names); the rest Apache-2.0 as part of yutu
# made-by: scripts/make_countries.py
# class: Country
# note: Hong Kong, Macao and Taiwan are in regions.tsv
''')
        f.write('id\tname\taliases\tweak\tletters\ten\n')
        for r in rows:
            f.write('\t'.join(r) + '\n')


main()
