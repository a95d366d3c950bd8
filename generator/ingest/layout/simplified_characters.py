"""Traditional characters of the field's words in simplified form, one for one, so that offsets hold."""

from __future__ import annotations

_TRADITIONAL = (
    "號務責單進況後續時領導備註標項專類別開當階執劃計體實際電話聯繫舉畫點預長辦協書雙員應對關為產業數據監督內容績還評"
    "區縣鎮鄉處廳會團總隊館園場廠學醫銀行稅費財發規環衛農經濟設築產權資訊網絡機構組織勞動險黨軍隊檔檢審計"
    "達滯緩順獲啟動竣銷結並擬將繼強爭爾這樣與頭牽參協條圖調優擴無繕營運輸給綠電訊視聽觀報復廣東門"
)
_SIMPLIFIED = (
    "号务责单进况后续时领导备注标项专类别开当阶执划计体实际电话联系举画点预长办协书双员应对关为产业数据监督内容绩还评"
    "区县镇乡处厅会团总队馆园场厂学医银行税费财发规环卫农经济设筑产权资讯网络机构组织劳动险党军队档检审计"
    "达滞缓顺获启动竣销结并拟将继强争尔这样与头牵参协条图调优扩无缮营运输给绿电讯视听观报复广东门"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplify(text: str) -> str:
    """``text`` with the words of the field in simplified characters; as long as before.

    For recognising words only: what is kept is always the text as printed.
    """
    return text.translate(_TABLE)
