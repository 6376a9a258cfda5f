"""Made-up Chinese-English sentence pairs to train the tests' tiny model on.

The pairs come from a template grammar in the manner of Chinese news releases on
internet governance. Every wording was written for this project; names of companies,
persons and apps are put together from syllables, and no sentence reports an event.

A rule of `RULES` maps a name to alternatives, written `Chinese = English` and
separated by semicolons. `{slot}` stands for a choice from the rule of that name (or a
function of `FUNCTIONS`), the same on both sides; a number after the name makes it
another choice (`{agency2}`). A line break and the indentation after it are dropped from
the Chinese and become one space in the English. `^` in the English capitalizes the next
letter.

In a share of the pairs some terms carry the translation they must get:
`<t>清朗<=> Qinglang</t>`. Often that translation is not the usual one, so that a model
can only be right by copying it.

Run as a script, this file prints pairs: `python tiny_model_sentences.py [COUNT]`.
"""

from __future__ import annotations

import calendar
import random
import re
import string
import sys
from collections.abc import Callable

Pair = tuple[str, str]

TAGS = ("<t>", "<=>", "</t>")
TAGGED_PAIRS = 0.5  # share of the pairs in which terms may be annotated
TAGGED_TERMS = 0.6  # share of the terms annotated in such a pair
EXCHANGED = 0.7  # share of the annotations with another translation than usual
JOINED = 0.1  # share of the pairs that hold two sentences

RULES = {
    # Who acts
    "agency": """国家网信办 = the Cyberspace Administration of China;
        国家互联网信息办公室 = the Cyberspace Administration of China;
        中央网信办 = the Office of the Central Cyberspace Affairs Commission;
        公安部 = the Ministry of Public Security;
        公安部网络安全保卫局 = the Cybersecurity Bureau of the Ministry of Public
            Security;
        工业和信息化部 = the Ministry of Industry and Information Technology;
        工信部 = the Ministry of Industry and Information Technology;
        教育部 = the Ministry of Education;
        国家安全部 = the Ministry of State Security;
        文化和旅游部 = the Ministry of Culture and Tourism;
        国家市场监督管理总局 = the State Administration for Market Regulation;
        市场监管总局 = the State Administration for Market Regulation;
        国家广播电视总局 = the National Radio and Television Administration;
        国家新闻出版署 = the National Press and Publication Administration;
        最高人民法院 = the Supreme People's Court;
        最高人民检察院 = the Supreme People's Procuratorate;
        全国“扫黄打非”办公室 = the National Office Against Pornography and Illegal
            Publications;
        中国互联网协会 = the Internet Society of China;
        共青团中央 = the Central Committee of the Communist Youth League;
        全国妇联 = the All-China Women's Federation;
        {city}市网信办 = the {city} Cyberspace Administration;
        {city}市公安局 = the {city} Public Security Bureau;
        {city}市通信管理局 = the {city} Communications Administration;
        {city}市人民检察院 = the {city} People's Procuratorate""",
    "city": """北京 = Beijing; 上海 = Shanghai; 天津 = Tianjin; 重庆 = Chongqing;
        广州 = Guangzhou; 深圳 = Shenzhen; 杭州 = Hangzhou; 南京 = Nanjing;
        武汉 = Wuhan; 成都 = Chengdu; 西安 = Xi'an; 长沙 = Changsha; 济南 = Jinan;
        沈阳 = Shenyang; 昆明 = Kunming; 兰州 = Lanzhou; 福州 = Fuzhou; 合肥 = Hefei;
        贵阳 = Guiyang""",
    "media": """新华社 = Xinhua; 人民日报 = People's Daily;
        中国新闻网 = China News Network; 法治日报 = Legal Daily;
        央视新闻 = CCTV News""",
    "company": """{brand}公司 = {brand} Company; {brand}科技公司 = {brand} Technology;
        “{brand}”平台 = the "{brand}" platform; {brand}App = the {brand} app;
        {brand}网 = the {brand} website; “{brand}”网站 = the "{brand}" website;
        {brand}直播 = {brand} Live; {brand}短视频 = {brand} Short Video;
        {city}{brand}网络公司 = {brand} Network of {city};
        一家直播平台 = a live-streaming platform; 某搜索引擎 = a search engine;
        某短视频平台 = a short-video platform;
        一家网络游戏公司 = an online game company""",
    "speaker": """{agency}有关负责人 = an official of {agency};
        {agency}新闻发言人{name} = spokesperson {name} of {agency};
        {agency}副主任{name} = deputy director {name} of {agency};
        {company}负责人 = the person in charge of {company};
        {city}大学教授{name} = Professor {name} of {city} University;
        律师{name} = lawyer {name}; 专家 = experts; 家长{name} = parent {name}""",
    # Campaigns, subjects and reasons
    "campaign": """清朗 = Qinglang; 净网 = Jingwang; 护苗 = Humiao; 秋风 = Qiufeng;
        固边 = Gubian; 断卡 = Duanka; 剑网 = Jianwang; 护网 = Huwang;
        清源 = Qingyuan""",
    "drive": """“{campaign}”专项行动 = the "{campaign}" special campaign;
        “{campaign}{year}”专项行动 = the "{campaign} {year}" special campaign;
        “{campaign}”系列专项行动 = the "{campaign}" series of special campaigns;
        “{campaign}”行动 = the "{campaign}" campaign;
        {campaign}行动 = the {campaign} campaign;
        “{campaign}·{topic}”专项行动 = the "{campaign}: {topic}" special
            campaign""",
    "topic": """网络安全 = cybersecurity; 数据安全 = data security;
        个人信息保护 = personal information protection;
        未成年人网络保护 = online protection of minors;
        网络生态治理 = governance of the online ecosystem;
        算法治理 = governance of algorithms; 网络直播 = live streaming;
        网络游戏 = online games; 生成式人工智能 = generative artificial intelligence;
        网络谣言治理 = governance of online rumors; 网络文明 = online civility""",
    "problem": """传播淫秽色情信息 = spreading pornographic content;
        散布网络谣言 = spreading online rumors; 网络诈骗 = online fraud;
        违法收集个人信息 = illegally collecting personal information;
        未落实实名制要求 = failing to enforce real-name registration;
        诱导未成年人打赏 = inducing minors to give tips; 网络赌博 = online gambling;
        恶意炒作明星隐私 = hyping up the private lives of celebrities;
        网络暴力 = online violence; 数据造假 = faking data;
        侵犯著作权 = copyright infringement;
        侵犯公民个人信息 = infringing on citizens' personal information;
        发布虚假广告 = publishing false advertisements;
        非法倒卖账号 = selling accounts illegally;
        推送低俗内容 = pushing vulgar content; 泄露用户数据 = leaking user data""",
    "crime": """电信网络诈骗 = telecom and online fraud; 网络赌博 = online gambling;
        网络黑客 = hacking;
        侵犯公民个人信息 = infringement of citizens' personal information;
        网络水军 = paid online posting; 侵犯著作权 = copyright infringement;
        传播淫秽物品 = distribution of obscene material""",
    "purpose": """维护网络秩序 = maintain order in cyberspace;
        保护未成年人身心健康 = protect the physical and mental health of minors;
        营造清朗的网络空间 = create a clean cyberspace;
        规范网络直播行业 = regulate the live-streaming industry;
        保障网民合法权益 = safeguard the lawful rights and interests of internet
            users;
        打击{crime}犯罪 = combat crimes of {crime}; 加强{topic} = strengthen {topic};
        切断非法利益链条 = cut off illegal chains of profit""",
    # Deeds: the verbs are the same in the past tense and as participles
    "close": """关停 = shut down; 关闭 = closed; 处罚 = penalized;
        查处 = investigated""",
    "place": """家网站 = websites; 家违法网站 = illegal websites;
        家网络平台 = online platforms; 个直播间 = live-streaming rooms;
        个群组 = chat groups; 个栏目 = columns""",
    "delete": """清理 = removed; 删除 = deleted; 拦截 = blocked; 处置 = dealt with""",
    "post": """条违法信息 = pieces of illegal information; 条评论 = comments;
        条违法和不良信息 = pieces of illegal and harmful information;
        条网络谣言 = online rumors; 个话题 = topics; 个短视频 = short videos;
        部网络小说 = online novels; 张图片 = pictures; 个网页 = web pages""",
    "ban": """封禁 = banned; 禁言 = muted; 关闭 = closed; 处置 = dealt with""",
    "account": """个账号 = accounts; 个违规账号 = accounts that broke the rules;
        个自媒体账号 = self-media accounts; 名主播 = streamers; 名用户 = users""",
    "app": """款App = apps; 款移动应用 = mobile apps;
        款违规App = apps that broke the rules; 个小程序 = mini programs;
        款网络游戏 = online games""",
    "deed": """{close}{m}{place} = {close} {m} {place};
        {close}违法网站{m}家 = {close} {m} illegal websites;
        {delete}{n}{post} = {delete} {n} {post};
        {delete}违法和不良信息{n}条 = {delete} {n} pieces of illegal and harmful
            information;
        {ban}{n}{account} = {ban} {n} {account};
        {ban}违规账号{n}个 = {ban} {n} accounts that broke the rules;
        下架{m}{app} = removed {m} {app} from app stores;
        下架App{m}款 = removed {m} apps from app stores;
        约谈{m}{place} = summoned {m} {place} for talks;
        约谈网站平台{m}家 = summoned {m} website platforms for talks;
        破获{crime}案件{m}起 = solved {m} cases of {crime};
        抓获犯罪嫌疑人{m}名 = arrested {m} suspects;
        罚款{money} = imposed fines of {money};
        受理网民举报{n}件 = received {n} reports from internet users;
        检查{m}家企业 = inspected {m} companies""",
    "measure": """约谈 = summoning for talks; 警告 = warnings; 整改 = rectification;
        罚款 = fines; 下架 = removal from app stores; 关停 = shutdown; 关闭 = closure;
        停止更新 = suspension of updates; 实名认证 = real-name verification""",
    "demand": """立即整改 = make corrections immediately;
        限期整改 = make corrections in time;
        全面清理违法和不良信息 = remove all illegal and harmful information;
        暂停更新{k}天 = suspend updates for {k} days;
        下架相关产品 = remove the products;
        停止注册新用户 = stop registering new users; 公开道歉 = apologize publicly;
        严肃处理责任人 = deal seriously with those responsible;
        完善未成年人模式 = improve the mode for minors""",
    "document": """《{topic}管理办法》 = the Measures for the Administration of
            ^{topic};
        《{topic}条例》 = the Regulations on ^{topic}; 一份通知 = a notice;
        关于加强{topic}的意见 = opinions on strengthening {topic};
        关于{drive}的通知 = a notice on {drive};
        {year}年度报告 = a report for {year}""",
    # Clauses
    "event": """{agency}约谈了{company}负责人 = {agency} summoned the person in charge
            of {company} for talks;
        {agency}依法约谈{company} = {agency} summoned {company} for talks in
            accordance with the law;
        {agency}约谈{company}，要求{demand} = {agency} summoned {company} for talks
            and told it to {demand};
        {agency}责令{company}{demand} = {agency} ordered {company} to {demand};
        {agency}对{company}罚款{money} = {agency} fined {company} {money};
        {agency}就{problem}问题约谈{company} = {agency} summoned {company} for talks
            over {problem};
        {company}因{problem}被{agency}约谈 = {company} was summoned for talks by
            {agency} over {problem};
        {company}因{problem}被罚款{money} = {company} was fined {money} for {problem};
        {brand}App因{problem}被下架 = the {brand} app was removed from app stores for
            {problem};
        {m}{app}因{problem}被下架 = {m} {app} were removed from app stores for
            {problem};
        {n}{account}因{problem}被{ban} = {n} {account} were {ban} for {problem};
        {m}{place}因{problem}被{close} = {m} {place} were {close} for {problem};
        {agency}{deed} = {agency} {deed}; {agency}已{deed} = {agency} has {deed};
        {agency}依法{deed} = {agency} {deed} in accordance with the law;
        {agency}{deed}，{deed2} = {agency} {deed} and {deed2};
        {agency}会同{agency2}{deed} = {agency}, together with {agency2}, {deed};
        {agency}启动{drive} = {agency} launched {drive};
        {agency}启动{drive}，{deed} = {agency} launched {drive} and {deed};
        {agency}开展{drive}，{deed}，{deed2} = {agency} carried out {drive}, {deed} and
            {deed2};
        {agency}约谈多家平台负责人 = {agency} summoned those in charge of several
            platforms for talks;
        {drive}在{city}启动 = {drive} began in {city};
        {brand}、{brand2}和{brand3}等App被下架 = apps such as {brand}, {brand2} and
            {brand3} were removed from app stores;
        {name}、{name2}等人因{problem}被警方抓获 = {name}, {name2} and others were
            arrested by police for {problem};
        {agency}在{city}约谈{brand}、{brand2}等平台 = {agency} summoned {brand},
            {brand2} and other platforms for talks in {city};
        {agency}部署开展为期{k}个月的{drive} = {agency} launched {drive}, which will
            last {k} months;
        {agency}和{agency2}联合开展{drive} = {agency} and {agency2} jointly carried
            out {drive};
        {agency}对{company}采取{measure}、{measure2}等措施 = {agency} took measures
            against {company} such as {measure} and {measure2};
        {agency}对{m}{place}采取{measure}措施 = {agency} dealt with {m} {place} by
            means of {measure};
        {agency}发布{document} = {agency} issued {document};
        {agency}就{document}公开征求意见 = {agency} sought public comments on
            {document};
        {agency}通报{m}起{problem}典型案例 = {agency} published {m} typical cases of
            {problem};
        {agency}召开{topic}工作会议 = {agency} held a work meeting on {topic};
        {topic}论坛在{city}举行 = a forum on {topic} was held in {city};
        {city}警方破获一起{crime}案，抓获犯罪嫌疑人{m}名 = police in {city} cracked a
            case of {crime} and arrested {m} suspects;
        {city}警方打掉{m}个犯罪团伙，涉案金额{money} = police in {city} broke up {m}
            criminal gangs in cases involving {money};
        {drive}取得阶段性成效 = {drive} achieved initial results;
        {city}一男子因{problem}被行政拘留{k}日 = a man in {city} was put in
            administrative detention for {k} days for {problem};
        {company}发布公告，{close}{m}{place} = {company} said in an announcement that
            it had {close} {m} {place};
        {company}宣布{ban}{n}{account} = {company} announced that it had {ban} {n}
            {account}""",
    "pledge": """加大执法力度 = step up law enforcement;
        依法严厉打击{problem} = crack down on {problem} in accordance with the law;
        加强{topic} = strengthen {topic}; 曝光典型案例 = expose typical cases;
        督促平台{demand} = urge platforms to {demand};
        对{problem}零容忍 = show zero tolerance for {problem}""",
    "plan": """{pledge} = {pledge}; {pledge} = {pledge};
        继续开展{drive} = continue {drive};
        会同{agency}出台{document} = issue {document} together with {agency}""",
    "remark": """网络空间不是法外之地 = cyberspace is not a place beyond the law;
        平台要切实履行主体责任 = platforms must fulfill their primary responsibility;
        {problem}严重损害网民利益 = {problem} seriously harms the interests of
            internet users;
        {topic}关系到每一个人 = {topic} concerns everyone;
        {topic}工作还有很长的路要走 = there is still a long way to go in {topic};
        我们将{pledge} = we will {pledge};
        任何企业都不能触碰法律红线 = no company may cross the red line of the law;
        {campaign}行动已经取得明显成效 = the {campaign} campaign has already achieved
            clear results;
        孩子的安全比流量更重要 = the safety of children matters more than traffic;
        希望广大网民积极举报 = internet users are encouraged to report violations;
        处罚不是目的，整改才是关键 = punishment is not the goal, correction is the
            key""",
    "finding": """{company}存在{problem}问题 = {company} had the problem of {problem};
        {company}未及时处置违法信息 = {company} failed to deal with illegal
            information in time;
        部分网站仍存在{problem}现象 = {problem} still exists on some websites;
        {problem}问题较为突出 = {problem} is a rather prominent problem;
        {m}{app}存在{problem}行为 = {m} {app} were {problem}""",
    # Time
    "when": """近日 = recently; 日前 = a few days ago; 本周 = this week;
        昨日 = yesterday; {date} = on {date}; {date}上午 = on the morning of {date};
        去年 = last year; {date}下午 = on the afternoon of {date};
        {month}初 = in early {month}; {month}底 = at the end of {month};
        {year}年{month} = in {month} {year}; 据{media}报道 = according to {media};
        {year}年上半年 = in the first half of {year};
        据{agency}消息 = according to {agency}; 随后 = later;
        {month}中旬 = in mid-{month}""",
    "period": """今年以来 = since the beginning of this year;
        {year}年以来 = since {year}; {month}以来 = since {month};
        截至{date} = as of {date}; 截至目前 = so far;
        行动开展以来 = since the campaign began; 近{k}年来 = in the past {k} years""",
    "dateline": """新华社{city}{date}电 = {city}, {date} (Xinhua) --;
        中新社{city}{date}电 = {city}, {date} (CNS) --;
        {city}{date}电 = {city}, {date} --; 本报{city}{date}讯 = {city}, {date} --""",
    # Whole sentences
    "sentence": """{event}。 = {event}.; {when}，{event}。 = {when}, {event}.;
        {when}，{event}。 = {when}, {event}.;
        {dateline} {event}。 = {dateline} ^{event}.;
        为{purpose}，{event}。 = to {purpose}, {event}.;
        {event}，以{purpose}。 = {event} in order to {purpose}.;
        {when}，为{purpose}，{event}。 = {when}, {event} in order to {purpose}.;
        {period}，{agency}累计{deed}。 = {period}, {agency} has {deed} in total.;
        {period}，{agency}已{deed}，{deed2}。 = {period}, {agency} has {deed} and
            {deed2}.;
        {period}，全国网信系统{deed}。 = {period}, cyberspace authorities nationwide
            have {deed}.;
        {speaker}说，{remark}。 = {speaker} said that {remark}.;
        {speaker}表示，{remark}。 = {speaker} said that {remark}.;
        {speaker}说：“{remark}。” = {speaker} said, "^{remark}.";
        “{remark}。”{speaker}说。 = "^{remark}," {speaker} said.;
        “{remark}，”{speaker}表示，“{remark2}。” = "^{remark}," {speaker} said.
            "^{remark2}.";
        下一步，{agency}将{plan}。 = next, {agency} will {plan}.;
        {agency}将{plan}，{plan2}。 = {agency} will {plan} and {plan2}.;
        经查，{finding}。 = an investigation found that {finding}.;
        {speaker}指出，{finding}。 = {speaker} pointed out that {finding}.;
        {agency}发现，{finding}，要求{demand}。 = {agency} found that {finding}, and
            called on those concerned to {demand}.;
        {month}，全国受理网络举报{n}件，环比增长{percent}。 = in {month}, {n} online
            reports were received nationwide, up {percent} from the month before.;
        {year}年，{crime}案件同比下降{percent}。 = in {year}, cases of {crime} fell
            {percent} year on year.;
        截至{month}底，我国网民规模达{n}人。 = by the end of {month}, the number of
            internet users in China had reached {n}.;
        {agency}要求平台{demand}，{demand2}。 = {agency} told platforms to {demand}
            and {demand2}.;
        网民可通过12377热线举报{problem}。 = internet users can report {problem}
            through the 12377 hotline.;
        {agency}提醒广大网民警惕{problem}。 = {agency} reminded internet users to be
            on guard against {problem}.;
        {agency}约谈{company} = {agency} summons {company} for talks;
        {agency}启动{drive} = {agency} launches {drive};
        {agency}关于开展{drive}的通知 = notice of {agency} on carrying out {drive};
        {m}{app}被下架 = {m} {app} removed from app stores""",
}
TAGGED_RULES = {"agency", "campaign", "brand", "name", "city", "topic", "problem"}
TAGGED_RULES |= {"close", "delete", "ban", "media", "measure"}
NAME_RULES = {"agency", "campaign", "brand", "name", "city", "media"}

FAMILY = re.findall(
    r"(\S+) (\S+)",
    """王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 赵 Zhao 黄 Huang 周 Zhou
    吴 Wu 徐 Xu 孙 Sun 胡 Hu 朱 Zhu 高 Gao 林 Lin 何 He 郭 Guo 马 Ma 罗 Luo""",
)
GIVEN = re.findall(
    r"(\S+) (\S+)",
    """明 ming 海 hai 青 qing 云 yun 天 tian 新 xin 华 hua 星 xing 飞 fei
    龙 long 文 wen 志 zhi 国 guo 红 hong 丽 li 强 qiang 伟 wei 芳 fang 东 dong
    春 chun 雪 xue 梅 mei 荣 rong 佳 jia 乐 le 风 feng 山 shan 禾 he 康 kang 宝 bao
    安 an 平 ping 思 si 远 yuan 光 guang 蓝 lan 优 you 奇 qi 迅 xun 麦 mai
    豆 dou 鱼 yu""",
)
WORDS = """Clear Bright Clean Safe Green Open Quiet North Sky Net Web River Shield
    Protecting Guarding Seedlings Autumn Wind Spring Sword Source Children Cloud
    Bureau Office Center Operation Youth Garden Light Silver Eagle Harbor Bridge
    Watch Keeper Lantern Sunrise Mountain Blue Star Window""".split()  # noqa: SIM905
UNITS = {"": 1, "万": 10**4, "亿": 10**8}
FEW = [("两", "two"), ("三", "three"), ("四", "four"), ("五", "five"), ("十", "ten")]


def english_number(value: int) -> str:
    """Write a count as English news does: 1,234, 3.5 million, 1.2 billion."""
    if value < 10**6:
        return f"{value:,}"
    if value < 10**9:
        return f"{value / 10**6:g} million"
    return f"{value / 10**9:g} billion"


def count(rng: random.Random, units: str = "万万亿") -> Pair:
    """Return a count such as 两, 36, 1200余, 4.5万 or 1.2亿."""
    if rng.random() < 0.12:
        return rng.choice(FEW)
    unit = rng.choice(["", *units])
    top = {"": 9999, "万": 999, "亿": 99}[unit]
    amount = rng.randint(2, 10 ** rng.randint(1, len(str(top))))
    tenths = rng.randint(1, 9) if unit and amount < 100 and rng.random() < 0.5 else 0
    value = (amount * 10 + tenths) * UNITS[unit] // 10
    digits = f"{amount}.{tenths}" if tenths else str(amount)
    if amount % 10 == 0 and not tenths and rng.random() < 0.7:
        return f"{digits}余{unit}", f"more than {english_number(value)}"
    return digits + unit, english_number(value)


def moderate_count(rng: random.Random) -> Pair:
    """Return a count below ten thousand."""
    return count(rng, units="")


def money(rng: random.Random) -> Pair:
    """Return a sum of money."""
    zh, en = count(rng)
    return f"{zh}元", f"{en} yuan"


def percent(rng: random.Random) -> Pair:
    """Return a percentage, with or without a decimal."""
    digits = f"{rng.randint(2, 99)}" + rng.choice(["", f".{rng.randint(1, 9)}"])
    return f"{digits}%", f"{digits} percent"


def year(rng: random.Random) -> Pair:
    """Return a year."""
    digits = str(rng.randint(2012, 2027))
    return digits, digits


def month(rng: random.Random) -> Pair:
    """Return a month."""
    number = rng.randint(1, 12)
    return f"{number}月", calendar.month_name[number]


def date(rng: random.Random) -> Pair:
    """Return a day of a month, sometimes with the year."""
    (month_zh, month_en), day = month(rng), rng.randint(1, 28)
    if rng.random() < 0.7:
        return f"{month_zh}{day}日", f"{month_en} {day}"
    digits = year(rng)[0]
    return f"{digits}年{month_zh}{day}日", f"{month_en} {day}, {digits}"


def small_number(rng: random.Random) -> Pair:
    """Return a number from 2 to 15."""
    digits = str(rng.randint(2, 15))
    return digits, digits


def given_name(rng: random.Random, shortest: int = 1) -> Pair:
    """Return one or two characters of a name with their pinyin."""
    parts = rng.sample(GIVEN, rng.randint(shortest, 2))
    return "".join(p[0] for p in parts), "".join(p[1] for p in parts).capitalize()


def person(rng: random.Random) -> Pair:
    """Return an invented person's name."""
    (family_zh, family_en), (zh, en) = rng.choice(FAMILY), given_name(rng)
    return family_zh + zh, f"{family_en} {en}"


def brand(rng: random.Random) -> Pair:
    """Return an invented name of a company or an app."""
    return given_name(rng, shortest=2)


FUNCTIONS: dict[str, Callable[[random.Random], Pair]] = {
    "n": count,
    "m": moderate_count,
    "k": small_number,
    "money": money,
    "percent": percent,
    "year": year,
    "month": month,
    "date": date,
    "name": person,
    "brand": brand,
}


def parse(text: str) -> list[Pair]:
    """Split the text of a rule into pairs of templates."""
    sides = [entry.split(" = ") for entry in text.split(";")]
    return [
        ("".join(map(str.strip, zh.splitlines())), " ".join(en.split()))
        for zh, en in sides
    ]


TEMPLATES = {name: parse(text) for name, text in RULES.items()}


def invented_chinese(rng: random.Random) -> str:
    """Return a name of two or three characters, some of which may be rare."""
    rare = rng.random() < 0.3
    return "".join(
        chr(rng.randint(0x4E00, 0x9F00)) if rare else rng.choice(GIVEN)[0]
        for _ in range(rng.randint(2, 3))
    )


def invented_english(rng: random.Random) -> str:
    """Return a name in pinyin, in English words or of random letters."""
    kind = rng.random()
    if kind < 0.45:
        syllables = [p[1] for p in rng.choices(GIVEN + FAMILY, k=rng.randint(2, 3))]
        return "".join(syllables).capitalize()
    if kind < 0.75:
        return " ".join(rng.sample(WORDS, rng.randint(1, 3)))
    if kind < 0.85:
        return "".join(rng.choices(string.ascii_uppercase, k=rng.randint(2, 4)))
    letters = rng.choices(string.ascii_lowercase, k=rng.randint(4, 8))
    return "".join(letters).capitalize()


def annotate(rule: str, pair: Pair, rng: random.Random) -> Pair:
    """Mark a term with its translation, which may be exchanged for another one.

    The article is not part of the translation: the model sets it.
    """
    zh, en = pair
    article = "the " if en.startswith("the ") else ""
    term = en.removeprefix("the ")
    if rng.random() < EXCHANGED:
        if rule in NAME_RULES and rng.random() < 0.8:
            term = invented_english(rng)
            if rng.random() < 0.5 and rule != "agency":
                zh = invented_chinese(rng)
        else:
            term = expand(rule, rng, tag=False)[1].removeprefix("the ")
    return f"<t>{zh}<=> {term}</t>", article + term


def expand(rule: str, rng: random.Random, *, tag: bool) -> Pair:
    """Return one random pair that a rule stands for, with terms annotated if `tag`."""
    annotated = tag and rule in TAGGED_RULES and rng.random() < TAGGED_TERMS
    if rule in FUNCTIONS:
        pair = FUNCTIONS[rule](rng)
    else:
        zh, en = rng.choice(TEMPLATES[rule])
        for slot in re.findall(r"\{(\w+)\}", zh):
            inner = slot.rstrip(string.digits)
            value = expand(inner, rng, tag=tag and not annotated)
            zh = zh.replace(f"{{{slot}}}", value[0])
            en = en.replace(f"{{{slot}}}", value[1])
        pair = zh, en
    return annotate(rule, pair, rng) if annotated else pair


def capitalize(text: str) -> str:
    """Capitalize the first letter of a text, and every letter after `^`."""
    return re.sub(r"(^|\^)\W*\w", lambda m: m[0].upper(), text).replace("^", "")


def sentence(rng: random.Random, *, tag: bool) -> Pair:
    """Return one sentence pair with its capital letters set."""
    zh, en = expand("sentence", rng, tag=tag)
    return zh, capitalize(en)


def generate_pairs(number: int, seed: int) -> list[Pair]:
    """Return `number` pairs, no Chinese side twice, the same for the same seed."""
    rng = random.Random(seed)
    pairs: dict[str, str] = {}
    while len(pairs) < number:
        tag = rng.random() < TAGGED_PAIRS
        zh, en = sentence(rng, tag=tag)
        if rng.random() < JOINED:
            more_zh, more_en = sentence(rng, tag=tag)
            if en.endswith((".", '"')) and more_en.endswith((".", '"')):
                zh, en = zh + more_zh, f"{en} {more_en}"
        pairs.setdefault(zh, en)
    return list(pairs.items())


if __name__ == "__main__":
    for source, target in generate_pairs(int([*sys.argv, "20"][1]), seed=1):
        print(source, target, sep="\n", end="\n\n")
